using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>
/// Staff issue the certificates that are missing on a date: to whoever attended and has none, also to those from whom one was withdrawn.
/// Each place is a transaction of its own; a second run finds none.
/// </summary>
internal sealed class IssueCertificates(TrainingHubDb db, IssueCertificate issue)
{
    public static IQueryable<EarnedCertificate> Missing(TrainingHubDb db, Guid run) => db.EarnedCertificates
        .Where(earned => earned.RunId == run && !db.Certificates.Any(one => one.PlaceId == earned.PlaceId && one.State == CertificateState.Issued));

    /// <param name="run">The date.</param>
    /// <param name="places">Who was shown; nobody else gets one.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    /// <returns>How many were issued.</returns>
    public async Task<int> RunAsync(Guid run, IReadOnlyCollection<Guid> places, Actor by, CancellationToken ct)
    {
        var issued = 0;
        foreach (var place in await Missing(db, run).Where(earned => places.Contains(earned.PlaceId)).OrderBy(earned => earned.PlaceId).Select(earned => earned.PlaceId).ToListAsync(ct))
        {
            db.ChangeTracker.Clear();
            issued += await issue.ByHandAsync(place, seen: null, by, ct) == CertificateResult.Issued ? 1 : 0;
        }

        return issued;
    }
}
