using TrainingHub.Platform.Files;

namespace TrainingHub.Portal;

/// <summary>What the pages of evidence show: the training of an organisation, and once a list is read who is on it.</summary>
/// <param name="Organisation">Its name.</param>
/// <param name="Path">Where the page stands.</param>
/// <param name="Training"></param>
internal sealed record EvidenceView(string Organisation, string Path, OrganisationTraining Training)
{
    /// <summary>Field names of the forms.</summary>
    public const string Upload = "Upload";
    public const string List = "List";
    public const string Needed = "Needed";
    public const string Who = "Who";

    public IReadOnlyList<Guid> NeededCourses { get; init; } = [];

    /// <summary>What is wrong in the file that was sent.</summary>
    public IReadOnlyList<FileError> Errors { get; init; } = [];

    /// <summary>Whom the list names; nobody before it was read.</summary>
    public IReadOnlyList<StaffMatch> Matches { get; init; } = [];

    /// <summary>What was chosen for those who are not found for sure, by the row of the list.</summary>
    public IReadOnlyDictionary<int, Guid> Chosen { get; init; } = new Dictionary<int, Guid>();

    /// <summary>Fields of the form with what is wrong in them.</summary>
    public IReadOnlyList<(string Field, string Message)> Faults { get; init; } = [];

    /// <summary>Null until it is clear who is who.</summary>
    public StaffEvidence? Evidence { get; init; }

    public IReadOnlyList<StaffMatch> ToDecide => [.. Matches.Where(match => match is { IsSure: false, Candidates.Count: > 0 })];

    public string Packed => StaffList.Pack(Matches.Select(match => match.Member));
}

/// <summary>Lays an organisation's staff list beside its training. Nothing of the list is stored.</summary>
internal sealed class ReadEvidence(TrainingHubDb db, MatchStaff match, TimeProvider clock)
{
    public async Task<EvidenceView> StartAsync(Guid organisation, string name, string path, CancellationToken ct) =>
        new(name, path, await OrganisationTraining.ReadAsync(db, organisation, clock.GetUtcNow(), ct));

    /// <summary>Reads the list. What leaves no doubt is evidence at once.</summary>
    public async Task<EvidenceView> CompareAsync(EvidenceView view, Stream? file, CancellationToken ct)
    {
        if (file is null)
        {
            return view with { Faults = [(EvidenceView.Upload, "Choose your staff list")] };
        }

        var (members, errors) = await StaffList.ReadAsync(file, ct);
        if (errors.Count > 0)
        {
            return view with { Errors = errors, Faults = [(EvidenceView.Upload, errors.Count == 1 ? $"{errors[0]}" : $"{errors.Count} things are wrong in the list. Nothing of it was used")] };
        }

        var matches = await match.RunAsync(members, view.Training.People, ct);
        var proposed = matches.Where(one => one is { IsSure: false, Proposed: not null }).ToDictionary(one => one.Member.Row, one => one.Proposed!.Value);
        var read = view with { Matches = matches, Chosen = proposed };
        return read.ToDecide.Count > 0 ? read : Conclude(read);
    }

    /// <summary>The evidence, once somebody said who is who.</summary>
    /// <param name="view"></param>
    /// <param name="packed">The list, as the form carries it.</param>
    /// <param name="chosen">By the row; nobody is chosen for a row that is not named.</param>
    /// <param name="ct"></param>
    public async Task<EvidenceView> DecideAsync(EvidenceView view, string? packed, IReadOnlyDictionary<int, Guid?> chosen, CancellationToken ct)
    {
        if (StaffList.Unpack(packed) is not { } members)
        {
            return view with { Faults = [(EvidenceView.Upload, "Choose your staff list again")] };
        }

        var decided = view with { Matches = await match.RunAsync(members, view.Training.People, ct) };
        decided = decided with
        {
            Chosen = decided.ToDecide.Where(one => chosen.GetValueOrDefault(one.Member.Row) is not null).ToDictionary(one => one.Member.Row, one => chosen[one.Member.Row]!.Value),
        };
        var faults = decided.ToDecide.Select(one => (one.Member.Row, Why: WhyNot(decided, one))).Where(one => one.Why is not null)
            .Select(one => ($"{EvidenceView.Who}[{one.Row}]", one.Why!)).ToList();
        return faults.Count > 0 ? decided with { Faults = faults } : Conclude(decided);
    }

    private static string? WhyNot(EvidenceView view, StaffMatch one)
    {
        if (!view.Chosen.TryGetValue(one.Member.Row, out var person))
        {
            return null;
        }

        var others = view.Chosen.Where(other => other.Key != one.Member.Row).Select(other => other.Value).Concat(view.Matches.Where(other => other.IsSure).Select(other => other.Proposed!.Value));
        return !one.Candidates.Any(candidate => candidate.Id == person) ? "Choose somebody of the list, or Nobody"
            : others.Contains(person) ? $"You chose the same person twice. Choose who {one.Member.Name} is, or Nobody"
            : null;
    }

    private static EvidenceView Conclude(EvidenceView view)
    {
        var who = view.Matches.Where(one => one.IsSure).ToDictionary(one => one.Member.Row, one => one.Proposed!.Value);
        foreach (var (row, person) in view.Chosen)
        {
            who[row] = person;
        }

        return view with { Evidence = StaffEvidence.Of(view.Training, [.. view.Matches.Select(one => one.Member)], who, view.NeededCourses) };
    }
}
