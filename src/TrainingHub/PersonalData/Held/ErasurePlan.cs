using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.PersonalData;

/// <summary>What is still needed for a date that is not over.</summary>
/// <param name="Record">The ticked record that waits for it.</param>
/// <param name="Words">"Place on Neglect, 3 March 2027".</param>
/// <param name="Url">Where it can be cancelled or changed.</param>
internal sealed record StillNeeded(HeldRecord Record, string Words, DateOnly Until, string Url);

/// <summary>
/// What an erasure of these records does, before it is done and, read inside its transaction, as the account of what was done: what goes, what
/// is kept and why and until when, and what is still needed for a coming date.
/// </summary>
/// <param name="Held"></param>
/// <param name="Goes"></param>
/// <param name="Stays"></param>
/// <param name="Needed"></param>
/// <param name="HoldsBack">Whether a legal hold keeps some of the ticked records; not which hold.</param>
internal sealed record ErasurePlan(HeldData Held, IReadOnlyList<ErasureLine> Goes, IReadOnlyList<ErasureLine> Stays, IReadOnlyList<StillNeeded> Needed, bool HoldsBack)
{
    private static readonly string Sql = SqlFile.Read("TrainingHub.PersonalData.Sql.ErasurePlan.sql");

    /// <summary>Nothing is left to do now, apart from what waits for a date.</summary>
    public bool IsEmpty => Held.Records.All(record => record.Kind == HeldKind.StaffAccount);

    /// <summary>The first day on which what is still needed can go too.</summary>
    public DateOnly? LaterOn => Needed.Count == 0 ? null : Needed.Max(one => one.Until).AddDays(1);

    /// <summary>Why it is not done; null when it is.</summary>
    public EraseResult? WhyNot(DataRequest request, bool leaveNeeded) =>
        IsEmpty && request.LaterOn is { } before && before == LaterOn ? EraseResult.ErasedBefore
        : Needed.Count == 0 && !HoldsBack && !Held.Records.Any() && request.LaterOn is null ? EraseResult.NothingTicked
        : Needed.Count > 0 && !leaveNeeded ? EraseResult.StillNeeded
        : null;

    public static async Task<ErasurePlan> ReadAsync(TrainingHubDb db, IReadOnlyCollection<HeldRecord> ticked, DateTimeOffset now, CancellationToken ct)
    {
        var needed = await NeededAsync(db, ticked, now, ct);
        var kept = await KeptBackAsync(db, ticked, ct);
        var open = await OpenAsync(db, ticked, ct);
        var held = await HeldData.ReadAsync(db, ticked.Except(needed.Select(one => one.Record)).Except(kept).Except(open), ct);
        var counts = await CountAsync(db, held, ct);
        ErasureLine[] back = kept.Count == 0 ? [] : [new("Some of their records, with what is needed to know whose they are", Words(KeptFor.Safeguarding), "the safeguarding lead says that it is not needed any more; then they are erased by a new request")];
        ErasureLine[] unanswered = open.Count == 0 ? [] :
            [new(open.Count == 1 ? "1 request or complaint of theirs that is open" : $"{open.Count} requests or complaints of theirs that are open", "We have to answer it", $"{DataRequest.YearsKept} years after the answer")];
        return new(held, [.. GoesOf(counts)], [.. back, .. unanswered, .. StaysOf(counts)], needed, kept.Count > 0);
    }

    public static string Words(KeptFor reason) => reason switch
    {
        KeptFor.Accounts => "We have to account for public money",
        KeptFor.Safeguarding => "It may be needed to protect a child",
        KeptFor.Staff => "History has to say which member of staff did what",
        KeptFor.History => "History is only added to, so that nobody can change what was done. It should name nobody; these entries do, because somebody typed it",
        KeptFor.PublicWords => "It is on a public page or in a setting: change it there",
        KeptFor.Days => "A file that is being imported, an email that is just being sent",
    };

    private static IEnumerable<ErasureLine> GoesOf(Dictionary<string, (long Count, DateOnly? Until)> counts)
    {
        (string What, string One, string Many)[] words =
        [
            ("people", "1 record of a person, with other names and addresses, and e-learning", "{0} records of a person, with other names and addresses, and e-learning"),
            ("names", "The name and access needs on 1 place", "The name and access needs on {0} places"),
            ("certificates", "The name on 1 certificate, which counts no more", "The name on {0} certificates, which count no more"),
            ("waiting", "1 place on a waiting list", "{0} places on waiting lists"),
            ("wishes", "1 wish to hear of dates or of a recording", "{0} wishes to hear of dates or of recordings"),
            ("leads", "The right to see the training of 1 organisation", "The right to see the training of {0} organisations"),
            ("sign_ins", "1 sign-in by code", "{0} sign-ins by code"),
            ("contacts", "Name, address and phone as 1 contact or trainer", "Name, address and phone as {0} contacts or trainers"),
            ("bookers", "Name and address on 1 booking without a price", "Name and address on {0} bookings without a price"),
            ("applications", "What was written in 1 application for free places", "What was written in {0} applications for free places"),
            ("notes", "The name in 1 note or message", "The name in {0} notes or messages"),
            ("emails", "What 1 email to or about them said", "What {0} emails to or about them said"),
            ("requests", "Who asked, in 1 request or complaint from before", "Who asked, in {0} requests or complaints from before"),
            ("links", "1 private link", "{0} private links"),
            ("comments", "The text of 1 survey comment", "The text of {0} survey comments"),
        ];
        return words.Where(word => counts[word.What].Count > 0).Select(word => new ErasureLine(Counted(counts[word.What].Count, word.One, word.Many)));
    }

    private static IEnumerable<ErasureLine> StaysOf(Dictionary<string, (long Count, DateOnly? Until)> counts)
    {
        (string What, string One, string Many, string Why, string? Until)[] words =
        [
            ("charged", "Name and address of who booked and pays on 1 booking with a price", "Name and address of who booked and pays on {0} bookings with a price", Words(KeptFor.Accounts), null),
            ("invoices", "The address on 1 invoice", "The address on {0} invoices", Words(KeptFor.Accounts), null),
            ("marks", "That somebody came to 1 place, without the name", "That somebody came to {0} places, without the name", "Figures of the programme must not change", null),
            ("answers", "1 answer to a survey, without the name", "{0} answers to surveys, without the name", "It is in figures. What leads to a nameless place goes by itself", null),
            ("accounts", "1 account of staff", "{0} accounts of staff", Words(KeptFor.Staff), $"{People.ForgetStaff.YearsAfterClosing} years after it is closed"),
            ("history", "1 entry of history that names them", "{0} entries of history that name them", Words(KeptFor.History), null),
            ("public", "1 text that names them", "{0} texts that name them", Words(KeptFor.PublicWords), "somebody changes it"),
        ];
        foreach (var word in words.Where(word => counts[word.What].Count > 0))
        {
            yield return new(Counted(counts[word.What].Count, word.One, word.Many), word.Why, word.Until ?? (counts[word.What].Until is { } until ? London.Words(until) : "no end"));
        }

        yield return new("Survey comments that raised a concern, if one names them: only the safeguarding lead reads those", Words(KeptFor.Safeguarding), "the safeguarding lead says that they are not needed any more");
        yield return new("What is on its way at this minute", Words(KeptFor.Days), "7 days at the most");
        yield return new("That something was erased: the numbers of the records, no name", "It is erased again if an old backup has to be used", "no end");
    }

    private static string Counted(long count, string one, string many) => count == 1 ? one : string.Format(System.Globalization.CultureInfo.InvariantCulture, many, count);

    private static async Task<Dictionary<string, (long Count, DateOnly? Until)>> CountAsync(TrainingHubDb db, HeldData held, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand(Sql, (NpgsqlConnection)db.Database.GetDbConnection());
            held.AddTo(command.Parameters);
            await using var rows = await command.ExecuteReaderAsync(ct);
            var counts = new Dictionary<string, (long, DateOnly?)>();
            while (await rows.ReadAsync(ct))
            {
                counts[rows.GetString(0)] = (rows.GetInt64(1), rows.IsDBNull(2) ? null : rows.GetFieldValue<DateOnly>(2));
            }

            return counts;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    // Whoever has a place under a legal hold stays a person; a text under one stays as it is.
    private static async Task<IReadOnlyCollection<HeldRecord>> KeptBackAsync(TrainingHubDb db, IReadOnlyCollection<HeldRecord> ticked, CancellationToken ct)
    {
        Guid[] people = [.. ticked.Where(one => one.Kind == HeldKind.Person).Select(one => one.Id)];
        Guid[] comments = [.. ticked.Where(one => one.Kind == HeldKind.SurveyComment).Select(one => one.Id)];
        return
        [
            .. (await db.Database.SqlQuery<Guid>($"select distinct person_id as \"Value\" from places where person_id = any({people}) and is_held(id)").ToListAsync(ct)).Select(id => new HeldRecord(HeldKind.Person, id)),
            .. (await db.HeldComments.Where(held => comments.Contains(held.CommentId)).Select(held => held.CommentId).ToListAsync(ct)).Select(id => new HeldRecord(HeldKind.SurveyComment, id)),
        ];
    }

    // Whoever waits for an answer has to be told.
    private static async Task<IReadOnlyCollection<HeldRecord>> OpenAsync(TrainingHubDb db, IReadOnlyCollection<HeldRecord> ticked, CancellationToken ct)
    {
        Guid[] requests = [.. ticked.Where(one => one.Kind == HeldKind.DataRequest).Select(one => one.Id)];
        return [.. (await db.DataRequests.Where(one => requests.Contains(one.Id) && one.AnsweredAt == null).Select(one => one.Id).ToListAsync(ct)).Select(id => new HeldRecord(HeldKind.DataRequest, id))];
    }

    // A booking of others that comes needs somebody to write to, and so does a date that somebody trains or welcomes.
    private static async Task<IReadOnlyList<StillNeeded>> NeededAsync(TrainingHubDb db, IReadOnlyCollection<HeldRecord> ticked, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] Of(HeldKind kind) => [.. ticked.Where(one => one.Kind == kind).Select(one => one.Id)];
        var (people, booked, providers, trainers, venues) = (Of(HeldKind.Person), Of(HeldKind.Booker), Of(HeldKind.ProviderContact), Of(HeldKind.Trainer), Of(HeldKind.VenueContact));
        var places = await (
            from place in db.LivePlaces
            join run in db.CourseRuns on place.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            join booking in db.Bookings on place.BookingId equals booking.Id
            where run.EndsAt > now && ((place.PersonId != null && people.Contains(place.PersonId.Value)) || booked.Contains(booking.Id))
            orderby run.StartsAt, place.Id
            select new { place.PersonId, Booking = booking.Id, booking.Reference, course.Title, run.RunsOn }).ToListAsync(ct);
        var needed = places.Where(one => one.PersonId is { } person && people.Contains(person))
            .Select(one => new StillNeeded(new(HeldKind.Person, one.PersonId!.Value), $"A place on {one.Title}, {London.Words(one.RunsOn)}, booking {one.Reference}", one.RunsOn, $"/staff/bookings/{one.Reference}"))
            .Concat(places.Where(one => booked.Contains(one.Booking)).DistinctBy(one => one.Booking)
                .Select(one => new StillNeeded(new(HeldKind.Booker, one.Booking), $"The booking {one.Reference} that they made: {one.Title}, {London.Words(one.RunsOn)}", one.RunsOn, $"/staff/bookings/{one.Reference}")))
            .ToList();
        var dates = await DateLines.Coming(db, now).Where(run => (run.ProviderId != null && (providers.Contains(run.ProviderId.Value) || db.Trainers.Any(trainer => trainer.ProviderId == run.ProviderId && trainers.Contains(trainer.Id))))
                || (run.VenueId != null && venues.Contains(run.VenueId.Value)))
            .Select(run => new { run.Id, run.RunsOn, run.ProviderId, run.VenueId }).ToListAsync(ct);
        var trained = await db.Trainers.Where(trainer => trainers.Contains(trainer.Id)).Select(trainer => new { trainer.Id, trainer.ProviderId }).ToListAsync(ct);
        foreach (var date in dates.OrderByDescending(date => date.RunsOn))
        {
            var words = $"A coming date, the last on {London.Words(date.RunsOn)}";
            needed.AddRange(providers.Where(id => id == date.ProviderId).Select(id => new StillNeeded(new(HeldKind.ProviderContact, id), words, date.RunsOn, CatalogueUrls.StaffProvider(id))));
            needed.AddRange(trained.Where(one => one.ProviderId == date.ProviderId).Select(one => new StillNeeded(new(HeldKind.Trainer, one.Id), words, date.RunsOn, CatalogueUrls.StaffProvider(one.ProviderId))));
            needed.AddRange(venues.Where(id => id == date.VenueId).Select(id => new StillNeeded(new(HeldKind.VenueContact, id), words, date.RunsOn, CatalogueUrls.StaffVenue(id))));
        }

        return [.. needed.DistinctBy(one => (one.Record, one.Url))];
    }
}
