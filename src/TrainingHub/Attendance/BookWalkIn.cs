using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Attendance;

/// <summary>
/// Books people who came without a booking, and marks them as attended, both or neither. Only what is certain at once can be marked: by
/// invoice or free. Throws when the register of the sitting is not open, which the page knows.
/// Joins its caller's transaction.
/// </summary>
internal sealed class BookWalkIn(TrainingHubDb db, BookForSomebody book, MarkAttendance mark)
{
    public async Task<BookPlaceOutcome> RunAsync(BookPlaceRequest request, Sitting sitting, Actor by, CancellationToken ct)
    {
        if (request.Method is not (PaymentMethod.Invoice or PaymentMethod.Free))
        {
            throw new ArgumentException("A place that is not certain cannot be marked.", nameof(request));
        }

        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var outcome = await book.RunAsync(request, by, ct);
        if (outcome is not { Result: BookPlaceResult.Booked, Booking: { } booked })
        {
            return outcome;
        }

        var run = sitting.RunId;
        var places = await db.Places.Where(place => place.BookingId == booked.Id && place.RunId == run).OrderBy(place => place.Id).Select(place => place.Id).ToListAsync(ct);
        foreach (var place in places)
        {
            if (await mark.RunAsync(sitting, place, Mark.Attended, by, ct) is { } refusal)
            {
                throw new InvalidOperationException($"A walk-in on date {run} could not be marked: {refusal}.");
            }
        }

        await transaction.CommitAsync(ct);
        return outcome;
    }
}
