using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

internal enum FeesOutcome
{
    Saved,

    /// <summary>Other fees begin on that day.</summary>
    DayTaken,

    /// <summary>The day is over: dates of the past keep the fee that they had.</summary>
    DayIsPast,

    /// <summary>The fees that the preview began with are no longer those in force before the day, or the classes of payers are others.</summary>
    ChangedSince,

    /// <summary>No such fees; or they are in force already, and stay.</summary>
    Unknown,
}

/// <param name="StartsOn">The first day on which they are in force.</param>
/// <param name="HalfDayPence">For one place.</param>
/// <param name="FullDayPence">For one place.</param>
/// <param name="Reason">Why they are what they are.</param>
/// <param name="From">The fees that they follow, as the preview showed them; null is none.</param>
/// <param name="OwnFees">Of courses with a fee of their own that is raised with the others.</param>
internal sealed record NewFees(DateOnly StartsOn, int HalfDayPence, int FullDayPence, string Reason, Guid? From, IReadOnlyList<NewOwnFee> OwnFees)
{
    /// <summary>One for each class in use but everybody's.</summary>
    public IReadOnlyList<NewClassFee> Classes { get; init; } = [];
}

/// <param name="PayerClassId">The class.</param>
/// <param name="HalfDayPence">For one place.</param>
/// <param name="FullDayPence">For one place.</param>
internal sealed record NewClassFee(Guid PayerClassId, int HalfDayPence, int FullDayPence);

/// <param name="From">The course's fee that it follows, as the preview showed it.</param>
/// <param name="PricePence">For one place.</param>
internal sealed record NewOwnFee(Guid From, int PricePence);

/// <summary>
/// Adds the half-day and full-day fees of a time to come, of each class of payers, with those of courses that are raised with them, or takes
/// back ones that are not in force yet. Places that are booked keep their price, because each holds its own; fees that were in force are never changed.
/// </summary>
internal sealed class SaveFees(TrainingHubDb db, TimeProvider clock)
{
    public async Task<FeesOutcome> AddAsync(NewFees fees, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (fees.StartsOn < London.DateOf(now))
        {
            return FeesOutcome.DayIsPast;
        }

        var before = await InForce(db, fees.StartsOn).FirstOrDefaultAsync(ct);
        if (before?.StartsOn == fees.StartsOn)
        {
            return FeesOutcome.DayTaken;
        }

        if (before?.Id != fees.From)
        {
            return FeesOutcome.ChangedSince;
        }

        var raised = await OwnFees.InForce(db, fees.StartsOn).Where(fee => fees.OwnFees.Select(own => own.From).Contains(fee.Id))
            .Join(db.Courses, fee => fee.CourseId, course => course.Id, (fee, course) => new { Fee = fee, course.Title })
            .OrderBy(own => own.Title).ToListAsync(ct);
        if (raised.Count < fees.OwnFees.Count || raised.Exists(own => own.Fee.StartsOn == fees.StartsOn))
        {
            return FeesOutcome.ChangedSince;
        }

        var classes = await PayerClass.InUse(db).Where(one => one.SortOrder != PayerClass.Everybody).Select(one => new { one.Id, one.Name }).ToListAsync(ct);
        if (!classes.Select(one => one.Id).ToHashSet().SetEquals(fees.Classes.Select(own => own.PayerClassId)))
        {
            return FeesOutcome.ChangedSince;
        }

        var schedule = new FeeSchedule
        {
            Id = Guid.CreateVersion7(now),
            StartsOn = fees.StartsOn,
            HalfDayPence = fees.HalfDayPence,
            FullDayPence = fees.FullDayPence,
            Reason = fees.Reason,
        };
        db.Add(schedule);
        var changes = new List<HistoryChange>();
        var ownBefore = before is null ? [] : await db.ClassFees.AsNoTracking().Where(fee => fee.FeeScheduleId == before.Id).ToDictionaryAsync(fee => fee.PayerClassId, ct);
        foreach (var payer in classes)
        {
            var (was, own) = (ownBefore.GetValueOrDefault(payer.Id), fees.Classes.First(one => one.PayerClassId == payer.Id));
            if ((own.HalfDayPence, own.FullDayPence) != (fees.HalfDayPence, fees.FullDayPence))
            {
                db.Add(new ClassFee { FeeScheduleId = schedule.Id, PayerClassId = payer.Id, HalfDayPence = own.HalfDayPence, FullDayPence = own.FullDayPence });
            }

            changes.Add(new($"Half day, {payer.Name}", Words(was?.HalfDayPence ?? before?.HalfDayPence), Words(own.HalfDayPence)));
            changes.Add(new($"Full day, {payer.Name}", Words(was?.FullDayPence ?? before?.FullDayPence), Words(own.FullDayPence)));
        }

        foreach (var own in raised)
        {
            var pence = fees.OwnFees.First(one => one.From == own.Fee.Id).PricePence;
            db.Add(new CourseFee { Id = Guid.CreateVersion7(now), CourseId = own.Fee.CourseId, StartsOn = fees.StartsOn, PricePence = pence, FeeScheduleId = schedule.Id });
            changes.Add(new(own.Title, Words(own.Fee.PricePence), Words(pence)));
        }

        HistoryEntry.Add<FeeSchedule>(db, schedule.Id, by, $"Fees from {London.Words(fees.StartsOn)} added", HistoryChange.Of(
        [
            new("Half day", Words(before?.HalfDayPence), Words(fees.HalfDayPence)),
            new("Full day", Words(before?.FullDayPence), Words(fees.FullDayPence)),
            .. changes,
        ]), now, fees.Reason);
        try
        {
            await db.SaveChangesAsync(ct);
            return FeesOutcome.Saved;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "ux_fee_schedules_starts_on" })
        {
            db.ChangeTracker.Clear();
            return FeesOutcome.DayTaken;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "ux_course_fees_course_id_starts_on" })
        {
            db.ChangeTracker.Clear();
            return FeesOutcome.ChangedSince;
        }
    }

    /// <summary>Takes back fees that no day has had yet, with those of courses that were raised with them.</summary>
    public async Task<FeesOutcome> RemoveAsync(Guid id, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        if (await db.FeeSchedules.SingleOrDefaultAsync(one => one.Id == id && one.StartsOn > today, ct) is not { } schedule)
        {
            return FeesOutcome.Unknown;
        }

        var own = await db.CourseFees.Where(fee => fee.FeeScheduleId == id)
            .Join(db.Courses, fee => fee.CourseId, course => course.Id, (fee, course) => new { Fee = fee, course.Title })
            .OrderBy(raised => raised.Title).ToListAsync(ct);
        var classes = await db.ClassFees.Where(fee => fee.FeeScheduleId == id)
            .Join(db.PayerClasses, fee => fee.PayerClassId, payer => payer.Id, (fee, payer) => new { Fee = fee, payer.Name, payer.SortOrder })
            .OrderBy(one => one.SortOrder).ToListAsync(ct);
        db.RemoveRange(own.Select(raised => raised.Fee));
        db.RemoveRange(classes.Select(one => one.Fee));
        db.Remove(schedule);
        HistoryEntry.Add<FeeSchedule>(db, id, by, $"Fees from {London.Words(schedule.StartsOn)} taken back",
            [
                new("Half day", Words(schedule.HalfDayPence), null),
                new("Full day", Words(schedule.FullDayPence), null),
                .. classes.SelectMany(one => new HistoryChange[]
                {
                    new($"Half day, {one.Name}", Words(one.Fee.HalfDayPence), null), new($"Full day, {one.Name}", Words(one.Fee.FullDayPence), null),
                }),
                .. own.Select(raised => new HistoryChange(raised.Title, Words(raised.Fee.PricePence), null)),
            ], now);
        try
        {
            await db.SaveChangesAsync(ct);
            return FeesOutcome.Saved;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return FeesOutcome.Unknown;
        }
    }

    /// <summary>The fees of a day first, then those before.</summary>
    public static IQueryable<FeeSchedule> InForce(TrainingHubDb db, DateOnly day) =>
        db.FeeSchedules.AsNoTracking().Where(one => one.StartsOn <= day).OrderByDescending(one => one.StartsOn);

    private static string? Words(int? pence) => pence is { } known ? new Money(known).ToString() : null;
}
