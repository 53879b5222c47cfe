using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <param name="Id">The form's, so that a second click is the same message.</param>
/// <param name="Subject">With fields.</param>
/// <param name="Text">With fields.</param>
/// <param name="Audience"></param>
/// <param name="RunIds">At least one.</param>
/// <param name="BookingIds">Only the people of these; null is everybody on the dates.</param>
internal sealed record MessageDraft(
    Guid Id, string Subject, string Text, MessageAudience Audience, IReadOnlyList<Guid> RunIds, IReadOnlyList<Guid>? BookingIds = null);

internal enum SendMessageResult
{
    /// <summary>Now, or by an earlier click.</summary>
    Sent,

    /// <summary>Not as many people as the writer saw: nothing was sent.</summary>
    PeopleChanged,

    /// <summary>A field in it has no value for these dates or readers.</summary>
    NotReady,
}

/// <summary>
/// Sends a message to everybody whom it reaches, one email a person, all in one transaction with its row and its history: everybody gets
/// it or nobody does. Nobody gets a fact that is not theirs: joining links go to who has a confirmed place on that date, private links
/// are made for their reader.
/// </summary>
internal sealed class SendMessage(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <param name="draft"></param>
    /// <param name="seen">How many people the writer was shown.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<SendMessageResult> RunAsync(MessageDraft draft, int seen, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var dates = await DatesAsync(db, draft.RunIds, ct);
        var readers = await MessageReaders.ReadAsync(db, dates, draft.Audience, draft.BookingIds, ct);
        // It waits for an earlier click that is not committed yet.
        if (!await InsertAsync(draft, readers, by, now, ct))
        {
            return SendMessageResult.Sent;
        }

        if (readers.People.Count != seen || seen == 0)
        {
            return SendMessageResult.PeopleChanged;
        }

        if (WhyNot(draft, readers, dates) is not null)
        {
            return SendMessageResult.NotReady;
        }

        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var links = Links(now);
        foreach (var reader in readers.People)
        {
            db.Add(OutgoingEmail.To(reader.Email, MessageTo(reader, draft, readers, links), now, reader.Reference, draft.Id));
        }

        db.AddRange(links.Made);
        var note = $"To {DateMessage.Words(draft.Audience, seen)}{(dates.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" of {dates.Count} dates") : "")}{(draft.BookingIds is null ? "" : ", of chosen bookings")}";
        foreach (var date in dates)
        {
            HistoryEntry.Add<CourseRun>(db, date.Id, by, "Message sent", [], now, note);
        }

        HistoryEntry.Add<DateMessage>(db, draft.Id, by, "Sent", [], now, note);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return SendMessageResult.Sent;
    }

    /// <summary>In the order in which they begin.</summary>
    public static Task<List<DateLine>> DatesAsync(TrainingHubDb db, IReadOnlyList<Guid> runs, CancellationToken ct) =>
        DateLines.Of(db, db.CourseRuns.Where(run => runs.Contains(run.Id) && run.State != RunState.Draft)).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).ToListAsync(ct);

    /// <summary>Of the text; null when nothing keeps it from being sent.</summary>
    public static string? WhyNot(MessageDraft draft, MessageReaders readers, IReadOnlyList<DateLine> dates)
    {
        var why = MessageText.WhyNot(draft.Text, draft.Audience) ?? WhyNotSubject(draft);
        if (why is null && MessageText.FieldsIn(draft.Text).Contains(MessageField.JoiningLink)
            && dates.FirstOrDefault(date => !readers.JoiningLinks.ContainsKey(date.Id)) is { } bare)
        {
            return $"{bare.Course}, {bare.DayWords}, has no joining link. Add it to the date, or leave {{{MessageField.JoiningLink}}} out";
        }

        return why;
    }

    /// <summary>Null when nothing keeps it from being sent.</summary>
    public static string? WhyNotSubject(MessageDraft draft)
    {
        string[] others = ["name", MessageField.JoiningLink, MessageField.Page];
        return MessageText.WhyNot(draft.Subject, draft.Audience)
            ?? (MessageText.FieldsIn(draft.Subject).FirstOrDefault(others.Contains) is { } field
                ? field == "name" ? "Leave {name} out of the subject: each name is put before it anyway" : $"Leave {{{field}}} out of the subject"
                : null);
    }

    /// <summary>For the private links of one message; they work once they are saved.</summary>
    public DelegateLinks Links(DateTimeOffset now) => new(site.Value, now);

    /// <summary>The message to one person.</summary>
    public static DateMessageEmail MessageTo(MessageReader reader, MessageDraft draft, MessageReaders readers, DelegateLinks links)
    {
        var values = new Dictionary<string, string>
        {
            ["name"] = reader.Name,
            ["course"] = And(reader.Runs.Select(run => run.Course)),
            ["date"] = And(reader.Runs.Select(run => London.LongWords(run.RunsOn))),
            ["time"] = And(reader.Runs.Select(run => run.TimeInFull)),
            ["venue"] = And(reader.Runs.Select(run => run.WhereInFull)),
        };
        if (reader.Reference is { } reference)
        {
            values["booking"] = reference;
        }

        if (draft.Audience == MessageAudience.Delegates)
        {
            values[MessageField.JoiningLink] = And(reader.Runs.Select(run => readers.JoiningLinks.GetValueOrDefault(run.Id)).OfType<string>());
        }

        if (MessageText.FieldsIn(draft.Text).Contains(MessageField.Page))
        {
            values[MessageField.Page] = PageOf(reader, readers, links);
        }

        return new(
            reader.Name, MessageText.Fill(draft.Subject, values), MessageText.Fill(draft.Text, values), reader.Runs[0].CourseDate(),
            reader.Runs.Count > 1 ? [.. reader.Runs.Select(run => new OrderDate(run.CourseDate(), []))] : null);
    }

    private static string PageOf(MessageReader reader, MessageReaders readers, DelegateLinks links) => (reader.Place, reader.Booking) switch
    {
        ({ } place, _) => links.UrlOf(place, reader.Person, reader.Runs[0].EndsAt),
        (null, { } booking) => links.UrlOfBooking(booking, readers.LinksUntil[booking]),
        (null, null) => throw new InvalidOperationException("Who waits has no page."),
    };

    private async Task<bool> InsertAsync(MessageDraft draft, MessageReaders readers, Actor by, DateTimeOffset now, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into date_messages (id, subject, text, audience, run_ids, booking_ids, written_by, sent_at, recipient_count, left_out_count)
            values ({draft.Id}, {draft.Subject}, {draft.Text}, {draft.Audience.ToString()}, {draft.RunIds.ToArray()}, {draft.BookingIds?.ToArray()}, {by.Name}, {now},
                {readers.People.Count}, {readers.LeftOut})
            on conflict (id) do nothing
            """,
            ct) == 1;

    private static string And(IEnumerable<string> words)
    {
        var all = words.Distinct().ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} and {all[^1]}";
    }
}
