using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Bookings;

/// <summary>A booking of one place that was made elsewhere.</summary>
/// <param name="PricePence">What it cost there.</param>
/// <param name="IsCancelled">It was cancelled there, so it takes no seat.</param>
internal sealed record ImportedPlace(
    Guid BookingId, Guid PlaceId, Guid RunId, Guid PersonId, string Name, string? Organisation, Guid? OrganisationId, Guid SectorId, Guid AreaId,
    PaymentMethod Method, int PricePence, DateTimeOffset BookedAt, bool IsCancelled);

/// <summary>
/// Writes bookings that were made elsewhere and cancels places that were written so: a statement or a copy for each table, however
/// many there are, and the counters of the dates with them. Nobody is written to. The caller holds the locks of the dates and its
/// transaction; a date that would be oversold fails the CHECK of its table.
/// </summary>
internal sealed class ImportPlaces(TrainingHubDb db, DateTimeOffset now)
{
    private const string PriceRule = "Imported";

    private readonly NpgsqlConnection connection = (NpgsqlConnection)db.Database.GetDbConnection();

    public async Task AddAsync(IReadOnlyList<ImportedPlace> places, CancellationToken ct)
    {
        var references = await NewReferencesAsync(places.Count, ct);
        await connection.CopyInAsync(
            """
            copy bookings (id, reference, origin, organisation_name, organisation_id, sector_id, area_id, payment_method, state, created_at, confirmed_at, cancelled_at)
            from stdin (format binary)
            """,
            [.. places.Zip(references)],
            pair => BookingCells(pair.First, pair.Second),
            ct);
        await connection.CopyInAsync(
            "copy places (id, booking_id, run_id, person_id, delegate_name, price_pence, price_rule, state, created_at, ended_at) from stdin (format binary)",
            places,
            PlaceCells,
            ct);
        await CountAsync(places.Where(place => !place.IsCancelled).Select(place => (place.RunId, place.SectorId)), by: 1, ct);
    }

    /// <summary>Ends these places, and the bookings that have no other. What has ended already is left as it is.</summary>
    /// <returns>The bookings that are cancelled now.</returns>
    public async Task<IReadOnlyList<Guid>> CancelAsync(IReadOnlyCollection<Guid> placeIds, CancellationToken ct)
    {
        var ended = await db.Database.SqlQuery<EndedPlace>(
            $"""
            update live_places
            set state = 'Cancelled', ended_at = {now}
            where id = any({placeIds.ToArray()})
            returning booking_id as "BookingId", run_id as "RunId", (select sector_id from bookings where bookings.id = live_places.booking_id) as "SectorId"
            """).ToListAsync(ct);
        Guid[] bookings = [.. ended.Select(place => place.BookingId).Distinct()];
        await CountAsync(ended.Select(place => (place.RunId, place.SectorId)), by: -1, ct);
        return await db.Database.SqlQuery<Guid>(
            $"""
            update bookings
            set state = 'Cancelled', cancelled_at = {now}
            where id = any({bookings})
            and not exists (select from live_places where booking_id = bookings.id)
            returning id as "Value"
            """).ToListAsync(ct);
    }

    private object?[] BookingCells(ImportedPlace place, string reference) =>
    [
        place.BookingId, reference, nameof(BookingOrigin.Import), place.Organisation, place.OrganisationId, place.SectorId, place.AreaId,
        place.Method.ToString(), (place.IsCancelled ? BookingState.Cancelled : BookingState.Confirmed).ToString(),
        place.BookedAt, place.IsCancelled ? null : place.BookedAt, place.IsCancelled ? now : null,
    ];

    private object?[] PlaceCells(ImportedPlace place) =>
    [
        place.PlaceId, place.BookingId, place.RunId, place.PersonId, place.Name, place.PricePence, PriceRule,
        (place.IsCancelled ? PlaceState.Cancelled : PlaceState.Confirmed).ToString(), place.BookedAt, place.IsCancelled ? now : null,
    ];

    private async Task<IReadOnlyList<string>> NewReferencesAsync(int count, CancellationToken ct)
    {
        var references = new HashSet<string>(count);
        while (references.Count < count)
        {
            references.Add(Reference.New());
            if (references.Count == count)
            {
                var drawn = references.ToList();
                references.ExceptWith(await db.Bookings.Where(booking => drawn.Contains(booking.Reference)).Select(booking => booking.Reference).ToListAsync(ct));
            }
        }

        return [.. references];
    }

    private Task<int> CountAsync(IEnumerable<(Guid Run, Guid Sector)> places, int by, CancellationToken ct)
    {
        var changes = places.CountBy(place => place).ToList();
        return db.Database.ExecuteSqlAsync(
            $"""
            update course_runs
            set places_taken = places_taken + counted.change, held_back_taken = held_back_taken + counted.held_back, counted_at = {now}
            from (
                select run.id, sum(given.change)::int as change,
                    coalesce(sum(given.change) filter (where given.sector_id = run.held_back_for_id), 0)::int as held_back
                from unnest(
                    {changes.Select(one => one.Key.Run).ToArray()}, {changes.Select(one => one.Key.Sector).ToArray()},
                    {changes.Select(one => one.Value * by).ToArray()}) as given (run_id, sector_id, change)
                join course_runs run on run.id = given.run_id
                group by run.id
            ) counted
            where course_runs.id = counted.id
            """,
            ct);
    }

    private sealed record EndedPlace(Guid BookingId, Guid RunId, Guid SectorId);
}
