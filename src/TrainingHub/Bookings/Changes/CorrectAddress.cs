using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

/// <param name="Words">What was corrected, as a sentence; empty when nothing was.</param>
/// <param name="Refusal">Why nothing was done.</param>
internal sealed record CorrectedAddress(string Words, string? Refusal = null);

/// <summary>
/// Corrects the address of those who were reached by a wrong one, each by the command that corrects them on the booking's page, which
/// writes to the new address.
/// </summary>
internal sealed class CorrectAddress(CorrectDelegate correctDelegate)
{
    public async Task<CorrectedAddress> RunAsync(IReadOnlyList<AddressOwner> owners, string address, Actor by, CancellationToken ct)
    {
        var names = new List<string>();
        foreach (var owner in owners)
        {
            if (owner.PlaceId is not { } place)
            {
                continue;
            }

            var outcome = await correctDelegate.RunAsync(owner.BookingId, place, owner.Name, address, ct);
            if (outcome.Result != DelegateChangeResult.Changed)
            {
                return new("", "not");
            }

            names.Add(owner.Name);
        }

        return new(names.Count == 0 ? "" : $"The address of {string.Join(" and ", names)} is corrected.");
    }
}
