using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Attendance;

/// <summary>
/// Issues the certificates that are due, and brings those in force into line with the register: a corrected name or date makes another
/// one, an attendance that is taken back ends it, and whose person is forgotten loses the name. Each place is a transaction of its own
/// that asks again under its lock, so that a run that died half-way or a second one at the same time issues nothing twice.
/// </summary>
internal sealed class KeepCertificates(TrainingHubDb db, IssueCertificate issue, IOptions<CertificateOptions> options, TimeProvider clock) : IJob
{
    private const int BatchSize = 100;

    public static TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var forgotten = await ForgetAsync(ct) + await ClearWaitsAsync(ct);
        var places = (await ChangedAsync(ct)).Concat(await DueAsync(ct)).ToList();
        return forgotten + await OneByOne.RunAsync(places, async place =>
        {
            db.ChangeTracker.Clear();
            return await issue.RunAsync(place, ct) != CertificateResult.NothingToDo;
        });
    }

    private Task<int> ForgetAsync(CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        update certificates
        set person_name = null, reason = null, state = case state when 'Issued' then 'Forgotten' else state end, ended_at = coalesce(ended_at, {clock.GetUtcNow()})
        where person_name is not null
        and exists (select from places where places.id = certificates.place_id and places.person_id is null)
        """,
        ct);

    /// <summary>Of courses so old that none is issued by itself any more.</summary>
    private Task<int> ClearWaitsAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-CertificateOptions.DaysBack);
        return db.CertificateWaits
            .Where(wait => db.Places.Any(place => place.Id == wait.PlaceId && db.CourseRuns.Any(run => run.Id == place.RunId && run.EndsAt <= since)))
            .ExecuteDeleteAsync(ct);
    }

    private Task<List<Guid>> ChangedAsync(CancellationToken ct) => db.Database.SqlQuery<Guid>(
        $"""
        select certificate.place_id as "Value"
        from certificates certificate
        left join earned_certificates earned on earned.place_id = certificate.place_id
        where certificate.state = 'Issued'
        and (earned.place_id is null
            or (earned.person_name, earned.days, earned.minutes, earned.is_part)
                is distinct from (certificate.person_name, certificate.days, certificate.minutes, certificate.is_part))
        order by certificate.id
        limit {BatchSize}
        """).ToListAsync(ct);

    private async Task<List<Guid>> DueAsync(CancellationToken ct)
    {
        if (options.Value.For == CertificatesFor.Nobody)
        {
            return [];
        }

        var now = clock.GetUtcNow();
        var (since, lastDay, withPart) = (now.AddDays(-CertificateOptions.DaysBack), London.DateOf(now).AddDays(-options.Value.DaysAfter), options.Value.Covers(isPart: true));
        var waitingSince = options.Value.WaitForEvaluation ? now.AddDays(-CertificateOptions.MostWaitDays) : now;
        return await db.EarnedCertificates
            .Where(earned => earned.EndsAt > since && earned.EndsAt <= now && earned.LastDay <= lastDay && (withPart || !earned.IsPart))
            .Where(earned => !db.Certificates.Any(one => one.PlaceId == earned.PlaceId && (one.State == CertificateState.Issued || one.State == CertificateState.Withdrawn)))
            .Where(earned => !(earned.EndsAt > waitingSince && db.CertificateWaits.Any(wait => wait.PlaceId == earned.PlaceId && wait.EndedOn == null)))
            .OrderBy(earned => earned.EndsAt).ThenBy(earned => earned.PlaceId)
            .Select(earned => earned.PlaceId).Take(BatchSize).ToListAsync(ct);
    }
}
