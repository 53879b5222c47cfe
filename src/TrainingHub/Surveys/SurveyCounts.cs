using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Surveys;

/// <summary>What the staff's first page says of surveys. Hours since the oldest unread text came; null when all are read.</summary>
internal sealed record SurveyCounts(int UnreadComments, int? OldestUnreadHours, int Concerns, int DueNow, int OpenNow)
{
    public static async Task<SurveyCounts> ReadAsync(TrainingHubDb db, DateTimeOffset now, CancellationToken ct)
    {
        var row = await db.Database.SqlQuery<CountsRow>(
            $"""
            select
                (select count(*)::int from survey_comments where state = 'Unread') as "Unread",
                (select min(created_at) from survey_comments where state = 'Unread') as "Oldest",
                (select count(*)::int from concerns) as "Concerns",
                (select count(*)::int from survey_invitations where moment = 'ThreeMonths' and state = 'Scheduled' and due_at <= {now}) as "DueNow",
                (select count(*)::int from survey_invitations where moment = 'ThreeMonths' and state = 'Sent' and closes_at > {now}) as "OpenNow"
            """).SingleAsync(ct);
        return new SurveyCounts(
            row.Unread, row.Oldest is { } oldest ? (int)(now - oldest).TotalHours : null, row.Concerns, row.DueNow, row.OpenNow);
    }

    private sealed record CountsRow(int Unread, DateTimeOffset? Oldest, int Concerns, int DueNow, int OpenNow);
}
