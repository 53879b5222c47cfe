using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <param name="Other">Who has this address and name already; null when it is done.</param>
/// <param name="Told">How many emails are queued.</param>
internal sealed record PersonCorrected(bool IsKnown, Guid? Other = null, int Told = 0);

/// <summary>
/// Corrects a person's name or address everywhere: on all their places, past ones too, on waiting lists, and as the booker of orders in
/// which they come themselves. Links in their mailbox go on working when only the name is corrected; what went to a wrong address opens nothing any more,
/// and what they are booked on is sent to the right one. Refuses an address and name that somebody else has: those two records are
/// to be merged.
/// </summary>
internal sealed class CorrectPerson(TrainingHubDb db, CorrectWaiting waiting, TimeProvider clock, IOptions<SiteOptions> site)
{
    public async Task<PersonCorrected> RunAsync(Guid id, string name, string email, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var key = PersonKey.Of(email, name);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockDatesAsync(id, ct);
        if ((await db.People.FromSql($"select * from people where id = {id} for update").AsNoTracking().ToListAsync(ct)) is not [var person])
        {
            return new(IsKnown: false);
        }

        var changes = HistoryChange.Of(HistoryChange.OfPerson("Name", person.Name, name), HistoryChange.OfPerson("Email address", person.Email, email));
        if (person.Name == name && person.Email == email)
        {
            return new(IsKnown: true);
        }

        if (await db.People.Where(other => other.EmailKey == key.Email && other.NameKey == key.Name && other.Id != id).Select(other => (Guid?)other.Id).FirstOrDefaultAsync(ct) is { } other)
        {
            return new(IsKnown: true, other);
        }

        await db.PersonAliases.Where(alias => alias.EmailKey == key.Email && alias.NameKey == key.Name).ExecuteDeleteAsync(ct);
        await db.People.Where(one => one.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Name, name).SetProperty(one => one.Email, email)
                .SetProperty(one => one.NameKey, key.Name).SetProperty(one => one.EmailKey, key.Email), ct);
        var former = new PersonKey(person.EmailKey, person.NameKey);
        var places = await db.Places.Where(place => place.PersonId == id).ToListAsync(ct);
        var bookings = await CorrectBookersAsync(places, former, name, email, ct);
        await db.Places.Where(place => place.PersonId == id).ExecuteUpdateAsync(set => set.SetProperty(place => place.DelegateName, name), ct);
        if (former.Email == key.Email)
        {
            await KeepLinksAsync(places, former, key, ct);
        }

        db.ChangeTracker.Clear();
        var told = former.Email == key.Email ? 0 : await TellAsync(id, bookings, now, ct);
        told += await CorrectWaitingAsync(former, name, email, by, ct);
        HistoryEntry.Add<Person>(db, id, by, "Corrected", changes, now, told == 0 ? null : $"What they are booked on or wait for was sent to the new address: {(told == 1 ? "1 email" : $"{told} emails")}.");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(IsKnown: true, Told: told);
    }

    // Where the corrected one waits too, both stay: staff take one of them off the list.
    /// <returns>How many emails went to the new address.</returns>
    private async Task<int> CorrectWaitingAsync(PersonKey former, string name, string email, Actor by, CancellationToken ct)
    {
        var entries = await WaitingOf(db, [former]).OrderBy(entry => entry.Id).Select(entry => entry.Id).ToListAsync(ct);
        var corrected = 0;
        foreach (var entry in entries)
        {
            corrected += await waiting.RunAsync(entry, name, email, by, ct) == CorrectWaitingResult.Corrected ? 1 : 0;
        }

        return former.Email == EmailAddress.KeyOf(email) ? 0 : corrected;
    }

    /// <summary>What somebody waits for, under any of their names.</summary>
    public static IQueryable<WaitingListEntry> WaitingOf(TrainingHubDb db, IReadOnlyList<PersonKey> keys)
    {
        string[] known = [.. keys.Select(key => key.Email + " " + key.Name)];
        return db.WaitingListEntries.Where(WaitingListEntry.IsLive).Where(entry => known.Contains(entry.EmailKey + " " + entry.NameKey));
    }

    private Task<List<Guid>> LockDatesAsync(Guid person, CancellationToken ct) => db.Database.SqlQuery<Guid>(
        $"""
        select id as "Value"
        from course_runs
        where id in (select run_id from live_places where person_id = {person})
        order by id
        for no key update
        """).ToListAsync(ct);

    /// <returns>The orders that they made and come to themselves.</returns>
    private async Task<HashSet<Guid>> CorrectBookersAsync(List<Place> places, PersonKey former, string name, string email, CancellationToken ct)
    {
        var ids = places.Select(place => place.BookingId).Distinct().ToList();
        HashSet<Guid> own = [];
        foreach (var booking in await db.Bookings.Where(booking => ids.Contains(booking.Id)).OrderBy(booking => booking.Id).ToListAsync(ct))
        {
            if (PersonKey.Of(booking.BookerEmail ?? "", booking.BookerName ?? "") == former)
            {
                booking.CorrectBooker(name, email);
                own.Add(booking.Id);
            }
        }

        await db.SaveChangesAsync(ct);
        return own;
    }

    private Task<int> KeepLinksAsync(List<Place> places, PersonKey former, PersonKey corrected, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        update secret_links
        set subject_id = given.after
        from unnest({places.ConvertAll(place => DelegateLink.SubjectOf(place.Id, former)).ToArray()},
            {places.ConvertAll(place => DelegateLink.SubjectOf(place.Id, corrected)).ToArray()}) as given (before, after)
        where secret_links.purpose = {DelegateLink.Purpose} and secret_links.subject_id = given.before
        """,
        ct);

    /// <summary>Of each confirmed order with dates to come: the booker's email again where it is theirs, else the delegate's.</summary>
    private async Task<int> TellAsync(Guid person, HashSet<Guid> own, DateTimeOffset now, CancellationToken ct)
    {
        var coming = await (
            from place in db.Places
            join booking in db.Bookings on place.BookingId equals booking.Id
            join run in db.CourseRuns on place.RunId equals run.Id
            where place.PersonId == person && place.State == PlaceState.Confirmed && booking.State == BookingState.Confirmed && run.StartsAt > now
            orderby place.Id
            select new { Place = place, Booking = booking }).ToListAsync(ct);
        var told = 0;
        foreach (var order in coming.GroupBy(one => one.Booking.Id))
        {
            var (booking, theirs) = (order.First().Booking, order.Select(one => one.Place).ToList());
            if (own.Contains(booking.Id) && EmailAddress.IsValid(booking.BookerEmail))
            {
                var all = await db.Places.Where(place => place.BookingId == booking.Id && Place.LiveStates.Contains(place.State)).OrderBy(place => place.Id).ToListAsync(ct);
                var summary = await BookingSummaries.ReadAsync(db, booking, all, ct);
                BookingSummaries.TellBooker(db, booking, (await BookingSummaries.EmailsAsync(db, booking, summary, site.Value, now, ct)).Confirmed(payment: null), now);
                told++;
                continue;
            }

            var links = new DelegateLinks(site.Value, now);
            var emails = BookingEmails.ToDelegates(await BookingSummaries.ReadAsync(db, booking, theirs, ct), links, now).ToList();
            db.AddRange(emails);
            db.AddRange(links.Made);
            told += emails.Count;
        }

        return told;
    }
}
