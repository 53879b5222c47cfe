using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// Adds a venue, or changes what is said of one. Its dates stay as they are: pages say the new facts at once, and
/// nobody is told, for a changed text moves no date. Two venues never have one name, in capitals or not.
/// </summary>
internal sealed class SaveVenue(TrainingHubDb db, TimeProvider clock)
{
    public async Task<EditOutcome> AddAsync(Guid id, VenueFacts facts, Actor by, CancellationToken ct)
    {
        if (await IsTakenAsync(id, facts.Name, ct))
        {
            return EditOutcome.NameTaken;
        }

        var venue = new Venue { Id = id, Name = facts.Name };
        db.Entry(venue).CurrentValues.SetValues(facts);
        return await Edit.AddAsync(db, venue, by, facts.ChangesFrom(new VenueFacts()), clock.GetUtcNow(), ct);
    }

    /// <param name="id">The venue.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<EditOutcome> ChangeAsync(Guid id, int version, VenueFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.Venues.SingleOrDefaultAsync(venue => venue.Id == id, ct) is not { } venue)
        {
            return EditOutcome.Unknown;
        }

        var changes = facts.ChangesFrom(VenueFacts.Of(venue));
        if (changes.Count == 0)
        {
            return EditOutcome.Saved;
        }

        if (await IsTakenAsync(id, facts.Name, ct))
        {
            return EditOutcome.NameTaken;
        }

        db.Entry(venue).CurrentValues.SetValues(facts);
        return await Edit.ChangeAsync(db, venue, version, by, "Changed", changes, clock.GetUtcNow(), ct);
    }

    private Task<bool> IsTakenAsync(Guid id, string name, CancellationToken ct)
    {
        var pattern = Likeness.Whole(name);
        return db.Venues.AnyAsync(venue => venue.Id != id && EF.Functions.ILike(venue.Name, pattern), ct);
    }
}
