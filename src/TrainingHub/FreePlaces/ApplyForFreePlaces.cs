using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.FreePlaces;

/// <summary>An application without a booking, as it was checked: texts are trimmed and within the lengths of <see cref="FreePlaceApplication"/>.</summary>
/// <param name="Id">The form's own, so that a second delivery is the same application.</param>
/// <param name="Name">Who asks.</param>
/// <param name="Email"></param>
/// <param name="Organisation"></param>
/// <param name="Applicant"></param>
/// <param name="RegisteredNumber"></param>
/// <param name="About"></param>
/// <param name="SectorId"></param>
/// <param name="TurnoverPounds">Null when the policy has no limit.</param>
/// <param name="Files">At most <see cref="FreePlaceEvidence.MostFiles"/>.</param>
internal sealed record AwardRequest(
    Guid Id, string Name, string Email, string Organisation, FreePlaceApplicant Applicant, string? RegisteredNumber, string About, Guid SectorId,
    int? TurnoverPounds, IReadOnlyList<CheckedFile> Files);

/// <summary>
/// Takes an application for the year's free places, with what backs it up, and tells the applicant by when it is decided. The same form twice
/// is one application. Throws when no policy is in force: its page takes none then.
/// </summary>
internal sealed class ApplyForFreePlaces(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <returns>By when it is decided.</returns>
    public async Task<DateOnly> RunAsync(AwardRequest request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        if (await db.FreePlaceApplications.Where(one => one.Id == request.Id).Select(one => one.DecideOn).FirstOrDefaultAsync(ct) is { } before)
        {
            return before;
        }

        var policy = await FreePlacePolicy.InForceAsync(db, today, ct) ?? throw new InvalidOperationException("No policy for free places is in force.");
        var application = new FreePlaceApplication
        {
            Id = request.Id,
            Applicant = request.Applicant,
            OrganisationName = request.Organisation,
            RegisteredNumber = request.RegisteredNumber,
            About = request.About,
            ApplicantName = request.Name,
            ApplicantEmail = request.Email,
            SectorId = request.SectorId,
            TurnoverPounds = request.TurnoverPounds,
            PolicyId = policy.Id,
            CreatedAt = now,
        };
        var day = policy.DecideBy(today);
        application.DecideBy(day);
        db.Add(application);
        db.AddRange(request.Files.Select(file => FreePlaceEvidence.Of(file, request.Id, now)));
        var link = SecretLink.Issue(db, FreePlaceApplication.LinkPurpose, request.Id, now, now.AddYears(1));
        var message = new ApplicationReceivedEmail(
            request.Name, request.Organisation, request.Files.Count, London.Words(day), site.Value.Absolute(FreePlaceUrls.PrivateLink(link.Value)));
        db.Add(OutgoingEmail.To(request.Email, message, now, request.Id.ToString()));
        await db.SaveChangesAsync(ct);
        return day;
    }
}
