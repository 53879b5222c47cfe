using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>Where learning comes from, with how much of it is still open.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class SourcesModel(TrainingHubDb db) : PageModel
{
    public const int Most = 300;
    public const int QueryLength = 100;

    internal sealed record Row(Guid Id, string Title, SourceKind Kind, DateOnly? PublishedOn, string? Themes, int Recommendations, int Open);

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public SourceKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Theme { get; set; }

    /// <summary>"archived", else those in use.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>"title" or "published", with a hyphen before it for the opposite order; else the latest first.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("In use", ""), new("Archived", "archived")];

    public static IReadOnlyList<SelectListItem> Kinds { get; } = [.. Enum.GetValues<SourceKind>().Select(kind => new SelectListItem(LearningWords.Kind(kind), kind.ToString()))];

    public IReadOnlyList<SelectListItem> Themes { get; private set; } = [];
    public bool IsFiltered => Q is not null || Kind is not null || Theme is not null || !string.IsNullOrEmpty(Show);
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var isArchived = Show == "archived";
        var sources = db.LearningSources.AsNoTracking().Where(source => source.ArchivedAt != null == isArchived);
        if (Q is { Length: <= QueryLength } words)
        {
            var part = Likeness.Part(words);
            sources = sources.Where(source => EF.Functions.ILike(source.Title, part) || EF.Functions.ILike(source.Publisher ?? "", part));
        }

        if (Kind is { } kind)
        {
            sources = sources.Where(source => source.Kind == kind);
        }

        if (Theme is { } theme)
        {
            sources = sources.Where(source => source.ThemeIds.Contains(theme));
        }

        var names = await LearningNames.ReadAsync(db, ct);
        var found = await sources.OrderByDescending(source => source.PublishedOn != null).ThenByDescending(source => source.PublishedOn).ThenBy(source => source.Title).Take(ListFile.MostRows)
            .Select(source => new
            {
                source.Id,
                source.Title,
                source.Kind,
                source.PublishedOn,
                source.ThemeIds,
                Recommendations = db.Recommendations.Count(one => one.SourceId == source.Id && one.ArchivedAt == null),
                Open = db.LearningActions.Count(action => action.State == ActionState.Open && action.ArchivedAt == null
                    && db.Recommendations.Any(one => one.Id == action.RecommendationId && one.SourceId == source.Id && one.ArchivedAt == null)),
            }).ToListAsync(ct);
        var rows = Ordered(found.ConvertAll(one => new Row(one.Id, one.Title, one.Kind, one.PublishedOn, LearningWords.Names(one.ThemeIds, names), one.Recommendations, one.Open)));
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "learning-sources", FileOf(rows), ct);
        }

        Rows = [.. rows.Take(Most)];
        Themes = await LearningChoices.ThemesAsync(db, [], ct);
        return Page();
    }

    private List<Row> Ordered(List<Row> rows) => Sort switch
    {
        "title" => [.. rows.OrderBy(row => row.Title, StringComparer.InvariantCultureIgnoreCase)],
        "-title" => [.. rows.OrderByDescending(row => row.Title, StringComparer.InvariantCultureIgnoreCase)],
        "published" => [.. rows.OrderBy(row => row.PublishedOn is null).ThenBy(row => row.PublishedOn)],
        _ => rows,
    };

    private static TextTable FileOf(IEnumerable<Row> rows) => new(
        ["source", "kind", "published", "themes", "recommendations", "open_actions"],
        [.. rows.Select(row => new[]
        {
            row.Title, LearningWords.Kind(row.Kind), row.PublishedOn?.ToString("O", CultureInfo.InvariantCulture) ?? "", row.Themes ?? "",
            row.Recommendations.ToString(CultureInfo.InvariantCulture), row.Open.ToString(CultureInfo.InvariantCulture),
        })]);
}
