using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

internal enum ProgrammeFeeRefusal
{
    /// <summary>Another price of the same class begins on that day.</summary>
    DayTaken,

    /// <summary>The day is over: dates of the past keep the price that they had.</summary>
    DayIsPast,

    /// <summary>There is no price that could end.</summary>
    NothingToEnd,

    /// <summary>The programme has one module or none, or more than fit into an order.</summary>
    ModulesDoNotFit,

    /// <summary>No such class in use, or no such price that is not in force yet.</summary>
    Unknown,
}

/// <param name="Outcome">Saved also when it was refused for another reason.</param>
/// <param name="Refusal">Null when it was done.</param>
internal sealed record SavedProgrammeFee(EditOutcome Outcome, ProgrammeFeeRefusal? Refusal = null);

/// <summary>
/// Adds the price of a programme as a whole from a day on, or its end, or takes back one that is not in force yet. Prices in force are never
/// changed, and places that are booked keep theirs. Each act is one on the programme, with its version and history.
/// </summary>
internal sealed class SaveProgrammeFee(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="programmeId">The programme.</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="payerClassId">Whose price it is.</param>
    /// <param name="startsOn">The first day: today or later.</param>
    /// <param name="pence">For all modules together, more than nothing; null ends the price.</param>
    /// <param name="by">Who acts.</param>
    /// <param name="ct">To stop.</param>
    public async Task<SavedProgrammeFee> AddAsync(Guid programmeId, int version, Guid payerClassId, DateOnly startsOn, int? pence, Actor by, CancellationToken ct)
    {
        if (pence <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(pence), pence, "A price is more than nothing.");
        }

        if (await db.Programmes.SingleOrDefaultAsync(one => one.Id == programmeId, ct) is not { } programme)
        {
            return new(EditOutcome.Unknown);
        }

        if (await PayerClass.InUse(db).FirstOrDefaultAsync(one => one.Id == payerClassId, ct) is not { } payer)
        {
            return Refused(ProgrammeFeeRefusal.Unknown);
        }

        var now = clock.GetUtcNow();
        if (startsOn < London.DateOf(now))
        {
            return Refused(ProgrammeFeeRefusal.DayIsPast);
        }

        var before = await db.ProgrammeFees.AsNoTracking().Where(fee => fee.ProgrammeId == programmeId && fee.PayerClassId == payerClassId && fee.StartsOn <= startsOn)
            .OrderByDescending(fee => fee.StartsOn).FirstOrDefaultAsync(ct);
        if (before?.StartsOn == startsOn)
        {
            return Refused(ProgrammeFeeRefusal.DayTaken);
        }

        if (pence is null && before?.PricePence is null)
        {
            return Refused(ProgrammeFeeRefusal.NothingToEnd);
        }

        var modules = await db.Courses.CountAsync(course => course.ProgrammeId == programmeId && course.ArchivedAt == null, ct);
        if (pence is not null && modules is < 2 or > WholePrice.MostModules)
        {
            return Refused(ProgrammeFeeRefusal.ModulesDoNotFit);
        }

        db.Add(new ProgrammeFee { Id = Guid.CreateVersion7(now), ProgrammeId = programmeId, PayerClassId = payerClassId, StartsOn = startsOn, PricePence = pence });
        return await SaveAsync(
            programme, version, by, $"Price as a whole from {London.Words(startsOn)} {(pence is null ? "ended" : "added")}", new(What(payer), Words(before), Words(pence)), now, ct);
    }

    /// <summary>Takes back a price that no day has had yet.</summary>
    public async Task<SavedProgrammeFee> RemoveAsync(Guid programmeId, int version, Guid feeId, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        if (await db.Programmes.SingleOrDefaultAsync(one => one.Id == programmeId, ct) is not { } programme)
        {
            return new(EditOutcome.Unknown);
        }

        if (await db.ProgrammeFees.SingleOrDefaultAsync(one => one.Id == feeId && one.ProgrammeId == programmeId && one.StartsOn > today, ct) is not { } fee)
        {
            return Refused(ProgrammeFeeRefusal.Unknown);
        }

        var payer = await db.PayerClasses.AsNoTracking().SingleAsync(one => one.Id == fee.PayerClassId, ct);
        db.Remove(fee);
        return await SaveAsync(programme, version, by, $"Price as a whole from {London.Words(fee.StartsOn)} taken back", new(What(payer), Words(fee), null), now, ct);
    }

    private async Task<SavedProgrammeFee> SaveAsync(Programme programme, int version, Actor by, string act, HistoryChange change, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            return new(await Edit.ChangeAsync(db, programme, version, by, act, [change], now, ct));
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "ux_programme_fees_programme_id_payer_class_id_starts_on" })
        {
            // The other one was first, and raised the version too.
            return new(EditOutcome.ChangedSince);
        }
    }

    private SavedProgrammeFee Refused(ProgrammeFeeRefusal refusal)
    {
        db.ChangeTracker.Clear();
        return new(EditOutcome.Saved, refusal);
    }

    private static string What(PayerClass payer) => payer.IsEverybody ? "All modules together" : $"All modules together, {payer.Name}";

    private static string? Words(ProgrammeFee? fee) => Words(fee?.PricePence);

    private static string? Words(int? pence) => pence is { } known ? new Money(known).ToString() : null;
}
