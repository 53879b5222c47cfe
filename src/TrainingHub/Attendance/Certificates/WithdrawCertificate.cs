using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>
/// Staff take a certificate back, with a reason: whoever checks it is told that it does not count. None is issued for the place by itself
/// from then on; staff can issue one again. The place is locked as <see cref="IssueCertificate"/> does. Refuses one that is not in force.
/// </summary>
internal sealed class WithdrawCertificate(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>False when it was not in force any more.</returns>
    public async Task<bool> RunAsync(Guid id, string reason, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.SqlQuery<Guid>(
            $"""
            select id as "Value"
            from places
            where id = (select place_id from certificates where id = {id})
            for no key update
            """).ToListAsync(ct);
        if (await db.Certificates.SingleOrDefaultAsync(one => one.Id == id && one.State == CertificateState.Issued, ct) is not { } certificate)
        {
            return false;
        }

        certificate.End(CertificateState.Withdrawn, now, reason);
        HistoryEntry.Add<Certificate>(db, id, by, "Withdrawn", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
