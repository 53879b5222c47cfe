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

        // First what anybody may know: on a full date, "has a place" would say more than "is full".
        var runs = await BookableRun.FindAsync(connection, request.RunIds, ct);
        foreach (var date in request.Dates)
        {
            if (runs.GetValueOrDefault(date.RunId) is not { } run || !run.IsOpenAt(now))
            {
                return new(BookPlaceResult.RunClosed, RunId: date.RunId);
            }

            if (run.PlacesLeft < date.Delegates.Count)
            {
                return Full(run);
            }
        }

        var taken = await DelegatesOnDatesAsync(connection, request, ct);
        return request.Dates.FirstOrDefault(date => taken[date.RunId].Any()) is { } refusing
            ? new(BookPlaceResult.DelegateAlreadyOnDate, RunId: refusing.RunId, Taken: [.. taken[refusing.RunId].OrderBy(one => one.Index)])
            : Full(runs[request.Dates[0].RunId]);
    }

    private static BookPlaceOutcome Full(BookableRun run) => new(BookPlaceResult.Full, RunId: run.Id, PlacesLeft: Math.Max(0, run.PlacesLeft));

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

    /// <returns>By date: which of the delegates wanted there have a place on it already.</returns>
    private static async Task<ILookup<Guid, TakenDelegate>> DelegatesOnDatesAsync(
        NpgsqlConnection connection, BookPlaceRequest request, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select place.run_id, person.email_key, person.name_key, place.booking_id
            from people person
            join places place on place.person_id = person.id
            where person.email_key = any($1)
              and place.run_id = any($2)
              and place.state in ('Held', 'Confirmed')
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = request.Dates.SelectMany(date => date.Delegates).Select(coming => coming.Key.Email).Distinct().ToArray() },
                new() { Value = request.RunIds },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var seated = new Dictionary<(Guid, PersonKey), Guid>();
        while (await reader.ReadAsync(ct))
        {
            seated[(reader.GetGuid(0), new(reader.GetString(1), reader.GetString(2)))] = reader.GetGuid(3);
        }

        return request.Dates
            .SelectMany(date => date.Delegates.Select((coming, index) => (date.RunId, Index: index, Seat: (date.RunId, coming.Key))))
            .Where(wanted => seated.ContainsKey(wanted.Seat))
            .ToLookup(wanted => wanted.RunId, wanted => new TakenDelegate(wanted.Index, seated[wanted.Seat]));
    }
}
