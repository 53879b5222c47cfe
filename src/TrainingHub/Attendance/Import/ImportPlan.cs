using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Attendance;

/// <summary>A place that a row of the file may be about. PaidPence is what ever came in for its booking.</summary>
internal sealed record KnownPlace(
    Guid Id, Guid BookingId, Guid RunId, PersonKey Person, PlaceState State, BookingOrigin Origin, int PricePence, Mark? Mark,
    int BookingPlaces, int PaidPence, Guid SectorId)
{
    public bool IsLive => Place.LiveStates.Contains(State);
}

/// <summary>What is to be done for each row, found by comparing the file with the places of its dates.</summary>
internal sealed class ImportPlan
{
    public List<ImportedRow> Add { get; } = [];
    public List<KnownPlace> Cancel { get; } = [];
    public List<(KnownPlace Place, Mark Mark)> Remark { get; } = [];
    public List<(KnownPlace Place, int PaidPence)> Pay { get; } = [];
    public List<FileError> Errors { get; } = [];

    /// <summary>Each cell of the known places that changes, in the order of the file.</summary>
    public List<CellChange> Changes { get; } = [];
    public int Changed { get; private set; }
    public int Unchanged { get; private set; }

    /// <summary>Rows of known places with another price or payment than is recorded; they are left as they are.</summary>
    public int OtherMoney { get; private set; }

    public static async Task<ImportPlan> MakeAsync(TrainingHubDb db, List<ImportedRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var known = (await KnownAsync(db, [.. rows.Select(row => row.Run.Id).Distinct()], ct)).ToLookup(place => (place.RunId, place.Person));
        var merged = await MergedAsync(db, [.. rows.Select(row => row.Key.Email).Distinct()], ct);
        var current = merged.Values.ToHashSet();
        var booked = rows.Where(row => !row.IsCancelled).ToLookup(row => (row.Run.Id, merged.GetValueOrDefault(row.Key, row.Key)));
        var plan = new ImportPlan();
        foreach (var row in rows)
        {
            var same = booked[(row.Run.Id, merged.GetValueOrDefault(row.Key, row.Key))].ToList();
            if (!row.IsCancelled && same[0].Key != row.Key)
            {
                plan.TakeUnderOtherName(row, same[0]);
                continue;
            }

            plan.Take(row, known[(row.Run.Id, row.Key)], isBookedToo: same.Count > 0, isMerged: merged.ContainsKey(row.Key) || current.Contains(row.Key));
        }

        plan.CheckCapacity();
        plan.CheckHeldBack(now);
        return plan;
    }

    /// <summary>Under which address and name somebody is known whose records were merged. Who has a row of their own by now is not taken for them.</summary>
    private static async Task<Dictionary<PersonKey, PersonKey>> MergedAsync(TrainingHubDb db, List<string> emails, CancellationToken ct) => (await (
        from alias in Former(db)
        join person in db.People on alias.PersonId equals person.Id
        where emails.Contains(alias.EmailKey) || emails.Contains(person.EmailKey)
        select new { Former = new PersonKey(alias.EmailKey, alias.NameKey), Now = new PersonKey(person.EmailKey, person.NameKey) }).ToListAsync(ct))
        .ToDictionary(one => one.Former, one => one.Now);

    private static IQueryable<PersonAlias> Former(TrainingHubDb db) =>
        db.PersonAliases.Where(alias => !db.People.Any(person => person.EmailKey == alias.EmailKey && person.NameKey == alias.NameKey));

    /// <summary>A place once for each address and name under which its person is or was known: a file names them as it always did.</summary>
    private static Task<List<KnownPlace>> KnownAsync(TrainingHubDb db, List<Guid> runs, CancellationToken ct) => (
        from place in db.Places
        join person in db.People.Select(one => new { one.Id, one.EmailKey, one.NameKey })
            .Concat(Former(db).Select(one => new { Id = one.PersonId, one.EmailKey, one.NameKey })) on place.PersonId equals person.Id
        join booking in db.Bookings on place.BookingId equals booking.Id
        where runs.Contains(place.RunId) && place.State != PlaceState.Expired
        select new KnownPlace(
            place.Id,
            booking.Id,
            place.RunId,
            new PersonKey(person.EmailKey, person.NameKey),
            place.State,
            booking.Origin,
            place.PricePence,
            db.AttendanceMarks.Where(mark => mark.PlaceId == place.Id).Select(mark => (Mark?)mark.Mark).FirstOrDefault(),
            db.Places.Count(other => other.BookingId == booking.Id),
            db.BookingMoney.Where(money => money.BookingId == booking.Id).Select(money => money.PaidPence).FirstOrDefault(),
            booking.SectorId))
        .ToListAsync(ct);

    /// <summary>Two booked rows of one person, whose records were merged since: they have one place, and it is that of the first row.</summary>
    private void TakeUnderOtherName(ImportedRow row, ImportedRow first)
    {
        if (row.Mark is { } mark && first.Mark != mark)
        {
            Errors.Add(new(row.Number, "attendance", $"This is the person of row {first.Number}, whose records were merged. The two rows have different attendances. Leave one of them out."));
            return;
        }

        Unchanged++;
    }

    /// <param name="isBookedToo">The file also has a booked row for this person, under this name or another that they had: somebody cancelled and booked again.</param>
    /// <param name="isMerged">Which of the person's records a place was, nobody knows any more: one that ended is the one that the row says is cancelled.</param>
    private void Take(ImportedRow row, IEnumerable<KnownPlace> known, bool isBookedToo, bool isMerged)
    {
        var live = known.FirstOrDefault(place => place.IsLive);
        if (live is null && !row.HasStatus && known.Any())
        {
            Unchanged++;
        }
        else if (!row.IsCancelled)
        {
            TakeBooked(row, live);
        }
        else if (live is not null && !isBookedToo && !(isMerged && known.Any(place => !place.IsLive)))
        {
            TakeCancelled(row, live);
        }
        else if (known.Any(place => !place.IsLive))
        {
            Unchanged++;
        }
        else
        {
            Add.Add(row);
        }
    }

    private void TakeCancelled(ImportedRow row, KnownPlace live)
    {
        if (Booking.TakenHere.Contains(live.Origin))
        {
            Errors.Add(new(row.Number, "status", "This place was booked here, and a file cannot cancel it. The booker cancels it with the link in their confirmation email, and the delegate is told."));
            return;
        }

        if (Cancel.Exists(place => place.Id == live.Id))
        {
            Unchanged++;
            return;
        }

        Cancel.Add(live);
        Note(row, "status", "booked", "cancelled");
        Changed++;
    }

    private void TakeBooked(ImportedRow row, KnownPlace? live)
    {
        if (live is null)
        {
            Add.Add(row);
            return;
        }

        var isRemarked = row.Mark is { } mark && mark != live.Mark;
        if (isRemarked && live.State == PlaceState.Held)
        {
            Errors.Add(new(row.Number, "attendance", "This place is not confirmed yet, so it has no attendance."));
            return;
        }

        var isPaid = IsFirstPayment(row, live);
        if (isRemarked)
        {
            Remark.Add((live, row.Mark!.Value));
            Note(row, "attendance", live.Mark is { } earlier ? WordsOf(earlier) : "", WordsOf(row.Mark.Value));
        }

        if (isPaid)
        {
            Pay.Add((live, row.PaidPence));
            Note(row, "paid", "", new Money(row.PaidPence).ToString());
        }

        var differs = row.PricePence is { } price && price != live.PricePence || row.PaidPence > 0 && row.PaidPence != live.PaidPence;
        OtherMoney += differs && !isPaid ? 1 : 0;
        Changed += isRemarked || isPaid ? 1 : 0;
        Unchanged += isRemarked || isPaid ? 0 : 1;
    }

    private void Note(ImportedRow row, string column, string old, string changed) =>
        Changes.Add(new CellChange($"{row.Run.Reference}, {row.Name}", column, old, changed));

    private static string WordsOf(Mark mark) => mark.ToString().ToLowerInvariant();

    /// <summary>An imported place that was not paid for, and now is.</summary>
    private static bool IsFirstPayment(ImportedRow row, KnownPlace live) =>
        row.PaidPence > 0 && live is { PaidPence: 0, BookingPlaces: 1 } && !Booking.TakenHere.Contains(live.Origin) && row.PricePence == live.PricePence;

    private void CheckCapacity()
    {
        foreach (var added in Add.Where(row => !row.IsCancelled).GroupBy(row => row.Run.Id))
        {
            var run = added.First().Run;
            // What is free is the waiting list's first, as long as there is one.
            var free = run.PlacesSpare - run.PlacesWaitedFor + Cancel.Count(place => place.RunId == run.Id);
            if (added.Count() > free)
            {
                var first = added.ElementAt(Math.Max(0, free));
                Errors.Add(new(first.Number, "run_reference", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{run.Reference} has {run.Capacity} places, and with this row more would be taken: {run.Capacity - free} before{(run.PlacesWaitedFor > 0 ? ", with those that its waiting list wants" : "")}, {added.Count()} from this file. Give the date more places with a programme file first.")));
            }
        }
    }

    /// <summary>Others get no place that is held back for a sector; what its own rows of the file take counts first.</summary>
    private void CheckHeldBack(DateTimeOffset now)
    {
        foreach (var added in Add.Where(row => !row.IsCancelled && row.Run.HeldBackUntil > now).GroupBy(row => row.Run.Id))
        {
            var run = added.First().Run;
            var cancelled = Cancel.Where(place => place.RunId == run.Id).ToList();
            var others = added.Where(row => row.SectorId != run.HeldBackForId).ToList();
            var ofSector = added.Count() - others.Count;
            var taken = run.HeldBackTaken - cancelled.Count(place => place.SectorId == run.HeldBackForId) + ofSector;
            var held = Math.Max(0, run.HeldBack - taken);
            var free = run.PlacesSpare - run.PlacesWaitedFor + cancelled.Count - ofSector - held;
            if (others.Count > Math.Max(0, free))
            {
                Errors.Add(new(others[Math.Max(0, free)].Number, "run_reference", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{run.Reference} holds {(held == 1 ? "1 place" : $"{held} places")} for one sector until {London.Words(HeldBack.LastDayOf(run.HeldBackUntil ?? now))}, which this row would take. Hold fewer on the page of the date first.")));
            }
        }
    }
}
