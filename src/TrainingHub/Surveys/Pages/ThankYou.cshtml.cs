using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using TrainingHub.Attendance;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages;

/// <summary>After the answers were stored. Who did not answer, or has no access, is led to the survey, which says what to do.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ThankYouModel(NpgsqlDataSource database, PrivateAccess access, WaitingCertificates certificates, AskManager ask, TimeProvider clock) : PageModel
{
    public Guid Invitation { get; private set; }
    public InvitedSurvey? Survey { get; private set; }

    public bool MayAskManager => ask.IsOn && Survey is { } survey && AskManagerPageModel.MayAsk(survey, clock.GetUtcNow());

    /// <summary>The day on which the certificate comes at the latest; null when none has waited for the answers.</summary>
    public DateOnly? CertificateOn { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid invitation, CancellationToken ct)
    {
        Invitation = invitation;
        Survey = access.IsGranted(HttpContext, SurveyInvitation.LinkPurpose, invitation)
            ? await InvitedSurvey.FindAsync(database, invitation, clock.GetUtcNow(), ct)
            : null;
        if (Survey is { Moment: SurveyMoment.End or SurveyMoment.Event } asked
            && (await certificates.OfAsync([asked.PlaceId], clock.GetUtcNow(), ct)).TryGetValue(asked.PlaceId, out var dueOn))
        {
            CertificateOn = WaitingCertificates.ComesOn(dueOn, clock.GetUtcNow());
        }

        return Survey?.State == InvitationState.Answered ? Page() : LocalRedirect("~" + SurveyUrls.Answer(invitation));
    }
}
