using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>What the pages share that do one thing to several open actions.</summary>
internal abstract class TickedActionsPage(TrainingHubDb db, TimeProvider clock) : TickedPage(db, LearningUrls.Actions)
{
    private const int WordsShown = 100;
    private Dictionary<Guid, int> versions = [];

    public override string ListName => "Learning";

    public override IReadOnlyList<string> Columns { get; } = ["Action", "Who", "Due", "How it stands"];

    /// <summary>"1 action" or "3 actions".</summary>
    public static string Count(int count) => count == 1 ? "1 action" : $"{count} actions";

    protected DateOnly Today => London.DateOf(clock.GetUtcNow());

    /// <summary>Of the action as it was read for this request.</summary>
    protected int VersionOf(TickedRow row) => versions[row.Id];

    protected override async Task<IReadOnlyList<TickedRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        versions = await Db.LearningActions.Where(action => ids.Contains(action.Id)).ToDictionaryAsync(action => action.Id, action => action.Version, ct);
        var rows = await ActionRow.ReadAsync(Db, ActionRow.InUse(Db).Where(action => ids.Contains(action.Id)), Most, ct);
        return rows.ConvertAll(row => new TickedRow(
            row.Id, $"Action {row.Number}: {(row.What.Length > WordsShown ? row.What[..WordsShown].TrimEnd() + "…" : row.What)}", LearningUrls.Action(row.Id),
            [row.Who, London.Words(row.Due), LearningWords.Standing(row.StandingOn(Today))], row.State == ActionState.Open ? null : "It is done already"));
    }

    protected static string? WhyNot(EditOutcome outcome) => outcome switch
    {
        EditOutcome.Saved => null,
        EditOutcome.ChangedSince => "Somebody else changed it or marked it as done meanwhile",
        EditOutcome.Unknown => Gone,
        EditOutcome.NameTaken => throw new InvalidOperationException("An action has no name."),
    };
}
