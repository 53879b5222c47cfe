using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>What is asked for, the most wanted first.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class NeedsModel(TrainingHubDb db) : PageModel
{
    public const int Most = TickedPage.Most;
    public const int QueryLength = 100;

    internal sealed record Row(Guid Id, string What, string? About, int Votes, NeedState State, string? Because, bool IsListed, bool IsNew);

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"new", "planned", "met", "no", "all" or "archived", else those that are open.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>"what" or "votes", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("Open", ""), new("New from organisations", "new"), new("Planned", "planned"), new("Met", "met"), new("Not planned", "no"), new("All", "all"), new("Archived", "archived")];

    public bool IsFiltered => Q is not null || !string.IsNullOrEmpty(Show);
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Of which the first are shown.</summary>
    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var needs = db.TrainingNeeds.AsNoTracking().Where(need => need.ArchivedAt != null == (Show == "archived"));
        needs = Show switch
        {
            "planned" => needs.Where(need => need.State == NeedState.Planned),
            "new" => needs.Where(need => need.AwaitsStaff),
            "no" => needs.Where(need => need.State == NeedState.NotPlanned),
            "met" => needs.Where(need => need.State == NeedState.Met),
            "all" or "archived" => needs,
            _ => needs.Where(need => need.State == NeedState.Open),
        };
        if (Q is { Length: <= QueryLength } words)
        {
            var part = Likeness.Part(words);
            needs = needs.Where(need => EF.Functions.ILike(need.What, part)
                || db.TrainingNeedVotes.Any(vote => vote.NeedId == need.Id && db.Organisations.Any(one => one.Id == vote.OrganisationId && EF.Functions.ILike(one.Name, part))));
        }

        var names = await LearningNames.ReadAsync(db, ct);
        var rows = Ordered((await needs
            .Select(need => new { need.Id, need.What, need.ThemeId, need.CourseId, need.State, need.Because, need.IsListed, need.AwaitsStaff, Votes = db.TrainingNeedVotes.Count(vote => vote.NeedId == need.Id) })
            .OrderByDescending(need => need.Votes).ThenBy(need => need.What).ThenBy(need => need.Id).Take(ListFile.MostRows).ToListAsync(ct))
            .ConvertAll(need => new Row(need.Id, need.What, LearningWords.Names(new[] { need.ThemeId, need.CourseId }.OfType<Guid>(), names), need.Votes, need.State, need.Because, need.IsListed, need.AwaitsStaff)));
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "training-needs", FileOf(rows), ct);
        }

        (Total, Rows) = (rows.Count, [.. rows.Take(Most)]);
        return Page();
    }

    private List<Row> Ordered(List<Row> rows) => Sort switch
    {
        "what" => [.. rows.OrderBy(row => row.What, StringComparer.InvariantCultureIgnoreCase)],
        "-what" => [.. rows.OrderByDescending(row => row.What, StringComparer.InvariantCultureIgnoreCase)],
        "votes" => [.. rows.OrderBy(row => row.Votes)],
        _ => rows,
    };

    private static TextTable FileOf(IEnumerable<Row> rows) => new(
        ["what", "theme_or_course", "votes", "how_it_stands", "why", "organisations_see_it"],
        [.. rows.Select(row => new[] { row.What, row.About ?? "", row.Votes.ToString(CultureInfo.InvariantCulture), LearningWords.State(row.State), row.Because ?? "", row.IsListed ? "yes" : "no" })]);
}
