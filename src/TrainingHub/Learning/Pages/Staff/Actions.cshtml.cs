using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>All actions from learning, by what is due.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ActionsModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int Most = TickedPage.Most;
    public const int QueryLength = 100;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"late", "done", "closed" or "all", else those that are open.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Agency { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Source { get; set; }

    /// <summary>"number", "source", "who", "due" or "standing", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } =
        [new("Open", ""), new("Late", "late"), new("Done", "done"), new("Closed: impact seen", "closed"), new("All", "all")];

    public IReadOnlyList<SelectListItem> Agencies { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Sources { get; private set; } = [];
    public bool IsFiltered => Q is not null || !string.IsNullOrEmpty(Show) || Agency is not null || Source is not null;
    public DateOnly Today { get; private set; }
    public IReadOnlyList<ActionRow> Rows { get; private set; } = [];

    /// <summary>Of which the first are shown.</summary>
    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Today = London.DateOf(clock.GetUtcNow());
        var rows = Ordered(await ActionRow.ReadAsync(db, Wanted(), ListFile.MostRows, ct));
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "learning-actions", FileOf(rows), ct);
        }

        (Total, Rows) = (rows.Count, [.. rows.Take(Most)]);
        Agencies = await ActionRow.InUse(db).Select(action => action.Agency).Distinct().OrderBy(name => name).Take(Most).Select(name => new SelectListItem(name, name)).ToListAsync(ct);
        Sources = await db.LearningSources.AsNoTracking().Where(source => source.ArchivedAt == null).OrderBy(source => source.Title).Take(Most)
            .Select(source => new SelectListItem(source.Title, source.Id.ToString())).ToListAsync(ct);
        return Page();
    }

    private IQueryable<LearningAction> Wanted()
    {
        var today = Today;
        var actions = ActionRow.InUse(db);
        actions = Show switch
        {
            "late" => actions.Where(action => action.State == ActionState.Open && (action.RevisedOn ?? action.DueOn) < today),
            "done" => actions.Where(action => action.State == ActionState.Done),
            "closed" => actions.Where(action => action.State == ActionState.Closed),
            "all" => actions,
            _ => actions.Where(action => action.State == ActionState.Open),
        };
        if (Agency is { } agency)
        {
            actions = actions.Where(action => action.Agency == agency);
        }

        if (Source is { } source)
        {
            actions = actions.Where(action => db.Recommendations.Any(one => one.Id == action.RecommendationId && one.SourceId == source));
        }

        return Q is { Length: <= QueryLength } words ? Found(actions, Likeness.Part(words)) : actions;
    }

    private IQueryable<LearningAction> Found(IQueryable<LearningAction> actions, string part) => actions.Where(action =>
        EF.Functions.ILike(action.What, part) || EF.Functions.ILike(action.Agency, part) || EF.Functions.ILike(action.Owner ?? "", part)
        || db.Users.Any(user => user.Id == action.OwnerId && EF.Functions.ILike(user.Name, part))
        || db.Recommendations.Any(one => one.Id == action.RecommendationId
            && (EF.Functions.ILike(one.Text, part) || db.LearningSources.Any(source => source.Id == one.SourceId && EF.Functions.ILike(source.Title, part)))));

    private List<ActionRow> Ordered(List<ActionRow> rows) => Sort switch
    {
        "-due" => [.. rows.AsEnumerable().Reverse()],
        "number" => [.. rows.OrderBy(row => row.Number)],
        "-number" => [.. rows.OrderByDescending(row => row.Number)],
        "source" => [.. rows.OrderBy(row => row.Source, StringComparer.InvariantCultureIgnoreCase)],
        "-source" => [.. rows.OrderByDescending(row => row.Source, StringComparer.InvariantCultureIgnoreCase)],
        "who" => [.. rows.OrderBy(row => row.Who, StringComparer.InvariantCultureIgnoreCase)],
        "-who" => [.. rows.OrderByDescending(row => row.Who, StringComparer.InvariantCultureIgnoreCase)],
        "standing" => [.. rows.OrderBy(row => row.StandingOn(Today))],
        "-standing" => [.. rows.OrderByDescending(row => row.StandingOn(Today))],
        _ => rows,
    };

    private TextTable FileOf(IEnumerable<ActionRow> rows) => new(
        ["number", "action", "source", "recommendation", "training_effect", "agency", "owner", "colleague", "due", "revised_due", "how_it_stands", "done_on", "content_change"],
        [.. rows.Select(row => new[]
        {
            row.Number.ToString(CultureInfo.InvariantCulture), row.What, row.Source, row.Recommendation, LearningWords.Effect(row.Effect), row.Agency, row.Owner ?? "", row.Colleague ?? "",
            Day(row.DueOn), Day(row.RevisedOn), LearningWords.Standing(row.StandingOn(Today)), Day(row.DoneOn), row.HasChange ? "yes" : "no",
        })]);

    private static string Day(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? "";
}
