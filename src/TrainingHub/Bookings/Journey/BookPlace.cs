using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Books all of a buyer's places on a date or none. Never more than the capacity: the seats are counted by one conditional
/// update, and the table's CHECK is the last word (measured: facts on seats under contention, November 2026). One reading and one
/// writing round trip. The form's id is the booking's id, so the same form delivered twice gives the one booking. The price is
/// the one of this moment; it refuses when the buyer was shown another. Emails are queued with it, not written out here.
/// </summary>
internal sealed class BookPlace(NpgsqlDataSource database, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <summary>Checkout sessions at Stripe last 30 minutes at least; the rest lets Stripe tell us first.</summary>
    public static readonly TimeSpan CardHold = TimeSpan.FromMinutes(35);

    public const string FreePlaceRule = "Free place for charities and CICs";
    private const int MaxAttempts = 5;

    /// <summary>Counts the seats and writes the booking in one. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } = BookingSql.BookPlace;

    public async Task<BookPlaceOutcome> RunAsync(BookPlaceRequest request, CancellationToken ct)
    {
        CheckRequest(request);
        await using var connection = await database.OpenConnectionAsync(ct);
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow();
            var run = await BookableRun.FindAsync(connection, request.RunId, ct);
            if (run?.Price is not { } price)
            {
                return new(BookPlaceResult.RunClosed);
            }

            if (price.Each.Pence != request.PricePence || price.IsFree != (request.Method == PaymentMethod.Free))
            {
                return await BookedBeforeAsync(connection, request.BookingId, ct)
                    ?? new(BookPlaceResult.PriceChanged, PricePence: price.Each.Pence);
            }

            try
            {
                var booking = BookPlaceRows.Of(request, run, price, site.Value, now);
                await using var command = booking.Command(Guard, connection);
                return await command.ExecuteScalarAsync(ct) is int
                    ? new(BookPlaceResult.Booked, booking.Booked)
                    : await RefusedAsync(connection, request, now, ct);
            }
            catch (PostgresException refused) when (BookPlaceRows.IsRefusal(refused))
            {
                return await RefusedAsync(connection, request, now, ct);
            }
            catch (PostgresException clash) when (attempt < MaxAttempts && BookPlaceRows.IsWorthAnotherTry(clash))
            {
                continue;
            }
        }
    }

    /// <summary>Why nothing was booked, read after the fact, so that a booking that goes through pays nothing for it.</summary>
    private static async Task<BookPlaceOutcome> RefusedAsync(
        NpgsqlConnection connection, BookPlaceRequest request, DateTimeOffset now, CancellationToken ct)
    {
        if (await BookedBeforeAsync(connection, request.BookingId, ct) is { } before)
        {
            return before;
        }

        // First what anybody may know: on a full date, "has a place" would say more than "is full".
        var run = await BookableRun.FindAsync(connection, request.RunId, ct);
        if (run is null || !run.IsOpenAt(now))
        {
            return new(BookPlaceResult.RunClosed);
        }

        var full = new BookPlaceOutcome(BookPlaceResult.Full, PlacesLeft: Math.Max(0, run.PlacesLeft));
        if (run.PlacesLeft < request.Delegates.Count)
        {
            return full;
        }

        var taken = await DelegatesOnDateAsync(connection, request, ct);
        return taken.Count > 0 ? new(BookPlaceResult.DelegateAlreadyOnDate, Taken: taken) : full;
    }

    private static async Task<BookPlaceOutcome?> BookedBeforeAsync(NpgsqlConnection connection, Guid bookingId, CancellationToken ct)
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

    private static async Task<List<TakenDelegate>> DelegatesOnDateAsync(
        NpgsqlConnection connection, BookPlaceRequest request, CancellationToken ct)
    {
        var keys = request.Delegates.Select(coming => coming.Key).ToList();
        await using var command = new NpgsqlCommand(
            """
            select person.email_key, person.name_key, place.booking_id
            from people person
            join places place on place.person_id = person.id
            where person.email_key = any($1)
              and place.run_id = $2
              and place.state in ('Held', 'Confirmed')
            """,
            connection)
        {
            Parameters = { new() { Value = keys.Select(key => key.Email).ToArray() }, new() { Value = request.RunId } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var taken = new List<TakenDelegate>();
        while (await reader.ReadAsync(ct))
        {
            var index = keys.IndexOf(new(reader.GetString(0), reader.GetString(1)));
            if (index >= 0)
            {
                taken.Add(new(index, reader.GetGuid(2)));
            }
        }

        return [.. taken.OrderBy(one => one.Index)];
    }

    private static void CheckRequest(BookPlaceRequest request)
    {
        var people = request.Delegates.Select(coming => coming.Key).Distinct().Count();
        if (people != request.Delegates.Count || people is < 1 or > Booking.MaxDelegates)
        {
            throw new ArgumentException("A booking is for one to ten people, nobody twice.", nameof(request));
        }

        if (request.Method is PaymentMethod.NotKnown || request.Method == PaymentMethod.FreePlace != (request.FreePlace is not null))
        {
            throw new ArgumentException("A free place, and nothing else, comes with an application.", nameof(request));
        }

        if (request.Delegates.Any(coming => !EmailAddress.IsValid(coming.Email)) || !EmailAddress.IsValid(request.BookerEmail))
        {
            throw new ArgumentException("Each address is checked before.", nameof(request));
        }
    }
}
