using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>
/// The free texts, newest first, with the course and the question but nothing about who wrote it or on which day. Each is read by a
/// person once, and every one can be reached, read or not: a text may be about a child at risk. Coordinators only.
/// </summary>
[ForStaff(StaffRight.ReadComments)]
internal sealed class CommentsModel(TrainingHubDb db, ReviewComment review, UndoOffers undo, TimeProvider clock) : PageModel
{
    public const int PageSize = 20;
    public const int QueryLength = 100;
    private const int ActsRead = 1_000;
    private const int ActsShown = 12;

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>Part of the text or of the course's title.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"oldest" or "newest" first; else those with words of the list, then the newest.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    // From the query alone: "page" is also a route value of every Razor page.
    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public CommentState State => Show switch
    {
        "read" => CommentState.Read,
        _ => CommentState.Unread,
    };

    public bool IsOldestFirst => Sort == "oldest";

    public static IReadOnlyList<SelectListItem> Orders { get; } = [new("Most worrying first", ""), new("Newest first", "newest"), new("Oldest first", "oldest")];

    public string OrderWords => IsOldestFirst ? "oldest first" : Sort == "newest" || State == CommentState.Read ? "newest first" : "those with words of the list first, then the newest";

    public int Total { get; private set; }

    public int Pages => (Total + PageSize - 1) / PageSize;
    public List<CommentLine> Comments { get; private set; } = [];

    /// <summary>"Comment marked as read by Ann Coordinator in November 2026: 3", the last month first.</summary>
    public IReadOnlyList<string> Acts { get; private set; } = [];

    /// <summary>What was done to a comment and can still be undone, by the comment's id.</summary>
    public IReadOnlyDictionary<Guid, UndoOffer> Undo { get; private set; } = new Dictionary<Guid, UndoOffer>();

    /// <summary>Where among all of them the shown ones are: "21 to 40".</summary>
    public string Shown => $"{(Number - 1) * PageSize + 1:N0} to {(Number - 1) * PageSize + Comments.Count:N0}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        // Emails of before led there.
        if (Show == "concerns")
        {
            return LocalRedirect("~" + SurveyUrls.Concerns);
        }

        var wanted = Wanted();
        var today = London.DateOf(clock.GetUtcNow());
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "survey-comments", FileOf(await CommentLine.ReadAsync(Ordered(wanted).Take(ListFile.MostRows), today, ct)), ct);
        }

        Total = await wanted.CountAsync(ct);
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        Comments = await CommentLine.ReadAsync(Ordered(wanted).Skip((Number - 1) * PageSize).Take(PageSize), today, ct);
        Undo = await undo.OfSubjectsAsync(User, [.. Comments.Select(comment => comment.Id)], ct);
        Acts = [.. (await db.HistoryEntries.AsNoTracking()
                .Where(entry => entry.RecordId == ReviewComment.RecordId)
                .OrderByDescending(entry => entry.At).Take(ActsRead).ToListAsync(ct))
            .GroupBy(entry => $"{entry.Act} by {entry.Actor} in {London.MonthWords(London.DateOf(entry.At))}")
            .Take(ActsShown)
            .Select(same => $"{same.Key}: {same.Count():N0}")];
        return Page();
    }

    private IQueryable<CommentRow> Wanted()
    {
        var state = State;
        var rows = CommentRow.Of(db, db.SurveyComments.Where(comment => comment.State == state));
        if (Q?.Trim() is not { Length: > 0 and <= QueryLength } words)
        {
            return rows;
        }

        var part = Likeness.Part(words);
        return rows.Where(row => EF.Functions.ILike(row.Text, part) || EF.Functions.ILike(row.Course!, part));
    }

    private IQueryable<CommentRow> Ordered(IQueryable<CommentRow> rows) =>
        (IsOldestFirst ? rows.OrderBy(row => row.CreatedAt)
            : Sort == "newest" || State == CommentState.Read ? rows.OrderByDescending(row => row.CreatedAt)
            : rows.OrderByDescending(row => row.IsFlagged).ThenByDescending(row => row.CreatedAt)).ThenBy(row => row.Id);

    // Not by whom it was read: the list names them beside the words, a file that leaves this site need not.
    private static TextTable FileOf(IEnumerable<CommentLine> lines) => new(
        ["reference", "course", "question", "comment", "came"],
        [.. lines.Select(line => new[] { line.Reference, line.Course, line.Question, line.Text, line.Came })]);

    public async Task<IActionResult> OnPostReadAsync(Guid id, CancellationToken ct) =>
        Next(await review.MarkReadAsync(id, User.Actor(), ct) != MarkReadResult.Gone, "Marked as read");

    [Needs(StaffRight.RunProgramme)]
    public async Task<IActionResult> OnPostShowAsync(Guid id, CancellationToken ct) => await review.ShowToTrainerAsync(id, User.Actor(), ct) switch
    {
        ShowToTrainerResult.Shown => Next(isDone: true, "The trainer sees it now"),
        ShowToTrainerResult.NotShown => Next(isDone: true, "Nothing has changed: the trainer sees it already, or may not"),
        ShowToTrainerResult.TooFew => Next(isDone: true, $"Not shown: fewer than {AnswerGroups.Smallest} people answered about this date"),
        ShowToTrainerResult.Gone => Next(isDone: false, ""),
    };

    [Needs(StaffRight.RunProgramme)]
    public async Task<IActionResult> OnPostHideAsync(Guid id, CancellationToken ct)
    {
        await review.HideFromTrainerAsync(id, User.Actor(), ct);
        return Next(isDone: true, "The trainer no longer sees it");
    }

    /// <summary>The query of the list as it is shown, with more.</summary>
    public QueryString QueryWith(params (string Key, string? Value)[] more) => QueryString.Create(
        new[] { ("show", Show), ("q", Q), ("sort", Sort) }.Concat(more)
            .Where(pair => pair.Item2 is { Length: > 0 }).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));

    // The same page of the queue: what was read has left it, so the next text is there now.
    private LocalRedirectResult Next(bool isDone, string done)
    {
        TempData["Success"] = isDone ? done : "This text is no longer there: its author has corrected it";
        return LocalRedirect($"~{SurveyUrls.Comments}{QueryWith(("page", Number > 1 ? $"{Number}" : null))}");
    }
}
