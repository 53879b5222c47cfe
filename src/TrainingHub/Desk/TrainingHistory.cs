using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub.Desk;

/// <summary>One person on one date, with how it went.</summary>
internal sealed record TrainedPlace(
    Guid RunId, string Course, DateOnly RunsOn, Guid? PersonId, string? Name, string Reference, string? Organisation, PlaceState State, Mark? Mark,
    InvitationState? Invitation)
{
    /// <summary>Whether they were asked three months later, and whether they answered. What they answered is confidential and not read here.</summary>
    public string? Survey => Invitation switch
    {
        InvitationState.Scheduled => "To be asked",
        InvitationState.Sent => "Asked",
        InvitationState.Answered => "Answered",
        InvitationState.Closed => "Asked, no answer",
        InvitationState.Missed => "Not asked",
        InvitationState.Stopped => "Wants no surveys",
        InvitationState.Withdrawn or null => null,
    };

    /// <summary>"Attended", "Cancelled", or what is known so far.</summary>
    public string Words => State switch
    {
        PlaceState.Held => "Not confirmed yet",
        PlaceState.Confirmed => Mark is { } mark ? mark.ToString() : "Booked",
        PlaceState.Cancelled => "Cancelled",
        PlaceState.Expired => "Released",
    };
}

/// <summary>Who was on which date: of an organisation, or of a person.</summary>
internal static class TrainingHistory
{
    public static IQueryable<TrainedPlace> OfOrganisation(TrainingHubDb db, Guid organisation) =>
        Of(db, db.Places.Where(place => db.Bookings.Any(booking => booking.Id == place.BookingId && booking.OrganisationId == organisation)));

    public static IQueryable<TrainedPlace> OfPerson(TrainingHubDb db, Guid person) => Of(db, db.Places.Where(place => place.PersonId == person));

    public static async Task<TextTable> TableAsync(IQueryable<TrainedPlace> places, CancellationToken ct) => new(
        ["date", "course", "name", "organisation", "booking", "state"],
        [.. (await places.Take(ListFile.MostRows).ToListAsync(ct)).Select(place => new[]
        {
            place.RunsOn.ToString("O", CultureInfo.InvariantCulture), place.Course, place.Name ?? "", place.Organisation ?? "", place.Reference, place.Words,
        })]);

    /// <summary>The last date first.</summary>
    private static IQueryable<TrainedPlace> Of(TrainingHubDb db, IQueryable<Place> places) =>
        from place in places.AsNoTracking()
        join booking in db.Bookings on place.BookingId equals booking.Id
        join run in db.CourseRuns on place.RunId equals run.Id
        join course in db.Courses on run.CourseId equals course.Id
        orderby run.StartsAt descending, place.DelegateName, place.Id
        select new TrainedPlace(
            run.Id, course.Title, run.RunsOn, place.PersonId, place.DelegateName, booking.Reference, booking.OrganisationName, place.State,
            db.AttendanceMarks.Where(mark => mark.PlaceId == place.Id).Select(mark => (Mark?)mark.Mark).FirstOrDefault(),
            db.SurveyInvitations.Where(invitation => invitation.PlaceId == place.Id && invitation.Moment == SurveyMoment.ThreeMonths).Select(invitation => (InvitationState?)invitation.State).FirstOrDefault());
}
