using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

internal enum MergeDatesResult
{
    Merged,

    /// <summary>By this form before, or by somebody else.</summary>
    AlreadyCancelled,

    /// <summary>It has begun: who attended is what counts from here.</summary>
    Begun,
    NotFound,

    /// <summary>No other coming date of the same course.</summary>
    NotOffered,

    /// <summary>Fewer places are left there for these people than are to move: what its own waiting list is owed is not left.</summary>
    Full,

    /// <summary>A card payment is awaited, for minutes, and its page names the date.</summary>
    BeingPaid,

    /// <summary>Somebody has booked, cancelled or joined the list since the preview.</summary>
    ChangedMeanwhile,
}

/// <param name="FromId">The date that ends.</param>
/// <param name="ToId">Another date of its course.</param>
/// <param name="Reason">As everybody who is told reads it.</param>
/// <param name="Seen">The <see cref="MergePlan.Mark"/> of the preview.</param>
internal sealed record DatesMerge(Guid FromId, Guid ToId, string Reason, string Seen);

/// <summary>
/// Moves everybody on a date to another date of the course and cancels the date: as a whole or not at all, under the locks of both, each
/// seat by the condition that moves one place (<see cref="MoveSeats"/>). Places keep their price, so no money moves; who has a place there
/// already has the one here ended, and its money goes back as of a cancelled date. The waiting list is closed. Each booker, delegate and
/// person who waits is told once; until the new date begins, bookers may cancel or choose another date at no charge. Twice is once.
/// </summary>
internal sealed class MergeDates(TrainingHubDb db, EndPlaces end, TimeProvider clock, IOptions<SiteOptions> site)
{
    public const string MovedAct = "Moved with everybody on its date";
    public const string TakenInAct = "Took in everybody of another date";

    public async Task<MergeDatesResult> RunAsync(DatesMerge merge, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var runs = await LockAsync(db, merge.FromId, merge.ToId, ct);
        var now = clock.GetUtcNow();
        if (runs.GetValueOrDefault(merge.FromId) is not { } from)
        {
            return MergeDatesResult.NotFound;
        }

        if (WhyNot(from, runs.GetValueOrDefault(merge.ToId), now) is { } refusal)
        {
            return refusal;
        }

        var plan = await MergePlan.ReadAsync(db, merge.FromId, merge.ToId, ct);
        if (plan.BeingPaid.Count > 0 || plan.Mark != merge.Seen)
        {
            return plan.BeingPaid.Count > 0 ? MergeDatesResult.BeingPaid : MergeDatesResult.ChangedMeanwhile;
        }

        var undo = KeepUndo.Begin(db, now);
        var before = MergedBefore.Of(merge.ToId, plan);
        var dates = new MergedDates(await LineAsync(merge.FromId, ct), await LineAsync(merge.ToId, ct));
        var moved = new List<(MergedBooking Of, BookingSummary Before)>();
        foreach (var one in plan.Bookings.Where(one => one.Moving.Count > 0))
        {
            moved.Add((one, await BookingSummaries.ReadAsync(db, one.Booking, one.Moving, ct)));
            if (await MoveSeats.TryAsync(db, new(one.Moving, one.Booking.SectorId, from, merge.ToId, SeatsFor.Merge), now, ct) is not null)
            {
                return MergeDatesResult.Full;
            }
        }

        from.Cancel(merge.Reason, chooseUntil: null, now);
        foreach (var (one, was) in moved)
        {
            await TellAsync(from, one, was, dates, now, ct);
            HistoryEntry.Add<Booking>(db, one.Booking.Id, by, MovedAct, [dates.Change], now, merge.Reason);
        }

        var ended = plan.Bookings.Where(one => one.Ending.Count > 0).Select(one => one.Ended).ToList();
        foreach (var on in ended.Where(on => !moved.Exists(one => one.Of.Booking == on.Booking)))
        {
            await end.RunAsync(from, on, dates.To, now, ct);
        }

        end.CloseWaitingList(plan.Waiting, dates.From, dates.To, now);
        end.TellOffice(ended, dates.From, now);
        var words = Words(plan);
        HistoryEntry.Add<CourseRun>(
            db, merge.FromId, by, "Merged into another date", [new("Reason", null, merge.Reason), new("Everybody moved to", null, dates.ToWords)], now, words, undo.Id);
        HistoryEntry.Add<CourseRun>(db, merge.ToId, by, TakenInAct, [new("Moved from", null, dates.FromWords)], now, words);
        undo.End(MergedBefore.Kind, merge.FromId, before, movesMoney: ended.Count > 0);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return MergeDatesResult.Merged;
    }

    /// <summary>Locks both in the order of their ids, as all that books or moves does.</summary>
    public static async Task<Dictionary<Guid, CourseRun>> LockAsync(TrainingHubDb db, Guid one, Guid other, CancellationToken ct) =>
        (await db.CourseRuns.FromSql($"select * from course_runs where id in ({one}, {other}) order by id for no key update").ToListAsync(ct))
            .ToDictionary(run => run.Id);

    private static MergeDatesResult? WhyNot(CourseRun from, CourseRun? to, DateTimeOffset now)
    {
        if (!from.IsOpenAt(now))
        {
            return from.State == RunState.Cancelled ? MergeDatesResult.AlreadyCancelled : MergeDatesResult.Begun;
        }

        return to is null || to.Id == from.Id || to.CourseId != from.CourseId || !to.IsOpenAt(now) ? MergeDatesResult.NotOffered : null;
    }

    /// <summary>One message to the booker, also of places that end, and one to each delegate, with fresh links.</summary>
    private async Task TellAsync(CourseRun from, MergedBooking one, BookingSummary was, MergedDates dates, DateTimeOffset now, CancellationToken ct)
    {
        var ended = one.Ending.Count == 0 ? null : await end.DelegatesAsync(from, one.Booking, one.Ending, dates.To, now, ct);
        var emails = await BookingSummaries.EmailsAsync(db, one.Booking, was, site.Value, now, ct);
        var message = emails.DateMoved(dates.From, dates.To, from.CancelReason, one.Booking.State);
        BookingSummaries.TellBooker(db, one.Booking, message with { Ended = ended is null ? null : EndedWords(one.Booking, ended, dates.To) }, now);
        if (one.Booking.State != BookingState.Confirmed)
        {
            return;
        }

        var links = new DelegateLinks(site.Value, now);
        foreach (var person in was.DelegatesBesideBooker)
        {
            var url = links.UrlOf(person.PlaceIds[0], PersonKey.Of(person.Email, person.Name), dates.To.EndsAt);
            db.Add(OutgoingEmail.To(person.Email, BookingEmails.PlaceMovedFor(person, was, dates.To, from.CancelReason, url), now, one.Booking.Reference));
        }

        db.AddRange(links.Made);
    }

    private static string EndedWords(Booking booking, BookingSummary ended, DateLine to)
    {
        var places = ended.PlaceCount == 1 ? "The place in this booking has" : "Their places in this booking have";
        return $"{EndPlaces.AlreadyWords(ended, to)} {places} ended. {BookingEmails.MoneyOfCancelledDate(ended, booking.State, chooseUntil: null)}".TrimEnd();
    }

    private static string Words(MergePlan plan)
    {
        var (moving, ending) = (plan.Moving.Count, plan.Ending.Count);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{moving} {(moving == 1 ? "place" : "places")} moved, {ending} ended because the person was booked there already, {plan.Waiting.Count} waiting were told.");
    }

    private async Task<DateLine> LineAsync(Guid runId, CancellationToken ct) =>
        await BookingSummaries.RunAsync(db, runId, ct) ?? throw new InvalidOperationException($"There is no date {runId}.");
}

/// <summary>The two dates of a merge, as history names them.</summary>
internal sealed record MergedDates(DateLine From, DateLine To)
{
    public string FromWords => Words(From);
    public string ToWords => Words(To);
    public HistoryChange Change => new("Date", FromWords, ToWords);

    private static string Words(DateLine run) => string.Create(CultureInfo.InvariantCulture, $"{run.Course}, {run.DayWords} ({run.Reference})");
}
