using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

internal enum ForgetResult
{
    Forgotten,
    Gone,

    /// <summary>They have a place on a date that is not over: it is cancelled first.</summary>
    IsStillComing,

    /// <summary>Something that they wrote may be needed to protect somebody.</summary>
    IsHeld,
}

/// <summary>
/// Forgets one person who asks for it, before the times of <see cref="ForgetPersonalData"/>: the record, the name on every place with
/// access needs and what was said about courses to take before, places on waiting lists, what emails to them said, and their name as the booker of orders for which nothing was charged. Where something was charged
/// the booker stays for the accounts, as the privacy notice says. Places, marks and figures stay without the name; surveys that have
/// not gone out do not go. Joins the transaction of its caller, who forgets what other rooms know of them.
/// </summary>
internal sealed class ForgetPerson(TrainingHubDb db, TimeProvider clock)
{
    public async Task<ForgetResult> RunAsync(Guid id, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        if ((await db.People.FromSql($"select * from people where id = {id} for update").AsNoTracking().ToListAsync(ct)) is not [var person])
        {
            return ForgetResult.Gone;
        }

        if (await Coming(db, id, now).AnyAsync(ct))
        {
            return ForgetResult.IsStillComing;
        }

        if (await db.Database.SqlQuery<bool>($"select exists (select from places where person_id = {id} and is_held(id)) as \"Value\"").SingleAsync(ct))
        {
            return ForgetResult.IsHeld;
        }

        var names = await KeysAsync(db, person, ct);
        await db.Places.Where(place => place.PersonId == id).ExecuteUpdateAsync(
            set => set.SetProperty(place => place.PersonId, (Guid?)null).SetProperty(place => place.DelegateName, (string?)null).SetProperty(place => place.AccessNeeds, (string?)null)
                .SetProperty(place => place.PrerequisiteId, (Guid?)null).SetProperty(place => place.PrerequisiteSaid, (PrerequisiteSaid?)null).SetProperty(place => place.PrerequisiteDetail, (string?)null), ct);
        await db.PlaceNotices.Where(notice => notice.PersonId == id).ExecuteDeleteAsync(ct);
        foreach (var key in names)
        {
            await db.WaitingListEntries.Where(entry => entry.EmailKey == key.Email && entry.NameKey == key.Name).ExecuteDeleteAsync(ct);
            await FreeBookingsOf(db, key).ExecuteUpdateAsync(
                set => set.SetProperty(booking => booking.BookerName, (string?)null).SetProperty(booking => booking.BookerEmail, (string?)null)
                    .SetProperty(booking => booking.InvoiceEmail, (string?)null), ct);
        }

        await ForgetEmailWords.OfAsync(db, [.. names.Select(key => key.Email).Distinct()], ct);
        await db.PersonAliases.Where(alias => alias.PersonId == id).ExecuteDeleteAsync(ct);
        await db.ELearningCompletions.Where(one => one.PersonId == id).ExecuteDeleteAsync(ct);
        await db.People.Where(one => one.Id == id).ExecuteDeleteAsync(ct);
        await ErasedRecord.NoteAsync(db, nameof(Person), [id], now, ct);
        HistoryEntry.Add<Person>(db, id, by, "Forgotten", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ForgetResult.Forgotten;
    }

    /// <summary>The places that prevent it.</summary>
    public static IQueryable<LivePlace> Coming(TrainingHubDb db, Guid person, DateTimeOffset now) =>
        db.LivePlaces.Where(place => place.PersonId == person && db.CourseRuns.Any(run => run.Id == place.RunId && run.EndsAt > now));

    /// <summary>Orders that they made, and for which nothing was charged.</summary>
    public static IQueryable<Booking> FreeBookingsOf(TrainingHubDb db, PersonKey booker) =>
        BookingsOf(db, booker).Where(booking => !db.Places.Any(place => place.BookingId == booking.Id && place.PricePence > 0));

    /// <summary>Orders that they made, whoever comes.</summary>
    public static IQueryable<Booking> BookingsOf(TrainingHubDb db, PersonKey booker)
    {
        var address = Likeness.Whole(booker.Email);
        return db.Bookings.Where(booking => EF.Functions.ILike(booking.BookerEmail!, address) && PersonKey.OfColumn(booking.BookerName) == booker.Name);
    }

    /// <summary>Under which addresses and names they are known.</summary>
    public static async Task<IReadOnlyList<PersonKey>> KeysAsync(TrainingHubDb db, Person person, CancellationToken ct) =>
    [
        new(person.EmailKey, person.NameKey),
        .. await db.PersonAliases.Where(alias => alias.PersonId == person.Id).Select(alias => new PersonKey(alias.EmailKey, alias.NameKey)).ToListAsync(ct),
    ];
}
