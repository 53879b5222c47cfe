using System.Globalization;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

internal enum CancelDateResult
{
    Cancelled,
    AlreadyCancelled,

    /// <summary>It has begun: who attended is what counts from here.</summary>
    Begun,
    NotFound,
}

/// <summary>
/// Cancels a date for everybody, as a whole or not at all: places end, bookings that have no other place end with them, applications
/// for free places are withdrawn, the waiting list is closed. Each booker, each delegate who had been told of the place, everybody who
/// waits and, about invoices, the office is told once. Money paid by card goes back by itself, through Payments, as soon as nobody may
/// choose another date any more.
/// </summary>
internal sealed class CancelDate(TrainingHubDb db, EndPlaces end, TimeProvider clock)
{
    /// <summary>How long another date may be chosen before money goes back.</summary>
    public static readonly TimeSpan ChooseFor = TimeSpan.FromDays(7);

    /// <param name="runId"></param>
    /// <param name="reason">As everybody who is told reads it.</param>
    /// <param name="offerOtherDates">Whether bookers may choose another date before their money goes back.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<CancelDateResult> RunAsync(Guid runId, string reason, bool offerOtherDates, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var run = await DatePeople.LockAsync(db, runId, ct);
        var now = clock.GetUtcNow();
        if (run is null)
        {
            return CancelDateResult.NotFound;
        }

        if (!run.IsOpenAt(now))
        {
            return run.State == RunState.Cancelled ? CancelDateResult.AlreadyCancelled : CancelDateResult.Begun;
        }

        var undo = KeepUndo.Begin(db, now);
        run.Cancel(reason, offerOtherDates ? now + ChooseFor : null, now);
        var people = await DatePeople.ReadAsync(db, runId, ct);
        var before = DateBefore.Of(people);
        foreach (var on in people.Bookings)
        {
            await end.RunAsync(run, on, already: null, now, ct);
        }

        var line = await BookingSummaries.RunAsync(db, runId, ct) ?? throw new InvalidOperationException($"There is no date {runId}.");
        end.CloseWaitingList(people.Waiting, line, instead: null, now);
        end.TellOffice(people.Bookings, line, now);
        HistoryEntry.Add<CourseRun>(
            db, runId, by, "Cancelled", [new("Reason", null, reason)], now, Told(people, offerOtherDates), undo.Id);
        undo.End(DateBefore.Kind, runId, before, movesMoney: people.Bookings.Count > 0);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return CancelDateResult.Cancelled;
    }

    private static string Told(DatePeople people, bool offerOtherDates)
    {
        var places = people.Bookings.Sum(on => on.Places.Count);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{places} {(places == 1 ? "place" : "places")} in {people.Bookings.Count} {(people.Bookings.Count == 1 ? "booking" : "bookings")} cancelled, {people.Waiting.Count} waiting. {(offerOtherDates ? "Bookers may choose another date before money goes back." : "Money goes back at once.")}");
    }
}
