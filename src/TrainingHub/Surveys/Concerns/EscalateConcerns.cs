using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// Tells the deputy, and then whoever is on call, of a concern that nobody has acknowledged in time. Each step is one transaction: its row,
/// the next one and the email. What dies half-way is done by the next run; a second run and another machine find the row done or locked.
/// After an outage the deputy is told at once, and whoever is on call an hour later: nobody is passed over.
/// </summary>
internal sealed partial class EscalateConcerns(
    TrainingHubDb db, ConcernMail mail, IOptions<ConcernOptions> options, IOptions<WaitingListOptions> hours, TimeProvider clock, ILogger<EscalateConcerns> logger) : IJob
{
    private static readonly string Adopt = SqlFile.Read("TrainingHub.Surveys.Sql.AdoptConcerns.sql");

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var count = await AdoptAsync(ct);
        while (await StepAsync(ct))
        {
            count++;
        }

        return count;
    }

    // A build of before says "concern" on the text alone.
    private async Task<int> AdoptAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var adopted = await db.Concerns.FromSqlRaw(Adopt).AsNoTracking().ToListAsync(ct);
        foreach (var concern in adopted)
        {
            await LegalHolds.BeginAsync(db, concern.HeldResponseId, ct);
            db.Add(ConcernAlert.New(concern.Id, AlertStep.Deputy, ConcernTimes.DeputyAt(concern.RaisedAt, options.Value, hours.Value), clock.GetUtcNow()));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return adopted.Count;
    }

    private async Task<bool> StepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var due = await db.ConcernAlerts
            .FromSql($"select * from concern_alerts where state = 'Due' and due_at <= {now} order by due_at, id limit 1 for update skip locked")
            .FirstOrDefaultAsync(ct);
        if (due is null)
        {
            return false;
        }

        // Whoever acknowledges it at this moment is waited for.
        var concern = await db.Concerns.FromSql($"select * from concerns where id = {due.ConcernId} for share").AsNoTracking().SingleAsync(ct);
        if (concern.State == ConcernState.Raised)
        {
            await mail.WaitsAsync(due.Step, concern, now, ct);
            due.MarkSent(now);
            HistoryEntry.Add<Concern>(db, concern.Id, Actor.Automatic, due.Step == AlertStep.Deputy ? "Not acknowledged: the deputy was told" : "Not acknowledged: whoever is on call was told", [], now);
            if (due.Step == AlertStep.Deputy)
            {
                db.Add(ConcernAlert.New(concern.Id, AlertStep.OnCall, now.AddHours(options.Value.DeputyHours), now));
            }

            LogTold(concern.Id, due.Step);
        }
        else
        {
            due.Drop(now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Concern {ConcernId} was not acknowledged in time: step {Step}")]
    private partial void LogTold(Guid concernId, AlertStep step);
}
