namespace TrainingHub.Payments;

/// <summary>The part of a sum that belongs to one place. Pence, more than nought.</summary>
internal readonly record struct Share(Guid PlaceId, int AmountPence);

/// <summary>Divides sums over the places of a booking. Whatever the sum, the shares add up to it.</summary>
internal static class Shares
{
    /// <summary>
    /// Fills one round of rooms after the other, each in the order given, until the sum is used up: a room is how much a place
    /// may take in that round. What no room takes goes to the first place of the first round.
    /// </summary>
    /// <param name="amountPence">More than nought.</param>
    /// <param name="rounds">Each with the same places, at least one.</param>
    public static IReadOnlyList<Share> Divide(int amountPence, params IReadOnlyList<Share>[] rounds)
    {
        var shares = rounds[0].ToDictionary(room => room.PlaceId, _ => 0);
        var left = amountPence;
        foreach (var (place, room) in rounds.SelectMany(round => round))
        {
            var taken = Math.Clamp(room, 0, left);
            shares[place] += taken;
            left -= taken;
        }

        shares[rounds[0][0].PlaceId] += left;
        return [.. rounds[0].Where(room => shares[room.PlaceId] > 0).Select(room => new Share(room.PlaceId, shares[room.PlaceId]))];
    }
}
