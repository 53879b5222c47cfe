using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>What a concern sets going and whom it tells, before anybody is alarmed.</summary>
[ForStaff(StaffRight.ReadComments)]
internal sealed class RaiseConcernPageModel(
    TrainingHubDb db, RaiseConcern raise, ConcernMail mail, IOptions<SiteOptions> site, IOptions<ConcernOptions> options, IOptions<WaitingListOptions> hours, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "What is it about?"), Required(ErrorMessage = "Choose what the concern is about")]
    public ConcernKind? Kind { get; set; }

    public CommentLine Comment { get; private set; } = null!;
    public string LeadAddress => mail.AddressOf(AlertStep.Lead);
    public bool HasAddress => site.Value.SafeguardingLeadEmail is not null;
    public bool HasLead { get; private set; }
    public string DeputyBy => London.Moment(ConcernTimes.DeputyAt(clock.GetUtcNow(), options.Value, hours.Value));

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LeadAwayAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (await LeadAwayAsync(id, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid || Kind is not { } kind)
        {
            return Page();
        }

        TempData["Success"] = await raise.RunAsync(id, kind, User.Actor(), ct) switch
        {
            RaiseResult.Raised => $"Concern raised. {LeadAddress} has been told by email, without the text",
            RaiseResult.RaisedBefore => "A concern was raised about it before. Nobody was told again",
            RaiseResult.Gone => "This text is no longer there: its author has corrected it. Look at the list again",
        };
        return LocalRedirect("~" + SurveyUrls.Comments);
    }

    private async Task<IActionResult?> LeadAwayAsync(Guid id, CancellationToken ct)
    {
        var found = CommentRow.Of(db, db.SurveyComments.Where(comment => comment.Id == id && comment.State != CommentState.Concern)).OrderBy(row => row.Id);
        if (await CommentLine.ReadAsync(found, London.DateOf(clock.GetUtcNow()), ct) is not [var comment])
        {
            TempData["Notice"] = "There is no such text here: its author has corrected it, or a concern was raised about it before.";
            return LocalRedirect("~" + SurveyUrls.Comments);
        }

        (Comment, HasLead) = (comment, await ConcernMail.HasLeadAsync(db, ct));
        return null;
    }
}
