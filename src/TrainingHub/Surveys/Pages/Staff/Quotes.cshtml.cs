using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;
using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.Surveys.Pages.Staff;

/// <param name="Id"></param>
/// <param name="CommentId"></param>
/// <param name="Course"></param>
/// <param name="Question"></param>
/// <param name="Text"></param>
/// <param name="State"></param>
/// <param name="Area">Null when it is not kept.</param>
/// <param name="Year">"2026/27".</param>
/// <param name="Facts">Area and year, who proposed and approved it, and in which month.</param>
internal sealed record QuoteLine(Guid Id, Guid CommentId, string Course, string Question, string Text, QuoteState State, string? Area, string Year, string Facts)
{
    public ChipKind Chip => State switch
    {
        QuoteState.Proposed => ChipKind.New,
        QuoteState.Approved => ChipKind.Good,
        QuoteState.Withdrawn => ChipKind.Plain,
    };
}

/// <summary>All quotes; to those who read no comments only the approved ones, and never the comment.</summary>
[ForStaff(StaffRight.ReadResults, StaffRight.ReadComments, Act = [StaffRight.ReadComments])]
internal sealed class QuotesModel(TrainingHubDb db, KeepQuotes quotes) : PageModel
{
    public const int PageSize = 20;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Course { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Question { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public static IReadOnlyList<SelectListItem> States { get; } = [new("Proposed and approved", ""), new("Proposed", "proposed"), new("Approved", "approved"), new("Withdrawn", "withdrawn")];

    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Questions { get; private set; } = [];
    public IReadOnlyList<QuoteLine> Lines { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (ListFile.IsWanted(Request))
        {
            var all = await ReadAsync(Wanted(), 0, ListFile.MostRows, ct);
            return await ListFile.AnswerAsync(Request, "survey-quotes", new TextTable(
                ["course", "area", "year", "question", "quote", "state"],
                [.. all.Select(line => new[] { line.Course, line.Area ?? "", line.Year, line.Question, line.Text, line.State.ToString() })]), ct);
        }

        Courses = [.. (await db.Courses.Where(course => db.SurveyQuotes.Any(quote => quote.CourseId == course.Id)).OrderBy(course => course.Title).Select(course => new { course.Id, course.Title }).ToListAsync(ct))
            .Select(course => new SelectListItem(course.Title, course.Id.ToString()))];
        Questions = [.. (await db.Questions.Where(question => db.SurveyQuotes.Any(quote => quote.VersionId == question.VersionId && quote.QuestionKey == question.Key)).OrderBy(question => question.Position).ToListAsync(ct))
            .DistinctBy(question => question.Key)
            .Select(question => new SelectListItem(question.Wording, question.Key))];
        Total = await Wanted().CountAsync(ct);
        Number = Math.Clamp(Number, 1, Math.Max(Pages, 1));
        Lines = await ReadAsync(Wanted(), (Number - 1) * PageSize, PageSize, ct);
        return Page();
    }

    [Needs(StaffRight.RunProgramme)]
    public async Task<IActionResult> OnPostApproveAsync(Guid id, CancellationToken ct) => Next(await quotes.ApproveAsync(id, User.Actor(), ct), "Approved. Reports may show it");

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken ct) => Next(await quotes.WithdrawAsync(id, User.Actor(), ct), "Withdrawn. Nothing shows it any more");

    public QueryString QueryWith(params (string Key, string? Value)[] more) => QueryString.Create(
        new[] { ("q", Q), ("course", Course?.ToString()), ("question", Question), ("show", Show) }.Concat(more)
            .Where(pair => pair.Item2 is { Length: > 0 }).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));

    private IQueryable<SurveyQuote> Wanted()
    {
        var wanted = (User.May(StaffRight.ReadComments) ? Show : "approved") switch
        {
            "proposed" => db.SurveyQuotes.Where(quote => quote.State == QuoteState.Proposed),
            "approved" => db.SurveyQuotes.Where(quote => db.ApprovedQuotes.Any(approved => approved.Id == quote.Id)),
            "withdrawn" => db.SurveyQuotes.Where(quote => quote.State == QuoteState.Withdrawn),
            _ => db.SurveyQuotes.Where(quote => quote.State != QuoteState.Withdrawn),
        };
        wanted = Course is { } course ? wanted.Where(quote => quote.CourseId == course) : wanted;
        wanted = Question is { Length: > 0 } question ? wanted.Where(quote => quote.QuestionKey == question) : wanted;
        if (Q?.Trim() is { Length: > 0 and <= 100 } words)
        {
            var part = Likeness.Part(words);
            wanted = wanted.Where(quote => EF.Functions.ILike(quote.Text, part));
        }

        return wanted;
    }

    private async Task<List<QuoteLine>> ReadAsync(IQueryable<SurveyQuote> wanted, int skip, int take, CancellationToken ct)
    {
        var rows = await (
            from quote in wanted.AsNoTracking()
            join question in db.Questions on new { quote.VersionId, Key = quote.QuestionKey } equals new { question.VersionId, question.Key }
            from course in db.Courses.Where(course => course.Id == quote.CourseId).DefaultIfEmpty()
            from area in db.Areas.Where(area => area.Id == quote.AreaId).DefaultIfEmpty()
            join proposer in db.Users on quote.ProposedById equals proposer.Id
            from approver in db.Users.Where(user => user.Id == quote.ApprovedById).DefaultIfEmpty()
            orderby quote.YearFrom descending, quote.ProposedIn descending, quote.Id
            select new { quote, question.Wording, Title = course == null ? null : course.Title, Area = area == null ? null : area.Name, Proposer = proposer.Name, Approver = approver == null ? null : approver.Name })
            .Skip(skip).Take(take).ToListAsync(ct);
        return rows.ConvertAll(row => new QuoteLine(
            row.quote.Id, row.quote.CommentId, row.Title ?? "A course with few answers", row.Wording, row.quote.Text, row.quote.State, row.Area, FinancialYear.Of(row.quote.YearFrom).ToString(),
            $"{(row.Area is { } area ? area + ", " : "")}{FinancialYear.Of(row.quote.YearFrom)}. Proposed by {row.Proposer} in {London.MonthWords(row.quote.ProposedIn)}"
                + (row.quote.ApprovedIn is { } approved ? $", approved by {row.Approver} in {London.MonthWords(approved)}." : ".")));
    }

    private LocalRedirectResult Next(QuoteResult result, string done)
    {
        TempData[result == QuoteResult.Done ? "Success" : "Notice"] = result switch
        {
            QuoteResult.Done => done,
            QuoteResult.Nothing or QuoteResult.ApprovedBefore => "Somebody else has done something about this quote. Nothing was changed now.",
            QuoteResult.Gone => "The comment is no longer there, or a concern was raised about it. Nothing is quoted.",
        };
        return LocalRedirect($"~{SurveyUrls.Quotes}{QueryWith(("page", Number > 1 ? $"{Number}" : null))}");
    }
}
