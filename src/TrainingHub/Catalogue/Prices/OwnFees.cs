using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

/// <summary>A course's own fee as it is in force on the first day of an uplift, and what it would become.</summary>
/// <param name="FeeId">Of the fee that it has.</param>
/// <param name="Pence">For one place.</param>
/// <param name="RaisedPence">By the percentage, rounded as the fees of its length are; a free course stays free.</param>
/// <param name="StartsOn">Since when it has the fee.</param>
/// <param name="Dates">Coming dates on that day and later that this fee decides.</param>
internal sealed record OwnFee(Guid FeeId, Guid CourseId, string Course, int Pence, int RaisedPence, DateOnly StartsOn, int Dates)
{
    /// <summary>Whether there is anything to raise: not what is free, and not what begins on that very day.</summary>
    public bool CanBeRaised(DateOnly day) => RaisedPence != Pence && StartsOn < day;
}

/// <summary>The courses that no schedule prices, when the schedules are raised.</summary>
internal static class OwnFees
{
    /// <param name="db">Where they are.</param>
    /// <param name="form">Checked: the day, the percentage and the two roundings are there.</param>
    /// <param name="now">Dates after this are coming.</param>
    /// <param name="ct">To stop.</param>
    public static async Task<IReadOnlyList<OwnFee>> RaisedAsync(TrainingHubDb db, UpliftFacts form, DateTimeOffset now, CancellationToken ct)
    {
        if (form is not { StartsOn: { } day, Hundredths: { } hundredths, HalfDay: { } half, FullDay: { } full })
        {
            return [];
        }

        var fees = await (
            from fee in InForce(db, day)
            join course in db.Courses.Where(course => course.ArchivedAt == null) on fee.CourseId equals course.Id
            orderby course.Title, course.Id
            select new
            {
                fee.Id,
                fee.CourseId,
                course.Title,
                course.Length,
                fee.PricePence,
                fee.StartsOn,
                Dates = DateLines.Coming(db, now).Count(run => run.CourseId == course.Id && run.FeePence == null && run.RunsOn >= day
                    && !db.CourseFees.Any(later => later.CourseId == course.Id && later.StartsOn > day && later.StartsOn <= run.RunsOn)),
            }).ToListAsync(ct);
        return fees.ConvertAll(fee => new OwnFee(
            fee.Id, fee.CourseId, fee.Title, fee.PricePence, Uplift.Of(fee.PricePence, hundredths, RoundingOf(fee.Length, half, full)), fee.StartsOn, fee.Dates));
    }

    /// <summary>The own fee of each course that has one on that day.</summary>
    public static IQueryable<CourseFee> InForce(TrainingHubDb db, DateOnly day) => db.CourseFees.AsNoTracking().Where(fee => fee.StartsOn <= day
        && !db.CourseFees.Any(later => later.CourseId == fee.CourseId && later.StartsOn > fee.StartsOn && later.StartsOn <= day));

    // A course whose length nobody said is priced like a day.
    private static Rounding RoundingOf(CourseLength? length, Rounding half, Rounding full) => length switch
    {
        CourseLength.HalfDay => half,
        CourseLength.FullDay or null => full,
    };
}
