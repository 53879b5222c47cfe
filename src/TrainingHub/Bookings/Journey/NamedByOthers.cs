using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

/// <summary>
/// How often a day a person is named in orders that are held unpaid by somebody else. Such a hold tells the person nothing, and it is refused
/// where they have a place already: whoever tried date after date would learn on which one they come. A few tries are what bookers
/// need; after them every such order is refused in the same words, whether or not the person is on the date. Orders that are confirmed at
/// once are not counted: those tell the person.
/// </summary>
internal sealed class NamedByOthers(Tries tries)
{
    public static readonly TryBound ADay = new("named-by-others", Most: 6, TimeSpan.FromDays(1));

    /// <summary>Counts this order.</summary>
    /// <returns>False when one of its people has been named too often.</returns>
    public async Task<bool> TakeAsync(BookPlaceRequest request, CancellationToken ct)
    {
        if (!request.IsHeld)
        {
            return true;
        }

        // Who is booked at the booker's own address gets the email about the order.
        var booker = EmailAddress.KeyOf(request.BookerEmail);
        foreach (var person in request.Dates.SelectMany(date => date.Delegates).Select(coming => coming.Key).Distinct().Where(key => key.Email != booker))
        {
            if (await tries.TakeAsync(ADay, $"{person.Email} {person.Name}", ct) is not null)
            {
                return false;
            }
        }

        return true;
    }
}
