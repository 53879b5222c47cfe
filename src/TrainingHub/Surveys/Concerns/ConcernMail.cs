using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys;

/// <summary>To whom each step is written, and what: that there is a concern, its reference and a link, and nothing of the text.</summary>
internal sealed class ConcernMail(TrainingHubDb db, IOptions<SiteOptions> site, IOptions<ConcernOptions> options)
{
    /// <summary>Who is told at a step: its own address, or that of the next one who is known.</summary>
    public string AddressOf(AlertStep step) => step switch
    {
        AlertStep.Lead => site.Value.SafeguardingLeadEmail ?? site.Value.ContactEmail,
        AlertStep.Deputy => options.Value.DeputyEmail ?? options.Value.OnCallEmail ?? site.Value.ContactEmail,
        AlertStep.OnCall => options.Value.OnCallEmail ?? site.Value.ContactEmail,
    };

    /// <summary>Whether somebody can open a concern at all.</summary>
    public static async Task<bool> HasLeadAsync(TrainingHubDb db, CancellationToken ct) =>
        (await db.Users.Where(user => user.ClosedAt == null).Select(user => user.Roles).ToListAsync(ct))
        .Exists(roles => roles.Exists(role => role.May(StaffRight.HandleConcerns)));

    public async Task RaisedAsync(Concern concern, string raisedBy, DateTimeOffset now, CancellationToken ct) =>
        Add(AlertStep.Lead, concern, now, new SurveyConcernEmail(
            concern.Reference, London.Moment(concern.RaisedAt), raisedBy, site.Value.Absolute(SurveyUrls.Concern(concern.Id)), !await HasLeadAsync(db, ct)));

    public async Task WaitsAsync(AlertStep step, Concern concern, DateTimeOffset now, CancellationToken ct) =>
        Add(step, concern, now, new ConcernWaitsEmail(
            concern.Reference, London.Moment(concern.RaisedAt), site.Value.Absolute(SurveyUrls.Concern(concern.Id)), !await HasLeadAsync(db, ct)));

    private void Add(AlertStep step, Concern concern, DateTimeOffset now, IEmailMessage message) =>
        db.Add(OutgoingEmail.To(AddressOf(step), message, now, about: concern.Reference));
}
