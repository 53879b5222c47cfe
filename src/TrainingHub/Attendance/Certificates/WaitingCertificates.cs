using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>Whose certificate comes by itself once how the course was is answered, for pages and emails that say so.</summary>
internal sealed class WaitingCertificates(TrainingHubDb db, IOptions<CertificateOptions> options)
{
    /// <summary>Whether anybody's waits: what can be said to somebody who is not known.</summary>
    public bool Any => options.Value is { WaitForEvaluation: true, For: not CertificatesFor.Nobody };

    /// <returns>Those of the places whose certificate waits, or will once it is due, with the London day on which it is due at the earliest.</returns>
    public async Task<IReadOnlyDictionary<Guid, DateOnly>> OfAsync(IReadOnlyCollection<Guid> places, DateTimeOffset now, CancellationToken ct)
    {
        if (!Any)
        {
            return new Dictionary<Guid, DateOnly>();
        }

        var (since, withPart) = (now.AddDays(-CertificateOptions.MostWaitDays), options.Value.Covers(isPart: true));
        return await db.EarnedCertificates
            .Where(earned => places.Contains(earned.PlaceId) && earned.EndsAt > since && (withPart || !earned.IsPart)
                && !db.Certificates.Any(one => one.PlaceId == earned.PlaceId && (one.State == CertificateState.Issued || one.State == CertificateState.Withdrawn))
                && !db.CertificateWaits.Any(wait => wait.PlaceId == earned.PlaceId && wait.EndedOn != null))
            .ToDictionaryAsync(earned => earned.PlaceId, earned => earned.LastDay.AddDays(options.Value.DaysAfter), ct);
    }

    /// <summary>
    /// The London day on which the certificate of somebody who has answered by now comes at the latest: waits are looked at each morning at
    /// <see cref="CertificateOptions.LookHour"/>, and none comes before it is due.
    /// </summary>
    public static DateOnly ComesOn(DateOnly dueOn, DateTimeOffset now)
    {
        var today = London.DateOf(now);
        var look = now < London.Instant(today, CertificateOptions.LookHour) ? today : today.AddDays(1);
        return look > dueOn ? look : dueOn;
    }
}
