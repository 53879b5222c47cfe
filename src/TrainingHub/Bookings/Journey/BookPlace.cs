using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Books all places of an order, on one date or several, or none. Never more than a date's capacity: the dates are locked in the
/// order of their ids before their places are counted, and the table's CHECK is the last word (measured: facts on seats under
/// contention, November 2026). Nor any that is held back for another sector, until its day. One reading and one writing round trip, however many dates. The form's id is the booking's id, so
/// the same form delivered twice gives the one booking. The prices are those of this moment for who books; it refuses when the buyer was shown
/// others. A date that was moved while its row was waited for is read again, so that the emails, which are queued with the booking,
/// say when it is.
/// </summary>
internal sealed class BookPlace(NpgsqlDataSource database, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <summary>Checkout sessions at Stripe last 30 minutes at least; the rest lets Stripe tell us first.</summary>
    public static readonly TimeSpan CardHold = TimeSpan.FromMinutes(35);

    public const string FreePlaceRule = "Free place for charities and CICs";
    public const string FreeByStaffRule = "Free place from the training team";
    private const string Savepoint = "book_place";
    private const int MaxAttempts = 5;

    /// <summary>Counts the seats and writes the booking in one. Replaced only by the test of what happens otherwise.</summary>
    internal string Guard { get; init; } = BookingSql.BookPlace;

    public async Task<BookPlaceOutcome> RunAsync(BookPlaceRequest request, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await RunAsync(connection, joined: null, request, ct);
    }

    /// <summary>The same in the transaction of a caller, who commits it. A refusal leaves the transaction as it was.</summary>
    public Task<BookPlaceOutcome> RunAsync(NpgsqlTransaction joined, BookPlaceRequest request, CancellationToken ct) =>
        RunAsync(joined.Connection ?? throw new ArgumentException("The transaction is over.", nameof(joined)), joined, request, ct);

    private async Task<BookPlaceOutcome> RunAsync(NpgsqlConnection connection, NpgsqlTransaction? joined, BookPlaceRequest request, CancellationToken ct)
    {
        CheckRequest(request);
        request = await FreePlaceTerms.StampAsync(connection, request, clock.GetUtcNow(), ct);
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow();
            var (runs, policy, wholes) = await BookableRuns.FindToBookAsync(connection, request, London.DateOf(now), ct);
            if (WhyNotAsShown(request, runs) is { } refusal)
            {
                return await RefusedAsync(connection, request, refusal, ct);
            }

            var prices = OrderPrices.Of(request, runs, wholes);
            if (prices.Values.Sum(date => date.Sum(price => price.Each.Pence)) is var total && total != request.ShownPence)
            {
                return await RefusedAsync(connection, request, new(BookPlaceResult.PriceChanged, PricePence: total), ct);
            }

            try
            {
                var booking = BookPlaceRows.Of(request, runs, prices, site.Value, now, policy);
                await SaveAsync(joined, ct);
                await using var batch = booking.Batch(Guard, connection);
                var placed = await PlacesAsync(batch, ct);
                if (placed > 0)
                {
                    return new(BookPlaceResult.Booked, booking.Booked);
                }

                if (placed == 0)
                {
                    return await BookPlaceRefusal.ReadUnpaidAsync(connection, request, now, ct);
                }
            }
            catch (PostgresException refused) when (BookPlaceRows.IsRefusal(refused))
            {
                // The reason is read below.
                await UndoAsync(joined, ct);
            }
            catch (PostgresException clash) when (attempt < MaxAttempts && BookPlaceRows.IsWorthAnotherTry(clash))
            {
                await UndoAsync(joined, ct);
                continue;
            }

            if (await BookPlaceRefusal.ReadAsync(connection, request, runs, now, ct) is { } why)
            {
                return why;
            }
        }
    }

    private static Task SaveAsync(NpgsqlTransaction? joined, CancellationToken ct) => joined?.SaveAsync(Savepoint, ct) ?? Task.CompletedTask;

    private static Task UndoAsync(NpgsqlTransaction? joined, CancellationToken ct) => joined?.RollbackAsync(Savepoint, ct) ?? Task.CompletedTask;

    /// <returns>What the last statement says; null when it says nothing.</returns>
    private static async Task<int?> PlacesAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteReaderAsync(ct);
        for (var statement = 1; statement < batch.BatchCommands.Count; statement++)
        {
            await reader.NextResultAsync(ct);
        }

        return await reader.ReadAsync(ct) ? reader.GetInt32(0) : null;
    }

    private static async Task<BookPlaceOutcome> RefusedAsync(NpgsqlConnection connection, BookPlaceRequest request, BookPlaceOutcome refusal, CancellationToken ct) =>
        refusal.Result is BookPlaceResult.PriceChanged or BookPlaceResult.PrerequisiteMissing && await BookPlaceRefusal.BookedBeforeAsync(connection, request.BookingId, ct) is { } before
            ? before
            : refusal;

    /// <summary>
    /// The first date that cannot be booked online, costs something else than the buyer was shown, or requires a course that somebody has not done.
    /// Null when all is as shown.
    /// </summary>
    private static BookPlaceOutcome? WhyNotAsShown(BookPlaceRequest request, Dictionary<Guid, DateLine> runs)
    {
        var isFree = true;
        foreach (var date in request.Dates)
        {
            if (runs.GetValueOrDefault(date.RunId)?.Price is not { } price)
            {
                return new(BookPlaceResult.RunClosed, RunId: date.RunId);
            }

            if (price.Each.Pence != date.PricePence)
            {
                return new(BookPlaceResult.PriceChanged, RunId: date.RunId, PricePence: price.Each.Pence);
            }

            if (request.Staff?.WithoutBecause is null && PrerequisiteAnswer.IsMissing(runs[date.RunId].Prerequisite, date.Delegates))
            {
                return new(BookPlaceResult.PrerequisiteMissing, RunId: date.RunId);
            }

            isFree &= price.IsFree;
        }

        return isFree == (request.Method == PaymentMethod.Free) || request.Staff?.FreeBecause is not null
            ? null
            : new(BookPlaceResult.PriceChanged, RunId: request.Dates[0].RunId, PricePence: request.Dates[0].PricePence);
    }

    private static void CheckRequest(BookPlaceRequest request)
    {
        if (request.Dates.Count is < 1 or > Booking.MaxDates || request.RunIds.Distinct().Count() != request.Dates.Count)
        {
            throw new ArgumentException("An order is for one to ten dates, none of them twice.", nameof(request));
        }

        foreach (var date in request.Dates)
        {
            CheckPlaces(date);
        }

        var comesFree = (request.FreePlace is null) != (request.AwardId is null);
        if (request.Method is PaymentMethod.NotKnown or PaymentMethod.Desk || request.Method == PaymentMethod.FreePlace != comesFree)
        {
            throw new ArgumentException("A free place, and nothing else, comes with an application or an award.", nameof(request));
        }

        if (request.Dates.Any(date => date.MostPlaces is not null) && request.Staff?.OverBecause is null)
        {
            throw new ArgumentException("Only staff take more than there are places, and say why.", nameof(request));
        }

        if (request.Staff?.FreeBecause is not null && request.Method != PaymentMethod.Free)
        {
            throw new ArgumentException("What is free for a reason is not paid for.", nameof(request));
        }

        if (!EmailAddress.IsValid(request.BookerEmail))
        {
            throw new ArgumentException("Each address is checked before.", nameof(request));
        }
    }

    private static void CheckPlaces(DateRequest date)
    {
        var people = date.Delegates.Select(coming => coming.Key).Distinct().Count();
        if (people != date.Delegates.Count || date.Unnamed < 0 || date.Places is < 1 or > Booking.MaxDelegates
            || date.Delegates.Any(coming => !EmailAddress.IsValid(coming.Email)))
        {
            throw new ArgumentException("A date is booked for one to thirty people, nobody twice.", nameof(date));
        }
    }
}
