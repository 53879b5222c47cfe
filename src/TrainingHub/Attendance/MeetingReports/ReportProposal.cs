namespace TrainingHub.Attendance;

/// <summary>Somebody on the register, as a report is compared with them.</summary>
/// <param name="PlaceId"></param>
/// <param name="Name">Null when no name is held.</param>
/// <param name="EmailKey"></param>
/// <param name="Mark">On the register of this meeting.</param>
/// <param name="Organisation">By which two of one name are told apart.</param>
internal sealed record RegisteredDelegate(Guid PlaceId, string? Name, string? EmailKey, Mark? Mark, string? Organisation)
{
    public string NameWords => Name ?? "Name not held";
}

/// <summary>One person of the reports and what is proposed for them.</summary>
/// <param name="Person"></param>
/// <param name="Candidates">Who it may be: one is proposed, of several somebody chooses, none is not on the register.</param>
/// <param name="Mark">Null: ask.</param>
/// <param name="Why">What a person has to know before they decide; null when nothing is unusual.</param>
internal sealed record ProposedRow(ReportPerson Person, IReadOnlyList<RegisteredDelegate> Candidates, Mark? Mark, ReportDoubt? Why)
{
    public RegisteredDelegate? Delegate => Candidates is [var one] ? one : null;

    /// <summary>Minutes after the planned start; null when it is not known, or nobody would call it late.</summary>
    public int? Late { get; init; }

    /// <summary>Minutes before the planned end.</summary>
    public int? LeftEarly { get; init; }
}

internal enum ReportDoubt
{
    /// <summary>Nobody on the register has this address or name.</summary>
    Unmatched,

    /// <summary>Two on the register have this name, or the address is one's and the name another's.</summary>
    Several,

    /// <summary>The address is theirs, and the name is not.</summary>
    OtherName,

    /// <summary>Two stays at the same time.</summary>
    Twice,

    /// <summary>The report does not say for how long.</summary>
    Unknown,

    /// <summary>Less than counts as part.</summary>
    Short,
}

/// <summary>What the reports of one meeting come to. Nobody is proposed as absent.</summary>
/// <param name="Sitting">Whose register.</param>
/// <param name="Kind">Of the first report.</param>
/// <param name="Rows">In the order of the reports.</param>
/// <param name="NotIn">Those on the register whom nothing in the reports may be, by name.</param>
/// <param name="SaysDay">False when no report names its day.</param>
/// <param name="Everybody">All on the register, by name.</param>
internal sealed record ReportProposal(
    Sitting Sitting, ReportKind Kind, IReadOnlyList<ProposedRow> Rows, IReadOnlyList<RegisteredDelegate> NotIn, bool SaysDay, IReadOnlyList<RegisteredDelegate> Everybody)
{
    /// <summary>The marks that nobody has to be asked about.</summary>
    public IReadOnlyList<ReportedMark> Clear() =>
        [.. Rows.SelectMany(row => row is { Why: null, Delegate: { } one, Mark: { } mark } ? new[] { new ReportedMark(one.PlaceId, mark, row.Person.Minutes, row.Late, row.LeftEarly) } : [])];
}
