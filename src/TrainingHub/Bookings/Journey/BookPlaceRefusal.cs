using Npgsql;
using TrainingHub.People;

namespace TrainingHub.Bookings;

/// <summary>Why nothing was booked, read after the fact, so that a booking that goes through pays nothing for it.</summary>
internal static class BookPlaceRefusal
{
    public static async Task<BookPlaceOutcome> ReadAsync(
        NpgsqlConnection connection, BookPlaceRequest request, DateTimeOffset now, CancellationToken ct)
    {
        if (await BookedBeforeAsync(connection, request.BookingId, ct) is { } before)
        {
            return before;
        }

        var taken = await DelegatesOnDatesAsync(connection, request, ct);
        var runs = await BookableRuns.FindAsync(connection, request.RunIds, ct);
        var refusing = request.Dates.FirstOrDefault(date => taken.ContainsKey(date.RunId)
            || runs.GetValueOrDefault(date.RunId) is not { } run || !run.IsOpenAt(now) || run.PlacesLeft < date.Delegates.Count)
            ?? request.Dates[0];
        if (taken.TryGetValue(refusing.RunId, out var indexes))
        {
            return new(BookPlaceResult.DelegateAlreadyOnDate, RunId: refusing.RunId, DelegateIndexes: indexes);
        }

        var refused = runs.GetValueOrDefault(refusing.RunId);
        return refused is null || !refused.IsOpenAt(now)
            ? new(BookPlaceResult.RunClosed, RunId: refusing.RunId)
            : new(BookPlaceResult.Full, RunId: refusing.RunId, PlacesLeft: Math.Max(0, refused.PlacesLeft));
    }

    /// <returns>The booking that the same form made before; null when it is the first time.</returns>
    public static async Task<BookPlaceOutcome?> BookedBeforeAsync(NpgsqlConnection connection, Guid bookingId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select reference, state, payment_method from bookings where id = $1", connection)
        {
            Parameters = { new() { Value = bookingId } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new(BookPlaceResult.AlreadyBooked, new(
                bookingId,
                reader.GetString(0),
                Enum.Parse<BookingState>(reader.GetString(1)),
                Enum.Parse<PaymentMethod>(reader.GetString(2))))
            : null;
    }

    /// <returns>By date: which of the delegates wanted there have a place on it already, in their order.</returns>
    private static async Task<Dictionary<Guid, List<int>>> DelegatesOnDatesAsync(
        NpgsqlConnection connection, BookPlaceRequest request, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select place.run_id, person.email_key
            from people person
            join live_places place on place.person_id = person.id
            where person.email_key = any($1)
              and place.run_id = any($2)
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = request.Dates.SelectMany(date => date.Delegates).Select(coming => Person.KeyOf(coming.Email)).Distinct().ToArray() },
                new() { Value = request.RunIds },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var seated = new HashSet<(Guid, string)>();
        while (await reader.ReadAsync(ct))
        {
            seated.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        return request.Dates
            .Select(date => (date.RunId, Indexes: Enumerable.Range(0, date.Delegates.Count)
                .Where(index => seated.Contains((date.RunId, Person.KeyOf(date.Delegates[index].Email)))).ToList()))
            .Where(date => date.Indexes.Count > 0)
            .ToDictionary(date => date.RunId, date => date.Indexes);
    }
}
