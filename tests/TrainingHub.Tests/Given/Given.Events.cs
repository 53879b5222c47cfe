using TrainingHub.Catalogue;

namespace TrainingHub.Tests;

/// <summary>A slot with its sessions, in the order in which they were said.</summary>
internal sealed record GivenSlot(Guid Id, IReadOnlyList<Guid> Sessions);

internal sealed partial class Given
{
    /// <summary>A slot of an hour with sessions of so many places each; null is as many as come.</summary>
    public async Task<GivenSlot> SlotAsync(Guid run, TimeOnly begins, params int?[] capacities)
    {
        var slot = new EventSlot { Id = Guid.CreateVersion7(), RunId = run, Begins = begins, Ends = begins.AddHours(1) };
        var sessions = capacities
            .Select((capacity, index) => new EventSession
            {
                Id = Guid.CreateVersion7(Now.AddMilliseconds(NextNumber())),
                SlotId = slot.Id,
                Title = $"Session {begins:H\\:mm} {(char)('A' + index)}",
                Speakers = "Sam Speaker",
                Room = $"Room {index + 1}",
                Capacity = capacity,
            })
            .ToList();
        await AddAsync([slot, .. sessions]);
        return new(slot.Id, [.. sessions.Select(session => session.Id)]);
    }
}
