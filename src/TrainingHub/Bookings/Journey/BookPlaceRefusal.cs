using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

/// <summary>Why nothing was booked, read after the fact, so that a booking that goes through pays nothing for it.</summary>
internal static class BookPlaceRefusal
{
    /// <param name="connection"></param>
    /// <param name="request"></param>
    /// <param name="read">The dates as they were when the booking was written out.</param>
    /// <param name="now"></param>
    /// <param name="ct"></param>
    /// <returns>Null when one of the dates was moved since: then it is tried again, so that the emails say where and when it is.</returns>
    public static async Task<BookPlaceOutcome?> ReadAsync(
        NpgsqlConnection connection, BookPlaceRequest request, Dictionary<Guid, DateLine> read, DateTimeOffset now, CancellationToken ct)
    {
        if (await BookedBeforeAsync(connection, request.BookingId, ct) is { } before)
        {
            return before;
        }

        // First what anybody may know: on a full date, "has a place" would say more than "is full".
        var runs = await BookableRuns.FindAsync(connection, request.RunIds, ct);
        var shut = request.Dates.FirstOrDefault(date => runs.GetValueOrDefault(date.RunId) is not { } run || !request.CanBook(run, now));
        if (shut is not null)
        {
            return new(BookPlaceResult.RunClosed, RunId: shut.RunId);
        }

        if (request.Dates.Any(date => runs[date.RunId].ChangeNumber != read[date.RunId].ChangeNumber))
        {
            return null;
        }

        var tight = request.Dates.FirstOrDefault(date => request.LeftOn(date, runs[date.RunId], now) < date.Places);
        if (tight is null && await FirstTakenAsync(connection, request, ct) is { } taken)
        {
            return taken;
        }

        if (tight is null && request.AwardId is not null)
        {
            return new(BookPlaceResult.AwardUsedUp, RunId: request.Dates[0].RunId);
        }

        var full = tight ?? request.Dates[0];
        return new(BookPlaceResult.Full, RunId: full.RunId, PlacesLeft: request.LeftOn(full, runs[full.RunId], now));
    }

    /// <summary>For a visitor who has too many places that are not paid for.</summary>
    public static async Task<BookPlaceOutcome> ReadUnpaidAsync(
        NpgsqlConnection connection, BookPlaceRequest request, DateTimeOffset now, CancellationToken ct)
    {
        if (await BookedBeforeAsync(connection, request.BookingId, ct) is { } before)
        {
            return before;
        }

        await using var command = new NpgsqlCommand(
            """
            select min(coalesce(held_until, created_at + interval '1 hour'))
            from bookings
            where (state = 'Held' or created_at > $1 - interval '1 hour')
              and (browser_hash = $2 or network_hash = $3 or lower(booker_email) = $4)
              and coalesce(held_until, created_at + interval '1 hour') > $1
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = now }, new() { Value = request.Visitor?.BrowserHash }, new() { Value = request.Visitor?.NetworkHash },
                new() { Value = EmailAddress.KeyOf(request.BookerEmail) },
            },
        };
        var until = await command.ExecuteScalarAsync(ct) is DateTime first ? new DateTimeOffset(first, TimeSpan.Zero) : now + BookPlace.CardHold;
        return new(BookPlaceResult.TooManyUnpaid, Until: until);
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

    /// <returns>The first date of the request on which somebody has a place already, and who; null when nobody has.</returns>
    private static async Task<BookPlaceOutcome?> FirstTakenAsync(NpgsqlConnection connection, BookPlaceRequest request, CancellationToken ct)
    {
        var emails = request.Dates.SelectMany(date => date.Delegates).Select(coming => coming.Key.Email).Distinct().ToArray();
        await using var command = new NpgsqlCommand(
            """
            select place.run_id, person.email_key, person.name_key, place.booking_id
            from people person
            join live_places place on place.person_id = person.id
            where person.email_key = any($1)
              and place.run_id = any($2)
            """,
            connection)
        {
            Parameters = { new() { Value = emails }, new() { Value = request.RunIds } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var seated = new Dictionary<(Guid Run, PersonKey Person), Guid>();
        while (await reader.ReadAsync(ct))
        {
            seated[(reader.GetGuid(0), new(reader.GetString(1), reader.GetString(2)))] = reader.GetGuid(3);
        }

        return request.Dates
            .Select(date => new BookPlaceOutcome(BookPlaceResult.DelegateAlreadyOnDate, RunId: date.RunId, Taken: [..
                from index in Enumerable.Range(0, date.Delegates.Count)
                where seated.ContainsKey((date.RunId, date.Delegates[index].Key))
                select new TakenDelegate(index, seated[(date.RunId, date.Delegates[index].Key)])]))
            .FirstOrDefault(outcome => outcome.Taken!.Count > 0);
    }
}
