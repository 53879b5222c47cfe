using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.FreePlaces;

/// <summary>
/// Tells the training team once of each application that was promised an answer by a day that is over. Marking and email are one transaction:
/// if the job dies neither is there, and a second run finds nothing that was told.
/// </summary>
internal sealed class EscalateApplications(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site) : IJob
{
    private const int Batch = 100;

    public static TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var late = await db.FreePlaceApplications.FromSql(
            $"""
            select *
            from free_place_applications
            where state = 'Pending' and decide_on < {today} and escalated_at is null
            order by decide_on, id
            limit {Batch}
            for no key update skip locked
            """).ToListAsync(ct);
        if (late.Count == 0)
        {
            return 0;
        }

        late.ForEach(application => application.Escalate(now));
        var lines = late.ConvertAll(application => $"{application.OrganisationName}: promised by {London.Words(application.DecideOn ?? today)}");
        db.Add(OutgoingEmail.To(site.Value.ContactEmail, new ApplicationsLateEmail(lines, site.Value.Absolute(FreePlaceUrls.StaffApplications)), now));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return late.Count;
    }
}
