namespace TrainingHub.Attendance.Pages.Staff;

/// <summary>What a person decides about one name in a report.</summary>
public sealed class ReportChoice
{
    /// <summary>A place, "none" for somebody who is no delegate, or empty while nobody has decided.</summary>
    public string? Who { get; set; }

    /// <summary>Further places, of several people at one screen.</summary>
    public List<Guid> Also { get; set; } = [];

    public string? Mark { get; set; }
}

/// <summary>
/// A row of the proposal on its way through the browser, sealed, because the report itself is not kept: no address, and a telephone number only
/// as the name that is on show.
/// </summary>
/// <param name="N">Name as in the report.</param>
/// <param name="M">Minutes.</param>
/// <param name="L">Minutes late.</param>
/// <param name="E">Minutes early.</param>
/// <param name="C">Who it may be.</param>
/// <param name="K">The proposed mark.</param>
/// <param name="W">Why somebody is asked.</param>
internal sealed record SealedRow(string N, int? M, int? L, int? E, Guid[] C, Mark? K, ReportDoubt? W)
{
    public static SealedRow Of(ProposedRow row) =>
        new(row.Person.Name, row.Person.Minutes, row.Late, row.LeftEarly, [.. row.Candidates.Select(one => one.PlaceId)], row.Mark, row.Why);
}

/// <param name="Kind"></param>
/// <param name="SaysDay"></param>
/// <param name="Until">After it the report is to be read again.</param>
/// <param name="Rows"></param>
internal sealed record SealedReport(ReportKind Kind, bool SaysDay, DateTimeOffset Until, SealedRow[] Rows);
