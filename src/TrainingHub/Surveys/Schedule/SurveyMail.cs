using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys;

/// <summary>
/// Adds invitation and reminder emails to what is saved next, each with a private link of its own: only hashes of links are
/// stored, so an earlier one cannot be sent again. A message about several courses is on the record of the first one's booking.
/// </summary>
internal sealed class SurveyMail(TrainingHubDb db, IOptions<SiteOptions> site)
{
    // Mail programs keep "unsubscribe" for as long as the message: longer than any survey runs.
    private const int StopLinkDays = 400;

    /// <param name="asked">Courses of one person, at least one.</param>
    /// <param name="now"></param>
    /// <returns>The id of the outgoing email.</returns>
    public Guid AddInvitation(IReadOnlyList<InvitedDelegate> asked, DateTimeOffset now)
    {
        var asks = Asks(asked.Select(one => (one, now)), SurveyMoment.ThreeMonths, now);
        return Add(asked[0], new SurveyInvitationEmail(
            asked[0].Name, asks[0].Course, asks[0].AttendedOn, SurveyWords.ReadBy, asks[0].SurveyUrl, asks[0].ClosesOn, StopLink(asked[0], now), [.. asks.Skip(1)]), now);
    }

    /// <summary>How was it? On the day after.</summary>
    /// <param name="asked">Courses of one person, at least one.</param>
    /// <param name="moment">The end of a course, or an event.</param>
    /// <param name="waiting">Places whose certificate waits for the answers.</param>
    /// <param name="now"></param>
    /// <returns>The id of the outgoing email.</returns>
    public Guid AddEvaluation(IReadOnlyList<InvitedDelegate> asked, SurveyMoment moment, IReadOnlyDictionary<Guid, DateOnly> waiting, DateTimeOffset now)
    {
        var asks = Asks(asked.Select(one => (one, now)), moment, now, waiting);
        return Add(asked[0], new EvaluationEmail(asked[0].Name, asks, SurveyWords.ReadBy, StopLink(asked[0], now), IsEvent: moment == SurveyMoment.Event), now);
    }

    /// <param name="asked">Courses of one person, at least one, with when the invitation to each went out.</param>
    /// <param name="isLast">No other reminder follows about any of them.</param>
    /// <param name="now"></param>
    public void AddReminder(IReadOnlyList<(InvitedDelegate Invited, DateTimeOffset SentAt)> asked, bool isLast, DateTimeOffset now)
    {
        var (first, asks) = (asked[0].Invited, Asks(asked, SurveyMoment.ThreeMonths, now));
        Add(first, new SurveyReminderEmail(
            first.Name, asks[0].Course, asks[0].AttendedOn, SurveyWords.ReadBy, asks[0].SurveyUrl, asks[0].ClosesOn, StopLink(first, now), isLast, [.. asks.Skip(1)]), now);
    }

    private List<SurveyAsk> Asks(IEnumerable<(InvitedDelegate Invited, DateTimeOffset SentAt)> asked, SurveyMoment moment, DateTimeOffset now, IReadOnlyDictionary<Guid, DateOnly>? waiting = null) =>
        [.. asked.OrderBy(one => one.Invited.AttendedOn).Select(one => new SurveyAsk(
            one.Invited.Course, London.Words(one.Invited.AttendedOn), Link(one.Invited, SurveyTimes.ClosesAt(one.SentAt, moment), now), London.Words(SurveyTimes.ClosesOn(one.SentAt, moment)),
            waiting?.ContainsKey(one.Invited.PlaceId) == true))];

    private Guid Add(InvitedDelegate invited, IEmailMessage message, DateTimeOffset now)
    {
        var address = invited.Email ?? throw new ArgumentException("Nobody to write to.", nameof(invited));
        var email = OutgoingEmail.To(address, message, now, about: invited.BookingReference);
        db.Add(email);
        return email.Id;
    }

    private string Link(InvitedDelegate invited, DateTimeOffset closesAt, DateTimeOffset now)
    {
        var until = SurveyTimes.LinkExpiresAt(closesAt);
        return site.Value.Absolute(SurveyUrls.Link(SecretLink.Issue(db, SurveyInvitation.LinkPurpose, invited.InvitationId, now, until)));
    }

    private string StopLink(InvitedDelegate invited, DateTimeOffset now)
    {
        var person = invited.PersonId ?? throw new ArgumentException("Nobody to write to.", nameof(invited));
        var token = SecretLink.Issue(db, SurveyInvitation.StopPurpose, person, now, now.AddDays(StopLinkDays));
        return site.Value.Absolute(SurveyUrls.Stop(token));
    }
}
