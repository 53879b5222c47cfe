using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    public static readonly SiteOptions Site = new() { PublicUrl = new Uri("https://training.example.org") };

    /// <summary>The command, as a page has it.</summary>
    public BookPlace BookPlace => new(database, clock, Options.Create(Site));

    /// <summary>A booking of £55 a place by invoice, for "Person address" each.</summary>
    public static BookPlaceRequest Request(Guid run, Guid sector, Guid area, params string[] delegates) => Request([run], sector, area, delegates);

    /// <summary>The same people on each of the dates.</summary>
    public static BookPlaceRequest Request(IEnumerable<Guid> runs, Guid sector, Guid area, params string[] delegates) => new(
        Guid.CreateVersion7(),
        [.. runs.Select(run => new DateRequest(run, 5500, [.. delegates.Select(email => new TrainingHub.Bookings.Delegate($"Person {email}", email, null))]))],
        "Bea Booker",
        "bea@school.example",
        "Hill Primary School",
        sector,
        area,
        PaymentMethod.Invoice,
        InvoiceEmail: "finance@school.example");

    /// <summary>Books as a buyer does.</summary>
    /// <exception cref="InvalidOperationException">The command refused.</exception>
    public async Task<BookedBooking> BookAsync(BookPlaceRequest request)
    {
        var outcome = await BookPlace.RunAsync(request, ct);
        return outcome is { Result: BookPlaceResult.Booked, Booking: { } booking }
            ? booking
            : throw new InvalidOperationException($"The booking was refused: {outcome.Result}.");
    }

    /// <summary>What somebody has typed who has not booked yet.</summary>
    public static BookingDraft NewDraft(Guid run, byte[] key, byte[] network, string answers, int bytes, DateTimeOffset expiresAt) => new()
    {
        KeyHash = key,
        RunId = run,
        BookingId = Guid.CreateVersion7(),
        Answers = answers,
        ExpiresAt = expiresAt,
        NetworkHash = network,
        Bytes = bytes,
    };

    /// <summary>A delegate who was reminded of the place.</summary>
    public Task RemindedAsync(Guid place, Guid? person) => AddAsync(new PlaceNotice
    {
        PlaceId = place,
        PersonId = person ?? Guid.Empty,
        Kind = NoticeKind.Reminder,
        Version = "before",
        SentAt = Now,
    });

    /// <summary>Somebody who waits, also for a date that is not full.</summary>
    public Task WaitingAsync(Guid run, string name, string email) => AddAsync(NewWaiting(run, name, email, Now));

    public static WaitingListEntry NewWaiting(Guid run, string name, string email, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(),
        RunId = run,
        Name = name,
        NameKey = PersonKey.NameOf(name),
        Email = email,
        EmailKey = PersonKey.Of(email, name).Email,
        PlacesWanted = 1,
        CreatedAt = at,
    };

    /// <summary>A message that went out to nobody who is known.</summary>
    public Task MessageAsync(string subject, string text) => AddAsync(new DateMessage
    {
        Id = Guid.CreateVersion7(),
        Subject = subject,
        Text = text,
        Audience = MessageAudience.Delegates,
        RunIds = [],
        WrittenBy = "Cora Coordinator",
        SentAt = Now,
        RecipientCount = 1,
        LeftOutCount = 0,
    });
}
