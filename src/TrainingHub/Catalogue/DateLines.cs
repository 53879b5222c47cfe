using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

internal static class DateLines
{
    // No meeting lasts so long.
    private const int LongestMeetingDays = 7;

    /// <summary>Joins dates with what is shown of them, in one statement. Order and limit are the caller's.</summary>
    public static IQueryable<DateLine> Of(TrainingHubDb db, IQueryable<CourseRun> runs) =>
        from run in runs.AsNoTracking()
        join course in db.Courses on run.CourseId equals course.Id
        from venue in db.Venues.Where(venue => venue.Id == run.VenueId).DefaultIfEmpty()
        from area in db.Areas.Where(area => area.Id == run.AreaId).DefaultIfEmpty()
        from provider in db.Providers.Where(provider => provider.Id == run.ProviderId).DefaultIfEmpty()
        from price in db.RunPrices.Where(price => price.RunId == run.Id).DefaultIfEmpty()
        from before in db.Courses.Where(before => before.Id == course.PrerequisiteId).DefaultIfEmpty()
        select new DateLine
        {
            Id = run.Id,
            CourseId = run.CourseId,
            Course = course.Title,
            Slug = course.Slug,
            Reference = run.Reference,
            StartsAt = run.StartsAt,
            EndsAt = run.EndsAt,
            Meetings = run.Meetings,
            RunsOn = run.RunsOn,
            Slot = run.Slot,
            Delivery = run.Delivery,
            Capacity = run.Capacity,
            PlacesTaken = run.PlacesTaken,
            PlacesLeft = run.PlacesLeft,
            PlacesWaitedFor = run.PlacesWaitedFor,
            BooksUntil = run.BooksUntil,
            MinimumPlaces = run.MinimumPlaces,
            HeldBackLeft = run.HeldBackLeft,
            HeldBackForId = run.HeldBackForId,
            HeldBackFor = db.Sectors.Where(sector => sector.Id == run.HeldBackForId).Select(sector => sector.Name).FirstOrDefault(),
            HeldBackUntil = run.HeldBackUntil,
            State = run.State,
            ChangeNumber = run.ChangeNumber,
            Venue = venue.Name,
            Address = venue.FullAddress,
            Town = venue.Town,
            Postcode = venue.Postcode,
            AreaId = run.AreaId,
            Area = area.LongName,
            IsForEveryArea = area.Kind == AreaKind.Everywhere,
            Provider = provider.Name,
            IsPublic = !course.IsDraft && course.ArchivedAt == null,
            Pence = price.Pence,
            PricedBy = price.Source,
            Length = price.Length,
            PricedFrom = price.StartsOn,
            ClassPrices = price.ClassPrices,
            Prerequisite = before == null
                ? null
                : Prerequisite.Of(course.PrerequisiteRule, before.Id, before.Title, before.IsDraft || before.ArchivedAt != null ? null : before.Slug),
        };

    public static Task<DateLine?> FindAsync(TrainingHubDb db, Guid run, CancellationToken ct) =>
        Of(db, db.CourseRuns.Where(known => known.Id == run)).SingleOrDefaultAsync(ct);

    /// <summary>Dates that can still be come to, full ones too.</summary>
    public static IQueryable<CourseRun> Coming(TrainingHubDb db, DateTimeOffset now) =>
        db.CourseRuns.Where(run => run.State == RunState.Scheduled && run.StartsAt > now);

    /// <summary>Those of them whose course visitors see.</summary>
    public static IQueryable<CourseRun> OfPublicCourses(TrainingHubDb db, DateTimeOffset now)
    {
        var courses = db.Courses.Where(Course.IsPublic);
        return Coming(db, now).Where(run => courses.Any(course => course.Id == run.CourseId));
    }

    /// <summary>Those of them that visitors see: a date without a fee is not finished.</summary>
    public static IQueryable<CourseRun> Public(TrainingHubDb db, DateTimeOffset now) =>
        OfPublicCourses(db, now).Where(run => db.RunPrices.Any(price => price.RunId == run.Id));

    /// <summary>Dates that the offer of a year counts: those that visitors see or saw, whether over or not.</summary>
    public static IQueryable<CourseRun> Offered(TrainingHubDb db, FinancialYear year)
    {
        var courses = db.Courses.Where(Course.IsPublic);
        return db.CourseRuns.Where(run => run.State == RunState.Scheduled && run.RunsOn >= year.From && run.RunsOn <= year.To
            && courses.Any(course => course.Id == run.CourseId) && db.RunPrices.Any(price => price.RunId == run.Id));
    }

    /// <summary>Those of them that take so many bookings at this moment.</summary>
    /// <param name="db"></param>
    /// <param name="now"></param>
    /// <param name="places">0 also gives the full ones.</param>
    /// <param name="sectorId">Of who books: what is held back for it counts. Null when it is not known.</param>
    public static IQueryable<CourseRun> Bookable(TrainingHubDb db, DateTimeOffset now, int places, Guid? sectorId = null) =>
        Public(db, now).Where(run => (run.BooksUntil == null || run.BooksUntil > now)
            && Math.Max(0, run.PlacesLeft - (run.HeldBackUntil > now ? Math.Min(run.HeldBackLeft, run.PlacesLeft) : 0) - run.PlacesWaitedFor)
                + (run.HeldBackUntil > now && run.HeldBackForId == sectorId ? Math.Min(run.HeldBackLeft, run.PlacesLeft) : 0) >= places);

    /// <summary>Dates of the next so many days that have fewer people than their minimum.</summary>
    public static IQueryable<CourseRun> WithTooFew(TrainingHubDb db, DateTimeOffset now, int days) =>
        Coming(db, now).Where(run => run.PlacesTaken < run.MinimumPlaces && run.StartsAt < now.AddDays(days));

    /// <summary>Online dates of the next two weeks that nobody could join: whoever is booked is promised the link before the date.</summary>
    public static IQueryable<CourseRun> WithoutJoiningLink(TrainingHubDb db, DateTimeOffset now) =>
        Coming(db, now).Where(run => run.Delivery == DeliveryMode.Online && run.JoiningLink == null && run.StartsAt < now.AddDays(14));

    /// <summary>
    /// Dates of the next four weeks that lack a venue, a trainer or a fee, and those of the next two without a joining link: what has to be
    /// known before people come.
    /// </summary>
    public static IQueryable<CourseRun> Lacking(TrainingHubDb db, DateTimeOffset now) =>
        Coming(db, now).Where(run => run.StartsAt < now.AddDays(28)
            && ((run.Delivery == DeliveryMode.InPerson && run.VenueId == null)
                || (run.Delivery == DeliveryMode.Online && run.JoiningLink == null && run.StartsAt < now.AddDays(14))
                || run.ProviderId == null
                // One date at a time: asked whether there is any, the server works out the prices of all dates first.
                || (run.FeePence == null && db.RunPrices.Where(price => price.RunId == run.Id).Select(price => (int?)price.Pence).FirstOrDefault() == null)));

    /// <summary>Dates of the next so many days on which more than half of the places are free, and that are not among those with too few.</summary>
    public static IQueryable<CourseRun> HalfEmpty(TrainingHubDb db, DateTimeOffset now, int days) =>
        Coming(db, now).Where(run => run.PlacesLeft * 2 > run.Capacity && (run.MinimumPlaces == null || run.PlacesTaken >= run.MinimumPlaces)
            && run.StartsAt < now.AddDays(days));

    /// <summary>
    /// No date that is not over yet began before it. With it a list of dates that come begins in the index where they do, and not with the
    /// first date that there ever was: only a date of several meetings can have begun days ago.
    /// </summary>
    public static async Task<DateTimeOffset> EarliestStartAsync(TrainingHubDb db, DateTimeOffset now, CancellationToken ct)
    {
        var running = await db.CourseRuns.Where(run => run.Meetings != null && run.EndsAt >= now).MinAsync(run => (DateTimeOffset?)run.StartsAt, ct);
        var recent = now.AddDays(-LongestMeetingDays);
        return running < recent ? running.Value : recent;
    }

    /// <summary>Dates that took place: not cancelled, and over.</summary>
    public static IQueryable<CourseRun> Delivered(TrainingHubDb db, DateTimeOffset now) =>
        db.CourseRuns.FromSql($"select * from delivered_runs({now})");
}
