using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// What is decided about a date: all of it that can be changed afterwards. Day and times are those of its first meeting;
/// <see cref="Meetings"/> has the further ones.
/// </summary>
internal sealed record RunFacts(
    DateOnly RunsOn, TimeOnly Start, TimeOnly End, int Capacity, DeliveryMode Delivery, Guid? VenueId, Guid? AreaId, Guid? ProviderId,
    int? FeePence, string? JoiningLink)
{
    /// <summary>Null when it is one meeting; otherwise all of them, the first one too.</summary>
    public Meetings? Meetings { get; init; }

    public RunLimits Limits { get; init; } = RunLimits.None;

    public DateTimeOffset StartsAt => London.Instant(RunsOn, Start);

    /// <summary>Of the last meeting.</summary>
    public DateTimeOffset EndsAt => EachMeeting[^1].EndsAt;

    /// <summary>In their order; at least one.</summary>
    [JsonIgnore]
    public IReadOnlyList<Meeting> EachMeeting => Meetings?.All ?? [new(StartsAt, London.Instant(RunsOn, End))];

    [JsonIgnore]
    public (DateOnly On, TimeOnly From, TimeOnly To) FirstMeeting => (RunsOn, Start, End);

    public RunSlot Slot => CourseRun.SlotOf(RunsOn, Start);

    /// <summary>Tells one state of the date from another: a form that was opened before somebody else's change is not saved over it.</summary>
    public string Mark() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Default)))[..16];

    public static RunFacts Of(CourseRun run) => new(
        run.RunsOn, TimeOnly.FromDateTime(London.At(run.StartsAt)), TimeOnly.FromDateTime(London.At(run.EachMeeting[0].EndsAt)), run.Capacity, run.Delivery,
        run.VenueId, run.AreaId, run.ProviderId, run.FeePence, run.JoiningLink)
    {
        Meetings = run.Meetings,
        Limits = RunLimits.Of(run),
    };

    /// <summary>The same on another day, the further meetings as many days after the first, the day until which places are held as many before.</summary>
    public RunFacts On(DateOnly day)
    {
        var days = day.DayNumber - RunsOn.DayNumber;
        return this with
        {
            RunsOn = day,
            Meetings = Meetings is null ? null : Meetings.Of([.. Meetings.All.Select(one => MovedBy(one, days))]),
            Limits = Limits.Later(days),
        };
    }

    /// <summary>Another time or place, which people have to be told.</summary>
    public bool IsMovedFrom(RunFacts known) =>
        !known.EachMeeting.SequenceEqual(EachMeeting) || known.Delivery != Delivery || known.VenueId != VenueId;

    /// <summary>Every fact that differs, old and new, in words.</summary>
    public IReadOnlyList<HistoryChange> ChangesFrom(RunFacts known, RunNames names) => HistoryChange.Of(
        new("When", known.When, When),
        new("Where", known.Where(names), Where(names)),
        new("Area", names.Area(known.AreaId), names.Area(AreaId)),
        new("Trainer", names.Provider(known.ProviderId), names.Provider(ProviderId)),
        new("Places", $"{known.Capacity}", $"{Capacity}"),
        new("Booking closes", known.Closes, Closes),
        new("Minimum", known.Minimum, Minimum),
        new("Held for one sector", known.HeldBack(names), HeldBack(names)),
        new("Fee of this date", Fee(known.FeePence), Fee(FeePence)),
        new("Joining link", known.JoiningLink, JoiningLink));

    public string When => $"{London.LongWords(RunsOn)}, {MeetingWords.Times(EachMeeting)}";

    private string Where(RunNames names) => Delivery == DeliveryMode.Online ? "Online" : names.Venue(VenueId) ?? "Venue to be confirmed";

    private string Closes => Limits.BooksUntil(StartsAt) is { } until ? London.Moment(until) : "When it begins";

    private string? Minimum => Limits.Minimum is { } minimum ? $"{minimum}" : null;

    private string? HeldBack(RunNames names) => Limits.HeldBack is { } held ? $"{held.Places} for {names.Sector(held.SectorId)} until {London.Words(held.UntilOn)}" : null;

    // By the clock on the wall: half past nine stays half past nine when the clocks change between.
    private static Meeting MovedBy(Meeting one, int days)
    {
        var (from, to) = (London.At(one.StartsAt).AddDays(days), London.At(one.EndsAt).AddDays(days));
        return new(
            London.Instant(DateOnly.FromDateTime(from), TimeOnly.FromDateTime(from)), London.Instant(DateOnly.FromDateTime(to), TimeOnly.FromDateTime(to)));
    }

    private static string? Fee(int? pence) => pence is { } fee ? new Money(fee).ToString() : null;

    /// <summary>Writes them to the date. The caller has locked it, knows that places taken fit, and has counted those of a sector for which places are held.</summary>
    /// <param name="db"></param>
    /// <param name="runId"></param>
    /// <param name="movedAt">When time or place change with it; null when they stay.</param>
    /// <param name="ct"></param>
    public Task<int> SaveAsync(TrainingHubDb db, Guid runId, DateTimeOffset? movedAt, CancellationToken ct)
    {
        var step = movedAt is null ? 0 : 1;
        var (booksUntil, heldBack, heldBackForId, heldBackUntil) = (Limits.BooksUntil(StartsAt), Limits.HeldBack?.Places ?? 0, Limits.HeldBack?.SectorId, Limits.HeldBack?.Until);
        return db.CourseRuns.Where(run => run.Id == runId).ExecuteUpdateAsync(
            set => set
                .SetProperty(run => run.StartsAt, StartsAt)
                .SetProperty(run => run.EndsAt, EndsAt)
                .SetProperty(run => run.Meetings, Meetings)
                .SetProperty(run => run.RunsOn, RunsOn)
                .SetProperty(run => run.Slot, Slot)
                .SetProperty(run => run.Capacity, Capacity)
                .SetProperty(run => run.BooksUntil, booksUntil)
                .SetProperty(run => run.MinimumPlaces, Limits.Minimum)
                .SetProperty(run => run.HeldBack, heldBack)
                .SetProperty(run => run.HeldBackForId, heldBackForId)
                .SetProperty(run => run.HeldBackUntil, heldBackUntil)
                .SetProperty(run => run.Delivery, Delivery)
                .SetProperty(run => run.VenueId, VenueId)
                .SetProperty(run => run.AreaId, AreaId)
                .SetProperty(run => run.ProviderId, ProviderId)
                .SetProperty(run => run.FeePence, FeePence)
                .SetProperty(run => run.JoiningLink, JoiningLink)
                .SetProperty(run => run.MovedAt, run => movedAt ?? run.MovedAt)
                .SetProperty(run => run.ChangeNumber, run => run.ChangeNumber + step),
            ct);
    }
}

/// <summary>What venues, areas, trainers and sectors are called.</summary>
internal sealed class RunNames
{
    private readonly Dictionary<Guid, string> all;

    private RunNames(Dictionary<Guid, string> all) => this.all = all;

    public static async Task<RunNames> ReadAsync(TrainingHubDb db, CancellationToken ct) => new(await db.Venues.Select(one => new { one.Id, one.Name })
        .Concat(db.Areas.Select(one => new { one.Id, Name = one.LongName }))
        .Concat(db.Providers.Select(one => new { one.Id, one.Name }))
        .Concat(db.Sectors.Select(one => new { one.Id, one.Name }))
        .ToDictionaryAsync(one => one.Id, one => one.Name, ct));

    public string? Venue(Guid? id) => Of(id);

    public string? Area(Guid? id) => Of(id);

    public string? Provider(Guid? id) => Of(id);

    public string? Sector(Guid? id) => Of(id);

    private string? Of(Guid? id) => id is { } known ? all.GetValueOrDefault(known) : null;
}
