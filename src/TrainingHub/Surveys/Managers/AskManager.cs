using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys;

/// <summary>A link that a delegate passes on to their manager. It is told once: only its hash is stored.</summary>
/// <param name="Url"></param>
/// <param name="ClosesOn">The last London day on which it takes answers.</param>
/// <param name="EmailOn">The London day on which it comes by email too; null when it does not.</param>
internal sealed record ManagerLink(string Url, DateOnly ClosesOn, DateOnly? EmailOn);

/// <summary>
/// Makes a link by which the manager of a delegate says what they have seen. The delegate has answered the three-month survey, and passes it
/// on: nobody else is written to. A place has one such survey, however many links are asked for. Nothing that is stored tells when it was asked for, since that
/// is soon after the delegate's own answer: the survey counts from the day of their invitation, and the email goes out on the next morning.
/// </summary>
internal sealed class AskManager(TrainingHubDb db, IOptions<SurveyOptions> options, IOptions<SiteOptions> site, TimeProvider clock)
{
    public const int MostLinks = 10;
    private static readonly TimeOnly EmailHour = new(8, 0);

    /// <summary>Whether the partnership asks managers at all.</summary>
    public bool IsOn => options.Value.AskManagers;

    /// <param name="invitation">The delegate's own, of three months after the course.</param>
    /// <param name="byEmail">To the delegate too.</param>
    /// <param name="ct"></param>
    /// <returns>Null when it is not answered, is over, or has had so many links, or the partnership asks no managers.</returns>
    public async Task<ManagerLink?> RunAsync(Guid invitation, bool byEmail, CancellationToken ct)
    {
        if (!IsOn)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var own = await db.SurveyInvitations
            .FromSql($"select * from survey_invitations where id = {invitation} and moment = 'ThreeMonths' and state = 'Answered' and closes_at > {now} for no key update")
            .AsNoTracking().FirstOrDefaultAsync(ct);
        if (own?.SentAt is not { } sentAt || await InviteAsync(own.PlaceId, own.DueOn, own.DueAt, sentAt, ct) is not { } managers)
        {
            return null;
        }

        var closesAt = SurveyTimes.ClosesAt(sentAt, SurveyMoment.Manager);
        var url = site.Value.Absolute(SurveyUrls.Link(SecretLink.Issue(db, SurveyInvitation.LinkPurpose, managers, sentAt, SurveyTimes.LinkExpiresAt(closesAt))));
        var link = new ManagerLink(url, SurveyTimes.ClosesOn(sentAt, SurveyMoment.Manager), byEmail ? await AddEmailAsync(invitation, url, sentAt, now, ct) : null);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return link;
    }

    /// <returns>The manager's invitation of that place; null when it is over, withdrawn or has had enough links.</returns>
    private async Task<Guid?> InviteAsync(Guid place, DateOnly dueOn, DateTimeOffset dueAt, DateTimeOffset sentAt, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into survey_invitations (id, place_id, moment, due_on, due_at, state, sent_at, version_id, reminders_sent, closes_at, created_at)
            select gen_random_uuid(), {place}, 'Manager', {dueOn}, {dueAt}, 'Sent', {sentAt}, version.id, 0, {SurveyTimes.ClosesAt(sentAt, SurveyMoment.Manager)}, {sentAt}
            from survey_versions version
            join surveys survey on survey.id = version.survey_id
            where survey.moment = 'Manager' and version.state = 'Published'
            on conflict (place_id, moment) do nothing
            """,
            ct);
        var found = await db.SurveyInvitations.AsNoTracking().Where(one => one.PlaceId == place && one.Moment == SurveyMoment.Manager)
            .Select(one => new { one.Id, one.State, Links = db.Set<SecretLink>().Count(link => link.Purpose == SurveyInvitation.LinkPurpose && link.SubjectId == one.Id) })
            .FirstOrDefaultAsync(ct);
        return found is { Links: < MostLinks } && SurveyInvitation.OpenStates.Contains(found.State) ? found.Id : null;
    }

    private async Task<DateOnly?> AddEmailAsync(Guid invitation, string url, DateTimeOffset sentAt, DateTimeOffset now, CancellationToken ct)
    {
        var invited = (await InvitedDelegate.ReadAsync(db, [invitation], ct)).GetValueOrDefault(invitation);
        if (invited is not { CanBeWrittenTo: true, Email: { } address })
        {
            return null;
        }

        var tomorrow = London.DateOf(now).AddDays(1);
        db.Add(OutgoingEmail.To(
            address,
            new ManagerLinkEmail(invited.Name, invited.Course, London.Words(invited.AttendedOn), url, London.Words(SurveyTimes.ClosesOn(sentAt, SurveyMoment.Manager))),
            London.Instant(tomorrow, EmailHour), about: invited.BookingReference));
        return tomorrow;
    }
}
