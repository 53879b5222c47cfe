using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.PersonalData;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Surveys;

namespace TrainingHub.Desk;

/// <summary>What waits for somebody to read it, and what the program could not do by itself.</summary>
internal sealed class WorkTasks(TrainingHubDb db)
{
    /// <summary>One line for all: who wrote which is nobody's business before they are read.</summary>
    public async Task<TaskGroup> CommentsAsync(WaitingListOptions hours, DateTimeOffset now, CancellationToken ct)
    {
        var unread = await db.UnreadComments.AsNoTracking().Select(comment => new { comment.CreatedAt, comment.IsFlagged }).ToListAsync(ct);
        var flagged = unread.Count(comment => comment.IsFlagged);
        return new(
            "Survey comments",
            unread.Count == 0 ? [] :
            [
                new(unread.Count == 1 ? "1 survey comment to read" : $"{unread.Count:N0} survey comments to read", SurveyUrls.Comments)
                {
                    IsLate = unread.Exists(comment => ReadingTimes.DueAt(comment.CreatedAt, comment.IsFlagged, hours) <= now),
                    Facts = flagged == 0 ? "It may be about a child at risk." : $"{flagged:N0} of them with words that can mean danger. It may be about a child at risk.",
                },
            ],
            More: 0,
            SurveyUrls.Comments);
    }

    public Task<TaskGroup> EmailsAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Emails that did not go out",
        $"{DeskUrls.Emails}?state={EmailSearch.NotDelivered}",
        from email in db.OutgoingEmails
        where EmailStates.NotDelivered.Contains(email.State)
        orderby email.CreatedAt descending, email.Id
        select new { email.Id, email.ToAddress, email.Subject, email.State, email.CreatedAt, email.LastError },
        row => new TodayTask(
            row.State == EmailState.Bounced ? $"{row.ToAddress} does not exist" : $"An email to {row.ToAddress} failed",
            DeskUrls.Email(row.Id))
        {
            Facts = $"{row.Subject} · written {London.Moment(row.CreatedAt)}{(row.LastError is { } error ? $" · {error}" : "")}",
        },
        ct);

    /// <summary>What people asked about their data, the first due first; what waits for a date comes when it is over.</summary>
    public Task<TaskGroup> DataRequestsAsync(DateOnly today, CancellationToken ct) => TaskGroup.OfAsync(
        "Data requests and complaints",
        $"{PersonalDataUrls.Requests}?show={RequestStanding.Open}",
        from request in db.DataRequests
        where request.AnsweredAt == null && (request.LaterOn == null || request.LaterOn <= today)
        orderby request.DueOn, request.Id
        select new
        {
            request.Id,
            request.Name,
            request.Kind,
            request.DueOn,
            request.LaterOn,
            request.AcknowledgedOn,
            IsIdentified = request.Identity != null,
            HasRecords = db.DataRequestRecords.Any(record => record.RequestId == request.Id),
        },
        row => new TodayTask(
            row.LaterOn is not null ? $"Erase the rest of what {row.Name} asked for"
            : row.Kind switch
            {
                DataRequestKind.Copy => $"{row.Name} asks for a copy of their data",
                DataRequestKind.Erasure => $"{row.Name} asks to be erased",
                DataRequestKind.Correction => $"{row.Name} asks for a correction of their data",
                DataRequestKind.Complaint => $"{row.Name} complains about how we handle data",
            },
            PersonalDataUrls.Request(row.Id))
        {
            On = row.DueOn,
            IsLate = row.LaterOn is null && row.DueOn < today,
            Facts = row.LaterOn is not null ? "The dates that needed it are over." : $"{(row.DueOn < today ? "Was due" : "Due")} {London.Words(row.DueOn)}",
            Links = [row is { Kind: DataRequestKind.Complaint, AcknowledgedOn: null } ? new("Tell them that it came", PersonalDataUrls.Acknowledge(row.Id))
                : row.Kind == DataRequestKind.Complaint ? new("Answer", PersonalDataUrls.Answer(row.Id))
                : !row.HasRecords ? new("Find their records", PersonalDataUrls.Find(row.Id))
                : !row.IsIdentified ? new("Say how they were identified", PersonalDataUrls.Request(row.Id))
                : row.Kind switch
                {
                    DataRequestKind.Copy => new("Make the copy", PersonalDataUrls.Copy(row.Id)),
                    DataRequestKind.Erasure => new("Erase", PersonalDataUrls.Erase(row.Id)),
                    DataRequestKind.Correction or DataRequestKind.Complaint => new("Answer", PersonalDataUrls.Answer(row.Id)),
                }],
        },
        ct);

    /// <summary>Names that bookers typed and that nobody has shown to others or hidden from them.</summary>
    public Task<TaskGroup> OrganisationsAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Organisations that bookers typed",
        DeskUrls.Organisations,
        from organisation in db.Organisations
        where !organisation.IsApproved && !db.HistoryEntries.Any(entry => entry.RecordId == organisation.Id)
        orderby organisation.Name, organisation.Id
        select new { organisation.Name },
        row => new TodayTask($"May other bookers be offered {row.Name}?", $"{DeskUrls.Organisations}?q={Uri.EscapeDataString(row.Name)}"),
        ct);

    public async Task<TaskGroup> JobsAsync(IEnumerable<JobEntry> entries, CancellationToken ct)
    {
        var failed = await FailedJob.ReadAsync(db, entries, ct);
        return new(
            "Automatic work that failed",
            [.. failed.Select(job => new TodayTask($"{job.Words} failed", "/staff/jobs")
            {
                Facts = $"{London.Moment(job.StartedAt)} · {job.Error}",
                Button = new("Run again", "/staff/jobs", "job", job.Name),
            })],
            More: 0,
            "/staff/jobs");
    }
}
