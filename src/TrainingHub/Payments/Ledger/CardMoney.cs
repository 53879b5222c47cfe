using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>What one place owes and has paid, in pence. Foreign money is not in it.</summary>
/// <param name="PlaceId"></param>
/// <param name="PricePence"></param>
/// <param name="OwedPence">The price while the order has the place, or would have it again; what stays due of one that was cancelled.</param>
/// <param name="HeldPence">Received, less what went back, is on its way or is disputed.</param>
/// <param name="KeptPence">What the coordinator decided to keep beyond what is owed.</param>
/// <param name="LeavingPence">On its way back. It may stay: Stripe refuses to give back what has gone by another way.</param>
internal sealed record PlaceCardMoney(Guid PlaceId, int PricePence, int OwedPence, int HeldPence, int KeptPence, int LeavingPence)
{
    public int DuePence => Math.Max(0, OwedPence - HeldPence);

    /// <summary>Ours neither by price nor by decision. Never below nought.</summary>
    public int SparePence => Math.Max(0, HeldPence - OwedPence - KeptPence);

    /// <summary>What it needs and still has.</summary>
    public int UsedPence => Math.Max(0, HeldPence - KeptPence - SparePence);

    /// <summary>All that has come and not gone. Never below nought.</summary>
    public int HerePence => HeldPence + LeavingPence;
}

/// <summary>The same of a whole order, in the order of booking, and which places a sum that comes or goes is for.</summary>
internal sealed record CardMoney(IReadOnlyList<PlaceCardMoney> Places)
{
    public int OwedPence => Places.Sum(place => place.OwedPence);
    public int HeldPence => Places.Sum(place => place.HeldPence);
    public int KeptPence => Places.Sum(place => place.KeptPence);
    public int SparePence => Math.Max(0, HeldPence - OwedPence - KeptPence);
    public bool IsPaid => HeldPence >= OwedPence;

    public static async Task<CardMoney> ReadAsync(TrainingHubDb db, LockedBooking locked, CancellationToken ct)
    {
        var money = await db.PlaceMoney.AsNoTracking()
            .Where(place => place.BookingId == locked.Booking.Id)
            .ToDictionaryAsync(place => place.PlaceId, ct);
        return new([.. locked.Places.Select(place => Of(locked.Booking, place, money[place.Id]))]);
    }

    /// <summary>
    /// The charge alone once it is cancelled. A lapsed booking owes by card what it would cost to seat it again, and nothing else that is
    /// not certain is owed.
    /// </summary>
    public static int Owed(Booking booking, Place place, int chargePence) => booking.State switch
    {
        BookingState.Held => booking.PaymentMethod == PaymentMethod.Card && place.IsLive ? place.PricePence : 0,
        BookingState.Confirmed => (place.IsLive ? place.PricePence : 0) + chargePence,
        BookingState.Expired => booking.PaymentMethod == PaymentMethod.Card && place.State == PlaceState.Expired ? place.PricePence : 0,
        BookingState.Cancelled => chargePence,
    };

    /// <summary>What comes in pays for what is due, then for prices that were paid already, and the first place has the rest.</summary>
    public IReadOnlyList<Share> SharesOfPayment(int amountPence) => Shares.Divide(
        amountPence,
        [.. Places.Select(place => new Share(place.PlaceId, place.DuePence))],
        [.. Places.Select(place => new Share(place.PlaceId, place.PricePence - place.DuePence))]);

    /// <summary>
    /// What goes back, or is kept, is what a place has to spare; only then what others have paid, and last what is kept or was to go back by
    /// another way. Stripe tells of more than the program would give: no place gives more than it has.
    /// </summary>
    public IReadOnlyList<Share> SharesOfRefund(int amountPence) => Shares.Divide(
        amountPence,
        [.. Places.Select(place => new Share(place.PlaceId, place.SparePence))],
        [.. Places.Select(place => new Share(place.PlaceId, place.UsedPence))],
        [.. Places.Select(place => new Share(place.PlaceId, place.HerePence - place.SparePence - place.UsedPence))]);

    /// <summary>
    /// A dispute takes what this payment brought and the place still has; only then what the places have besides, and last what was to go back
    /// by another way.
    /// </summary>
    /// <param name="amountPence"></param>
    /// <param name="brought">By this payment, for each place.</param>
    public IReadOnlyList<Share> SharesOfDispute(int amountPence, IReadOnlyDictionary<Guid, int> brought)
    {
        var first = Places.Select(place => new Share(place.PlaceId, Math.Clamp(brought.GetValueOrDefault(place.PlaceId), 0, Math.Max(0, place.HeldPence)))).ToList();
        return Shares.Divide(
            amountPence,
            first,
            [.. Places.Zip(first, (place, share) => new Share(place.PlaceId, Math.Max(0, place.HeldPence) - share.AmountPence))],
            [.. Places.Select(place => new Share(place.PlaceId, place.HerePence - Math.Max(0, place.HeldPence)))]);
    }

    private static PlaceCardMoney Of(Booking booking, Place place, PlaceMoney money) => new(
        place.Id,
        place.PricePence,
        Math.Max(0, Owed(booking, place, money.ChargePence) - money.WrittenOffPence),
        money.PaidPence - money.RefundedPence - money.LeavingPence - money.DisputedPence,
        money.KeptPence,
        money.LeavingPence);
}
