using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance;

/// <summary>Somebody whom a trainer lets in. The booking's id is the form's own. Without an address their emails go to the training team.</summary>
internal sealed record AtTheDoor(Guid BookingId, string Name, string? Organisation, string? Email, Guid SectorId);

/// <param name="Refusal">Of the register.</param>
/// <param name="Booked">What became of the booking; null when the register refuses.</param>
internal sealed record BookedAtDoor(RegisterRefusal? Refusal, BookPlaceOutcome? Booked);

/// <summary>
/// Books and marks somebody who came without a booking, as <see cref="BookWalkIn"/> does for staff: no more people than there are
/// places, at the price that holds. A trainer decides about no money: what it costs is invoiced to the training team, which
/// Today asks to see to it (<see cref="DoorWalkIn"/>). The same form again gives the booking that it made.
/// </summary>
internal sealed class BookAtDoor(TrainingHubDb db, BookWalkIn book, TrainersRegister register, IOptions<SiteOptions> site, TimeProvider clock)
{
    public async Task<BookedAtDoor> RunAsync(AtTheDoor person, Sitting sitting, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CloseRegister.HoldDateAsync(db, sitting.RunId, ct);
        if (await register.WhyNotAsync(sitting, ct) is { } closed)
        {
            return new(closed, null);
        }

        var now = clock.GetUtcNow();
        if (await RequestAsync(person, sitting.RunId, now, ct) is not { } request)
        {
            return new(null, new(BookPlaceResult.RunClosed));
        }

        var outcome = await book.RunAsync(request, sitting, by, ct);
        if (outcome.Result == BookPlaceResult.Booked)
        {
            db.Add(new DoorWalkIn { BookingId = person.BookingId, AddedAt = now, AddedById = by.Id });
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        return new(null, outcome);
    }

    /// <returns>Null where nothing says what the date costs.</returns>
    private async Task<BookPlaceRequest?> RequestAsync(AtTheDoor person, Guid run, DateTimeOffset now, CancellationToken ct)
    {
        // Where they work is not asked at the door: where the date is held, or anywhere.
        var area = await db.CourseRuns.Where(one => one.Id == run).Select(one => one.AreaId).SingleAsync(ct)
            ?? await db.Areas.OrderBy(one => one.Kind != AreaKind.Everywhere).ThenBy(one => one.SortOrder).Select(one => one.Id).FirstAsync(ct);
        if (await BookingSummaries.RunsForAsync(db, person.SectorId, area, [run], ct) is not [{ Price: { } price }])
        {
            return null;
        }

        var team = site.Value.ContactEmail;
        var email = person.Email ?? team;
        return new(
            person.BookingId,
            [new(run, price.Each.Pence, [new(person.Name, email, AccessNeeds: null)])],
            person.Name,
            email,
            person.Organisation,
            person.SectorId,
            area,
            price.IsFree ? PaymentMethod.Free : PaymentMethod.Invoice,
            InvoiceEmail: price.IsFree ? null : team,
            Staff: new(now - BookForSomebody.WalkIns, WithoutBecause: "Came without a booking, and the trainer let them in"));
    }
}
