using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys;

/// <summary>
/// Adds invitation and reminder emails to what is saved next, each with a private link of its own: only hashes of links are
/// stored, so an earlier one cannot be sent again.
/// </summary>
internal sealed class SurveyMail(TrainingHubDb db, IOptions<SiteOptions> site)
{
    // Mail programs keep "unsubscribe" for as long as the message: longer than any survey runs.
    private const int StopLinkDays = 400;

    /// <returns>The id of the outgoing email.</returns>
    public Guid AddInvitation(InvitedDelegate invited, DateTimeOffset now) =>
        Add(invited, new SurveyInvitationEmail(
            invited.Name, invited.Course, London.Words(invited.AttendedOn), SurveyWords.ReadBy,
            Link(invited, SurveyTimes.ClosesAt(now), now), London.Words(SurveyTimes.ClosesOn(now)), StopLink(invited, now)), now);

    public void AddReminder(InvitedDelegate invited, SurveyInvitation invitation, DateTimeOffset now)
    {
        var sentAt = invitation.SentAt ?? throw new ArgumentException("It was never sent.", nameof(invitation));
        Add(invited, new SurveyReminderEmail(
            invited.Name, invited.Course, London.Words(invited.AttendedOn), SurveyWords.ReadBy,
            Link(invited, SurveyTimes.ClosesAt(sentAt), now), London.Words(SurveyTimes.ClosesOn(sentAt)), StopLink(invited, now),
            IsLast: invitation.NextReminderAt is null), now);
    }

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
