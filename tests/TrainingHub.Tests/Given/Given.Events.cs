using TrainingHub.Catalogue;
using TrainingHub.Platform.Email;

namespace TrainingHub.Tests;

/// <summary>A slot with its sessions, in the order in which they were said.</summary>
internal sealed record GivenSlot(Guid Id, IReadOnlyList<Guid> Sessions);

internal sealed partial class Given
{
    /// <summary>A date online of several days, each from half past nine for seven hours.</summary>
    public Task<CourseRun> RunOnDaysAsync(Guid course, params DateOnly[] days)
    {
        var facts = new RunFacts(days[0], Morning, Morning.AddHours(7), 20, DeliveryMode.Online, null, null, null, null, null);
        var meetings = days.Select(day => facts.On(day).EachMeeting[0]).ToList();
        return AddedAsync(AddRuns.NewRun(course, $"RUN-{NextNumber()}", facts with { Meetings = Meetings.Of(meetings) }, Now));
    }

    /// <summary>Somebody who wants the recording of that date.</summary>
    public Task<DateWish> RecordingWishAsync(CourseRun run, string email) => AddedAsync(new DateWish
    {
        Id = Guid.CreateVersion7(),
        CourseId = run.CourseId,
        RunId = run.Id,
        Email = email,
        EmailKey = EmailAddress.KeyOf(email),
        AskedAt = Now,
        EndsAt = Now.AddMonths(12),
    });

    /// <summary>A slot of an hour with sessions of so many places each; null is as many as come.</summary>
    public Task<GivenSlot> SlotAsync(Guid run, TimeOnly begins, params int?[] capacities) => SlotAsync(run, meeting: 1, begins, capacities);

    /// <summary>The same on one of several days.</summary>
    public async Task<GivenSlot> SlotAsync(Guid run, short meeting, TimeOnly begins, params int?[] capacities)
    {
        var slot = new EventSlot { Id = Guid.CreateVersion7(), RunId = run, Meeting = meeting, Begins = begins, Ends = begins.AddHours(1) };
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
