using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>
/// Tells those who asked that a course has dates that visitors can book, and forgets them in the same transaction, so that nobody is
/// told twice; forgets those whose twelve months are over. If it dies half-way the next run finds the rest; two nodes share the rows.
/// </summary>
internal sealed class TellOfDates(TrainingHubDb db, TimeProvider clock, ApplyRetention retention, IOptions<SiteOptions> site) : IJob
{
    private const int Batch = 200;
    private const int MostDates = 5;

    public static TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await retention.RunAsync(nameof(TellOfDates), ct);
        var courses = await DateLines.Bookable(db, now, places: 0).Select(run => run.CourseId).Distinct()
            .Where(course => db.DateWishes.Any(wish => wish.CourseId == course && wish.RunId == null)).ToListAsync(ct);
        var told = 0;
        foreach (var course in courses)
        {
            told += await TellAsync(course, now, ct);
        }

        return told;
    }

    private async Task<int> TellAsync(Guid course, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.ChangeTracker.Clear();
        var wishes = await db.DateWishes
            .FromSql($"select * from date_wishes where course_id = {course} and run_id is null order by asked_at, id limit {Batch} for update skip locked")
            .ToListAsync(ct);
        var runs = DateLines.Bookable(db, now, places: 0).Where(run => run.CourseId == course);
        var dates = await DateLines.Of(db, runs).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(MostDates).ToListAsync(ct);
        if (wishes.Count == 0 || dates.Count == 0)
        {
            return 0;
        }

        var more = await runs.CountAsync(ct) - dates.Count;
        foreach (var wish in wishes)
        {
            var message = new DatesPublishedEmail(
                dates[0].Course,
                [.. dates.Select(date => $"{date.When}, {date.Where}")],
                more,
                London.Words(London.DateOf(wish.AskedAt)),
                site.Value.Absolute(CatalogueUrls.Course(dates[0].Slug)));
            db.Add(OutgoingEmail.To(wish.Email, message, now));
        }

        db.RemoveRange(wishes);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return wishes.Count;
    }
}
