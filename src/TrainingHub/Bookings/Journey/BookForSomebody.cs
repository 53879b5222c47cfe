using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Bookings;

/// <summary>
/// Books for somebody who asked staff, such as by phone, by the one statement that seats: <see cref="BookPlace"/>. Staff book after booking
/// has closed, and past places that are held for another sector, which are then held no more. More people than a date has places, or places that its waiting
/// list is owed, only when the request says how many and why; that many and no more, whoever books at the same time. History of the booking, of the date and of the order to which people are added is saved
/// with it. The same form again gives the booking that it made. Joins its caller's transaction, who rolls it back when this refuses.
/// </summary>
internal sealed class BookForSomebody(TrainingHubDb db, BookPlace book, TimeProvider clock)
{
    /// <summary>How long places are held for who pays by the link in the email; a date that begins sooner ends it.</summary>
    public static readonly TimeSpan CardHold = TimeSpan.FromDays(2);

    /// <summary>How long after a date began somebody who came without a booking can be entered.</summary>
    public static readonly TimeSpan WalkIns = TimeSpan.FromDays(31);

    /// <param name="now"></param>
    /// <param name="firstStartsAt">Of the order.</param>
    /// <returns>Until when places are held for a card payment by email: at least as long as for who books online.</returns>
    public static DateTimeOffset HoldUntil(DateTimeOffset now, DateTimeOffset firstStartsAt)
    {
        var soonest = now + BookPlace.CardHold;
        var until = firstStartsAt < now + CardHold ? firstStartsAt : now + CardHold;
        return until < soonest ? soonest : until;
    }

    public async Task<BookPlaceOutcome> RunAsync(BookPlaceRequest request, Actor by, CancellationToken ct)
    {
        var terms = request.Staff ?? throw new ArgumentException("Staff book by their own terms.", nameof(request));
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var now = clock.GetUtcNow();
        var runs = await LockAsync(request.RunIds, ct);
        foreach (var date in request.Dates.Where(date => runs.ContainsKey(date.RunId)))
        {
            await GiveHeldBackAsync(runs[date.RunId], date, request.SectorId, by, now, ct);
        }

        var joined = (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        var outcome = await book.RunAsync(joined, request, ct);
        if (outcome is not { Result: BookPlaceResult.Booked, Booking: { } booked })
        {
            return outcome;
        }

        HistoryEntry.Add<Booking>(db, booked.Id, by, "Booked for somebody", [], now, terms.FreeBecause is { } why ? $"Free: {why}" : null);
        if (terms.WithoutBecause is not null && await IsAnybodyWithoutAsync(request, ct))
        {
            RunPrerequisite.NoteWithout(db, booked.Id, by, terms.WithoutBecause, now);
        }

        foreach (var date in request.Dates)
        {
            AddOverBooked(runs[date.RunId], date, booked.Reference, terms.OverBecause, by, now);
        }

        if (terms.AddedToId is { } order)
        {
            HistoryEntry.Add<Booking>(db, order, by, "People added", [new("Order of their own", null, booked.Reference)], now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    private async Task<bool> IsAnybodyWithoutAsync(BookPlaceRequest request, CancellationToken ct)
    {
        foreach (var date in request.Dates)
        {
            if (PrerequisiteAnswer.IsMissing(await RunPrerequisite.FindAsync(db, date.RunId, ct), date.Delegates))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>In the order of their ids, as everybody who books.</summary>
    private Task<Dictionary<Guid, CourseRun>> LockAsync(Guid[] runIds, CancellationToken ct) =>
        db.CourseRuns.FromSql($"select * from course_runs where id = any({runIds}) order by id for no key update").AsNoTracking().ToDictionaryAsync(run => run.Id, ct);

    /// <summary>Of the places that are held for another sector, as many as are needed are for everybody from now on.</summary>
    private async Task GiveHeldBackAsync(CourseRun run, DateRequest date, Guid sectorId, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        if (HeldBack.Of(run) is not { } held || run.HeldBackUntil <= now || held.SectorId == sectorId)
        {
            return;
        }

        var given = Math.Min(run.HeldBackLeft, date.Places - Math.Max(0, run.PlacesLeft - run.HeldBackLeft - run.PlacesWaitedFor));
        if (given <= 0)
        {
            return;
        }

        var left = held.Places - given;
        await (left > 0
            ? db.CourseRuns.Where(one => one.Id == run.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.HeldBack, left), ct)
            : db.CourseRuns.Where(one => one.Id == run.Id).ExecuteUpdateAsync(
                set => set
                    .SetProperty(one => one.HeldBack, 0)
                    .SetProperty(one => one.HeldBackForId, (Guid?)null)
                    .SetProperty(one => one.HeldBackUntil, (DateTimeOffset?)null)
                    .SetProperty(one => one.HeldBackTaken, 0),
                ct));
        var known = RunFacts.Of(run);
        var facts = known with { Limits = known.Limits with { HeldBack = left > 0 ? held with { Places = left } : null } };
        HistoryEntry.Add<CourseRun>(db, run.Id, by, "Held places given", facts.ChangesFrom(known, await RunNames.ReadAsync(db, ct)), now);
    }

    private void AddOverBooked(CourseRun run, DateRequest date, string reference, string? reason, Actor by, DateTimeOffset now)
    {
        var taken = run.PlacesTaken + date.Places;
        if (taken > run.Capacity)
        {
            HistoryEntry.Add<CourseRun>(
                db, run.Id, by, "Over-booked",
                [new("Places taken", Of(run.PlacesTaken, run), Of(taken, run))], now, $"Booking {reference}. {reason}");
        }
        else if (date.MostPlaces is not null && run.PlacesWaitedFor > 0)
        {
            HistoryEntry.Add<CourseRun>(db, run.Id, by, "Booked before the waiting list", [], now, $"Booking {reference}. {reason}");
        }
    }

    private static string Of(int taken, CourseRun run) => string.Create(CultureInfo.InvariantCulture, $"{taken} of {run.Capacity}");
}
