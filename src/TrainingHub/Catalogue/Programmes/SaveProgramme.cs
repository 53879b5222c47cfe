using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Why a programme cannot be as staff want it to be.</summary>
internal enum ProgrammeRefusal
{
    /// <summary>One course stands in two lines.</summary>
    CourseTwice,

    /// <summary>A course is a module of another programme, or there is no such course.</summary>
    CourseNotFree,
}

/// <param name="Outcome">Saved also when it was refused for another reason.</param>
/// <param name="Refusal">Null when it was done.</param>
internal sealed record SavedProgramme(EditOutcome Outcome, ProgrammeRefusal? Refusal = null);

/// <summary>
/// Adds a programme, or changes what is said of one and which courses are its modules. Each course that this changes gets a version and
/// an entry of history of its own, in the same transaction: whoever has its form open is told. A programme keeps its address.
/// </summary>
internal sealed class SaveProgramme(TrainingHubDb db, TimeProvider clock)
{
    public async Task<SavedProgramme> AddAsync(Guid id, ProgrammeFacts facts, Actor by, CancellationToken ct)
    {
        if (await IsTakenAsync(id, facts.Title, ct))
        {
            return new(EditOutcome.NameTaken);
        }

        var modules = await ProgrammeModules.ReadAsync(db, id, facts, ct);
        if (modules.WhyNot() is { } refusal)
        {
            return Refused(refusal);
        }

        var slug = CourseFinder.SlugOf(facts.Title);
        var taken = await db.Programmes.Where(other => other.Slug.StartsWith(slug)).Select(other => other.Slug).ToListAsync(ct);
        var programme = new Programme { Id = id, Slug = CourseFinder.FreeSlug(slug, taken.Contains), Title = facts.Title, Summary = facts.Summary };
        var now = clock.GetUtcNow();
        IReadOnlyList<HistoryChange> changes = [.. facts.ChangesFrom(new ProgrammeFacts(), modules.Titles), .. modules.Set(db, by, now)];
        return new(await Edit.AddAsync(db, programme, by, changes, now, ct));
    }

    /// <param name="id">The programme.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="facts">All of them, changed or not.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<SavedProgramme> ChangeAsync(Guid id, int version, ProgrammeFacts facts, Actor by, CancellationToken ct)
    {
        if (await db.Programmes.SingleOrDefaultAsync(programme => programme.Id == id, ct) is not { } programme)
        {
            return new(EditOutcome.Unknown);
        }

        if (await IsTakenAsync(id, facts.Title, ct))
        {
            return new(EditOutcome.NameTaken);
        }

        var modules = await ProgrammeModules.ReadAsync(db, id, facts, ct);
        if (modules.WhyNot() is { } refusal)
        {
            return Refused(refusal);
        }

        var now = clock.GetUtcNow();
        var before = modules.FactsOf(programme);
        IReadOnlyList<HistoryChange> changes = [.. facts.ChangesFrom(before, modules.Titles), .. modules.Set(db, by, now)];
        if (changes.Count == 0)
        {
            db.ChangeTracker.Clear();
            return new(EditOutcome.Saved);
        }

        var entry = db.Entry(programme);
        entry.Property(edited => edited.Title).CurrentValue = facts.Title;
        entry.Property(edited => edited.Summary).CurrentValue = facts.Summary;
        return new(await Edit.ChangeAsync(db, programme, version, by, "Changed", changes, now, ct));
    }

    private SavedProgramme Refused(ProgrammeRefusal refusal)
    {
        db.ChangeTracker.Clear();
        return new(EditOutcome.Saved, refusal);
    }

    private Task<bool> IsTakenAsync(Guid id, string title, CancellationToken ct)
    {
        var pattern = Likeness.Whole(title);
        return db.Programmes.AnyAsync(other => other.Id != id && EF.Functions.ILike(other.Title, pattern), ct);
    }
}
