using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Surveys;

/// <summary>
/// How many invitations are in which state, for one month or one course. Each is counted in exactly one of the states, so they add up to
/// <see cref="Total"/>.
/// </summary>
internal sealed record SurveyProgress(
    int Scheduled, int Open, int Answered, int NotAnswered, int Stopped, int Missed, int Withdrawn, ResponseRate Rate)
{
    public int Total => Scheduled + Open + Answered + NotAnswered + Stopped + Missed + Withdrawn;

    public static SurveyProgress operator +(SurveyProgress left, SurveyProgress right) => new(
        left.Scheduled + right.Scheduled, left.Open + right.Open, left.Answered + right.Answered,
        left.NotAnswered + right.NotAnswered, left.Stopped + right.Stopped, left.Missed + right.Missed,
        left.Withdrawn + right.Withdrawn, left.Rate + right.Rate);

    public static readonly SurveyProgress None = new(0, 0, 0, 0, 0, 0, 0, new(0, 0, 0));

    /// <summary>By the month in which the survey is due and by course, for surveys due from a day to another.</summary>
    public static async Task<List<ProgressLine>> ReadAsync(TrainingHubDb db, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<ProgressRow>(
            $"""
            select
                date_trunc('month', invitation.due_on)::date as "Month",
                course.title as "Course",
                (count(*) filter (where invitation.state = 'Scheduled'))::int as "Scheduled",
                (count(*) filter (where invitation.state = 'Sent'))::int as "Open",
                (count(*) filter (where invitation.state = 'Answered'))::int as "Answered",
                (count(*) filter (where invitation.state = 'Closed'))::int as "NotAnswered",
                (count(*) filter (where invitation.state = 'Stopped'))::int as "Stopped",
                (count(*) filter (where invitation.state = 'Missed'))::int as "Missed",
                (count(*) filter (where invitation.state = 'Withdrawn'))::int as "Withdrawn",
                count(sent.invitation_id)::int as "Sent",
                (count(*) filter (where sent.is_undelivered))::int as "Undelivered"
            from survey_invitations invitation
            join places place on place.id = invitation.place_id
            join course_runs run on run.id = place.run_id
            join courses course on course.id = run.course_id
            left join sent_surveys sent on sent.invitation_id = invitation.id
            where invitation.moment = 'ThreeMonths' and invitation.due_on between {from} and {to}
            group by 1, 2
            order by 1, 2
            """).ToListAsync(ct);
        return rows.ConvertAll(row => new ProgressLine(row.Month, row.Course, new SurveyProgress(
            row.Scheduled, row.Open, row.Answered, row.NotAnswered, row.Stopped, row.Missed, row.Withdrawn,
            new(row.Sent, row.Undelivered, row.Answered))));
    }

    private sealed record ProgressRow(
        DateOnly Month, string Course, int Scheduled, int Open, int Answered, int NotAnswered, int Stopped, int Missed, int Withdrawn,
        int Sent, int Undelivered);
}

internal sealed record ProgressLine(DateOnly Month, string Course, SurveyProgress Progress);
