using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

internal sealed record OtherReading(string Reader, IReadOnlyList<string> Themes);

/// <summary>The themes that one reader gives to a comment. What the other reader gave is shown only beside one's own.</summary>
[ForStaff(StaffRight.ReadComments)]
internal sealed class CodeCommentPageModel(TrainingHubDb db, CodeComment code, TimeProvider clock) : PageModel
{
    [BindProperty]
    public List<Guid> Themes { get; set; } = [];

    public CommentLine Comment { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Items { get; private set; } = [];
    public OtherReading? Other { get; private set; }
    public bool OthersWait { get; private set; }
    public bool IsFull { get; private set; }
    public bool? Agrees { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LeadAwayAsync(id, isPosted: false, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await LeadAwayAsync(id, isPosted: true, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var (kind, said) = await code.RunAsync(id, [.. Themes.Distinct()], User.Actor(), ct) switch
        {
            CodeResult.Saved => ("Success", "Saved"),
            CodeResult.TwoReaders => ("Notice", "Two others have coded this comment. Nothing of yours is saved."),
            CodeResult.ThemeGone => ("Notice", "A theme was archived since. Nothing is saved: choose again."),
            CodeResult.Gone => ("Notice", "The comment is no longer there, or a concern was raised about it."),
        };
        TempData[kind] = said;
        return LocalRedirect("~" + SurveyUrls.Code(id));
    }

    private async Task<IActionResult?> LeadAwayAsync(Guid id, bool isPosted, CancellationToken ct)
    {
        var found = CommentRow.Of(db, db.SurveyComments.Where(comment => comment.Id == id && comment.State != CommentState.Concern)).OrderBy(row => row.Id);
        if (await CommentLine.ReadAsync(found, London.DateOf(clock.GetUtcNow()), ct) is not [var comment])
        {
            TempData["Notice"] = "There is no such comment here: its author has corrected it, or a concern was raised about it.";
            return LocalRedirect("~" + SurveyUrls.Comments);
        }

        Comment = comment;
        var me = User.Actor().Id;
        var readings = await (
            from reading in db.CommentReadings.AsNoTracking()
            join reader in db.Users on reading.ReaderId equals reader.Id
            where reading.CommentId == id
            orderby reading.Reader
            select new { reading.Reader, reading.ReaderId, reader.Name }).ToListAsync(ct);
        var codes = await db.CommentCodes.AsNoTracking().Where(one => one.CommentId == id).ToListAsync(ct);
        var themes = await db.CommentThemes.AsNoTracking().OrderBy(theme => theme.Name).ToListAsync(ct);
        var own = readings.Find(reading => reading.ReaderId == me);
        var other = readings.Find(reading => reading.ReaderId != me);
        List<Guid> Of(int? reader) => [.. codes.Where(one => one.Reader == reader).Select(one => one.ThemeId)];
        Themes = isPosted ? Themes : Of(own?.Reader);
        (IsFull, OthersWait) = (own is null && readings.Count == CommentReading.Second, own is null && other is not null);
        Items = [.. themes.Where(theme => theme.ArchivedAt is null || Themes.Contains(theme.Id)).Select(theme => new SelectListItem($"{theme.Name}: {theme.Description}", theme.Id.ToString()))];
        if (own is not null && other is not null)
        {
            var theirs = Of(other.Reader);
            Other = new(other.Name, [.. themes.Where(theme => theirs.Contains(theme.Id)).Select(theme => theme.Name)]);
            Agrees = theirs.ToHashSet().SetEquals(Of(own.Reader));
        }

        return null;
    }
}
