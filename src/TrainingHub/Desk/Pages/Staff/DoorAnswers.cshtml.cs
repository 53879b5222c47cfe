using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>
/// What people said at the end of one of a trainer's own dates and three months after it: figures of at least five answers to the nearest five, and the comments that
/// a coordinator shows to them. Nothing of it says who answered; another provider's date is not found.
/// </summary>
[ForStaff(StaffRight.OwnDates)]
internal sealed class DoorAnswersModel(TrainingHubDb db, RefusedActs refused) : PageModel
{
    internal sealed record Answered(string Wording, IReadOnlyList<DateCount> Counts);

    /// <param name="Moment"></param>
    /// <param name="Responses">To the nearest five; null while there are none.</param>
    /// <param name="Questions"></param>
    internal sealed record Figures(SurveyMoment Moment, int? Responses, IReadOnlyList<Answered> Questions);

    internal sealed record Comment(string Question, string Text);

    public DateLine Date { get; private set; } = null!;

    public IReadOnlyList<Figures> Moments { get; private set; } = [];
    public IReadOnlyList<Comment> Comments { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (await OwnDates.FindAsync(db, User.Actor().Id, run, ct) is not { } date)
        {
            await refused.OfRecordAsync(User.Actor(), Request.Method, PageContext.ActionDescriptor.AttributeRouteInfo?.Template ?? "", run, ct);
            return NotFound();
        }

        Date = date;
        var isEvent = await db.Courses.AnyAsync(course => course.Id == date.CourseId && course.Kind != CourseKind.Course, ct);
        Moments = isEvent ? [await FiguresAsync(run, SurveyMoment.Event, ct)] : [await FiguresAsync(run, SurveyMoment.End, ct), await FiguresAsync(run, SurveyMoment.ThreeMonths, ct)];

        // By their ids, which are random: not in the order in which they came.
        Comments = await (
            from comment in db.SurveyComments
            join question in db.Questions on new { comment.VersionId, Key = comment.QuestionKey } equals new { question.VersionId, question.Key }
            where comment.TrainerRunId == run && comment.State == CommentState.Read
            orderby comment.Id
            select new Comment(question.Wording, comment.Text)).ToListAsync(ct);
        return Page();
    }

    private async Task<Figures> FiguresAsync(Guid run, SurveyMoment moment, CancellationToken ct)
    {
        if (await db.DateEvaluations.AsNoTracking().SingleOrDefaultAsync(made => made.RunId == run && made.Moment == moment, ct) is not { } made)
        {
            return new(moment, null, []);
        }

        var versions = await AskedVersions.ReadAsync(db, moment, ct);
        return new(
            moment, made.Responses,
            [.. made.Counts.GroupBy(count => count.Question).Select(question => new Answered(versions.Latest(question.Key)?.ShortWording ?? question.Key, [.. question]))]);
    }
}
