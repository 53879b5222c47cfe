using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>The programme of an event as one delegate sees it: where they choose, what they chose, and until when.</summary>
/// <param name="Programme">With at least one slot.</param>
/// <param name="Chosen">The session by its slot.</param>
/// <param name="IsOpen">Whether they can still choose.</param>
/// <param name="ClosesWords">"until the end of 3 March 2027".</param>
internal sealed record OwnSessions(EventProgramme Programme, IReadOnlyDictionary<Guid, Guid> Chosen, bool IsOpen, string ClosesWords)
{
    /// <summary>What the field of a slot is called in the form.</summary>
    public static string FieldOf(Guid slot) => $"session-{slot:N}";

    /// <summary>How many slots still want a choice.</summary>
    public int Missing => Programme.Slots.Count(slot => slot.IsChoice && !Chosen.ContainsKey(slot.Id));

    public string WhenOf(Guid slot) => Programme.Slots.Single(one => one.Id == slot).When;

    /// <summary>Of the session that is chosen in the slot.</summary>
    public string TitleOf(Guid slot) => Programme.Slots.Single(one => one.Id == slot).Sessions.Single(session => session.Id == Chosen[slot]).Title;

    /// <summary>The same as it is now, with what somebody asked for still chosen.</summary>
    public OwnSessions Asking(IReadOnlyDictionary<Guid, Guid> wanted, OwnSessions? fresh) =>
        (fresh ?? this) with { Chosen = Chosen.Where(one => !wanted.ContainsKey(one.Key)).Concat(wanted).ToDictionary() };

    /// <returns>Null when the date has no programme.</returns>
    public static async Task<OwnSessions?> ReadAsync(TrainingHubDb db, Guid placeId, DateLine date, DateTimeOffset now, CancellationToken ct)
    {
        var programme = await EventProgramme.ReadAsync(db, date.Id, ct);
        if (programme.Slots.Count == 0)
        {
            return null;
        }

        var chosen = await db.SessionChoices.AsNoTracking().Where(choice => choice.PlaceId == placeId)
            .ToDictionaryAsync(choice => choice.SlotId, choice => choice.SessionId, ct);
        return new(
            programme, chosen, now < EventPlan.ClosesAt(programme.ChooseLastOn, date.StartsAt), EventPlan.ClosesWords(programme.ChooseLastOn, date.StartsAt));
    }
}
