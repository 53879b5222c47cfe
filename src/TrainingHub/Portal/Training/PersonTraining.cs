using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Surveys;

namespace TrainingHub.Portal;

/// <summary>A place that a person has or had, with what they may want to know of it.</summary>
/// <param name="Place"></param>
/// <param name="Date"></param>
/// <param name="Level">Of the course; null when it has none.</param>
/// <param name="RenewBy">When the course should be done again; null when it was not attended, need not be, or was done again since.</param>
/// <param name="Survey">That they are or will be asked what has changed, in words; null when there is nothing to expect. Never whether or what they answered.</param>
/// <param name="CertificateWaits">Its certificate comes once they have said how the course was.</param>
internal sealed record TrainedDate(SeenPlace Place, DateLine Date, string? Level, DateOnly? RenewBy, string? Survey, bool CertificateWaits = false)
{
    /// <summary>"3 hours", "2 hours 30 minutes": all meetings of the date together.</summary>
    public string Hours => CertificateWords.Length((int)Date.EachMeeting.Sum(meeting => (meeting.EndsAt - meeting.StartsAt).TotalMinutes));
}

/// <summary>How far somebody is through a programme.</summary>
internal sealed record ProgrammeProgress(string Title, string Slug, IReadOnlyList<ModuleProgress> Modules)
{
    public int Attended => Modules.Count(module => module.AttendedOn is not null);

    /// <summary>Neither attended nor booked.</summary>
    public int Missing => Modules.Count(module => module.IsMissing);

    /// <summary>The first date on which a missing module can be booked; from its booking form the others can be added. Null when there is none.</summary>
    public Guid? BookOn => Modules.Where(module => module.NextRunId is not null).OrderBy(module => module.NextOn).Select(module => module.NextRunId).FirstOrDefault();
}

/// <param name="Number">Of the module; null when it has none.</param>
/// <param name="Title"></param>
/// <param name="Slug"></param>
/// <param name="AttendedOn">The last time.</param>
/// <param name="BookedOn">The next date that they are booked on, when it was not attended.</param>
internal sealed record ModuleProgress(int? Number, string Title, string Slug, DateOnly? AttendedOn, DateOnly? BookedOn)
{
    public bool IsMissing => AttendedOn is null && BookedOn is null;

    /// <summary>The next date with a place, when it is missing; null when there is none.</summary>
    public Guid? NextRunId { get; init; }
    public DateOnly? NextOn { get; init; }
}

/// <summary>What one person learned and will learn here.</summary>
internal sealed record PersonTraining(IReadOnlyList<TrainedDate> Coming, IReadOnlyList<TrainedDate> Past, IReadOnlyList<ProgrammeProgress> Programmes)
{
    private const int Most = 500;

    public static async Task<PersonTraining> ReadAsync(TrainingHubDb db, WaitingCertificates certificates, Guid person, DateTimeOffset now, CancellationToken ct)
    {
        var places = await SeenPlace.Of(db, db.Places.Where(place => place.PersonId == person), db.Bookings).Take(Most).ToListAsync(ct);
        var runs = (await BookingSummaries.RunsAsync(db, places.Select(place => place.RunId), ct)).ToDictionary(run => run.Id);
        var courseIds = places.Select(place => place.CourseId).Distinct().ToList();
        var courses = await db.Courses.Where(course => courseIds.Contains(course.Id)).AsNoTracking()
            .Select(course => new CourseFacts(course.Id, course.Level, course.RenewalMonths, course.ProgrammeId)).ToDictionaryAsync(course => course.Id, ct);
        var surveys = await SurveysAsync(db, person, now, ct);
        var waiting = await certificates.OfAsync(places.ConvertAll(place => place.PlaceId), now, ct);
        var dates = places.Where(place => place.IsLive).Select(place => new TrainedDate(
            place, runs[place.RunId], courses[place.CourseId].Level, RenewBy(place, places, courses[place.CourseId], now), surveys.GetValueOrDefault(place.PlaceId), waiting.ContainsKey(place.PlaceId))).ToList();
        return new(
            [.. dates.Where(date => now < date.Date.EndsAt)],
            [.. dates.Where(date => now >= date.Date.EndsAt && date.Place.PlaceState == PlaceState.Confirmed).OrderByDescending(date => date.Date.StartsAt)],
            await ProgrammesAsync(db, places, courses, now, ct));
    }

    private sealed record CourseFacts(Guid Id, string? Level, int? RenewalMonths, Guid? ProgrammeId);

    private static bool WasAttended(SeenPlace place, DateTimeOffset now) => place.StateAt(now) is SeenState.Attended or SeenState.AttendedPart;

    private static DateOnly? RenewBy(SeenPlace place, List<SeenPlace> all, CourseFacts course, DateTimeOffset now) =>
        course.RenewalMonths is { } months && WasAttended(place, now)
        && !all.Exists(other => other.CourseId == place.CourseId && other.RunsOn > place.RunsOn && WasAttended(other, now))
            ? London.DateOf(place.EndsAt).AddMonths(months)
            : null;

    private static async Task<Dictionary<Guid, string>> SurveysAsync(TrainingHubDb db, Guid person, DateTimeOffset now, CancellationToken ct)
    {
        var waiting = await (
            from invitation in db.SurveyInvitations
            join place in db.Places on invitation.PlaceId equals place.Id
            where place.PersonId == person
            && invitation.Moment == SurveyMoment.ThreeMonths
            && (invitation.State == InvitationState.Scheduled || (invitation.State == InvitationState.Sent && invitation.ClosesAt > now))
            select new { invitation.PlaceId, invitation.State, invitation.DueOn, invitation.ClosesAt }).ToListAsync(ct);
        return waiting.ToDictionary(
            one => one.PlaceId,
            one => one is { State: InvitationState.Sent, ClosesAt: { } closes }
                ? $"Three-month survey open until {London.Words(London.DateOf(closes))}: use the link in our email"
                : $"We ask on {London.Words(one.DueOn)} what has changed in your work");
    }

    // Programmes of which somebody has attended or booked a module.
    private static async Task<IReadOnlyList<ProgrammeProgress>> ProgrammesAsync(
        TrainingHubDb db, List<SeenPlace> places, Dictionary<Guid, CourseFacts> courses, DateTimeOffset now, CancellationToken ct)
    {
        var live = places.Where(place => place.IsLive).ToList();
        var begun = live.Select(place => courses[place.CourseId].ProgrammeId).OfType<Guid>().Distinct().ToList();
        var programmes = await db.Programmes.AsNoTracking().Where(programme => begun.Contains(programme.Id) && programme.ArchivedAt == null)
            .OrderBy(programme => programme.Title).Select(programme => new { programme.Id, programme.Title, programme.Slug }).ToListAsync(ct);
        var modules = await db.Courses.AsNoTracking().Where(Course.IsPublic).Where(course => course.ProgrammeId != null && begun.Contains(course.ProgrammeId.Value))
            .OrderBy(course => course.ModuleNumber).ThenBy(course => course.Title)
            .Select(course => new { course.Id, course.ProgrammeId, course.ModuleNumber, course.Title, course.Slug }).ToListAsync(ct);
        var moduleIds = modules.ConvertAll(module => module.Id);
        var open = await DateLines.Bookable(db, now, 1).Where(run => moduleIds.Contains(run.CourseId)).OrderBy(run => run.StartsAt).ThenBy(run => run.Id)
            .Select(run => new { run.Id, run.CourseId, run.RunsOn }).Take(Most).ToListAsync(ct);
        return [.. programmes.Select(programme => new ProgrammeProgress(programme.Title, programme.Slug, [.. modules.Where(module => module.ProgrammeId == programme.Id).Select(module =>
        {
            var own = live.Where(place => place.CourseId == module.Id).ToList();
            DateOnly? attended = own.Where(place => WasAttended(place, now)).Select(place => (DateOnly?)place.RunsOn).Max();
            DateOnly? booked = attended is null ? own.Where(place => now < place.EndsAt).Select(place => (DateOnly?)place.RunsOn).Min() : null;
            var next = attended is null && booked is null ? open.Find(run => run.CourseId == module.Id) : null;
            return new ModuleProgress(module.ModuleNumber, module.Title, module.Slug, attended, booked) { NextRunId = next?.Id, NextOn = next?.RunsOn };
        })]))];
    }
}
