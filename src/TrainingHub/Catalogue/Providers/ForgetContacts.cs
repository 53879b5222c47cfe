using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>Records whose people are no longer kept.</summary>
internal sealed record DueContacts(IReadOnlyList<Provider> Providers, IReadOnlyList<Trainer> Trainers, IReadOnlyList<Venue> Venues)
{
    public int Count => Providers.Count + Trainers.Count + Venues.Count;
}

/// <summary>
/// Clears who can be asked at providers and venues, and who the trainers were, when <see cref="KeptContacts"/> says so and no coming date
/// needs them. Each record is a transaction of its own: if it dies half-way the next run clears the rest. One that staff change
/// meanwhile waits for the next run.
/// </summary>
internal sealed class ForgetContacts(TrainingHubDb db, ClearContacts clear, TimeProvider clock, IOptions<SiteOptions> site) : IJob
{
    public static TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (providers, trainers, venues) = await DueAsync(clock.GetUtcNow(), ct);
        var count = 0;
        foreach (var one in providers)
        {
            count += await clear.OfProviderAsync(one, Actor.Automatic, ct) ? 1 : 0;
        }

        foreach (var one in trainers)
        {
            count += await clear.OfTrainerAsync(one, Actor.Automatic, ct) ? 1 : 0;
        }

        foreach (var one in venues)
        {
            count += await clear.OfVenueAsync(one, Actor.Automatic, ct) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whom a run at that moment clears.</summary>
    public async Task<DueContacts> DueAsync(DateTimeOffset now, CancellationToken ct)
    {
        var coming = DateLines.Coming(db, now);
        var providers = await db.Providers.Where(one => (one.ArchivedAt != null || one.ContractUntil != null) && !coming.Any(run => run.ProviderId == one.Id)).ToListAsync(ct);
        var trainers = await db.Trainers.Where(one => one.Name != KeptContacts.FormerTrainer || one.Email != null || one.Phone != null).ToListAsync(ct);
        var venues = await db.Venues.Where(one => one.ArchivedAt != null && (one.ContactName != null || one.ContactPhone != null) && !coming.Any(run => run.VenueId == one.Id)).ToListAsync(ct);
        db.ChangeTracker.Clear();
        var over = providers.Where(one => IsOver(one.ArchivedAt, one.ContractUntil, now)).ToDictionary(one => one.Id);
        return new(
            [.. over.Values.Where(one => one.ContactName is not null || one.Email is not null || one.Phone is not null)],
            [.. trainers.Where(one => one.ArchivedAt is { } at ? IsOver(at, contractUntil: null, now) : over.ContainsKey(one.ProviderId))],
            [.. venues.Where(one => IsOver(one.ArchivedAt, contractUntil: null, now))]);
    }

    private bool IsOver(DateTimeOffset? archivedAt, DateOnly? contractUntil, DateTimeOffset now) =>
        KeptContacts.ClearedOn(archivedAt, contractUntil, site.Value.ContactsKeptMonths) <= London.DateOf(now);
}
