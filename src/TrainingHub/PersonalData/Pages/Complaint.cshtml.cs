using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData.Pages;

/// <summary>A complaint about how personal data is handled, from whoever it is about (Data Protection Act 2018, section 164A).</summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ComplaintModel(RecordRequest record, Tries tries, TimeProvider clock) : PageModel
{
    /// <summary>From one network.</summary>
    public static readonly TryBound ADay = new("data-complaint", Most: 20, TimeSpan.FromDays(1));

    [BindProperty]
    public ComplaintForm Form { get; set; } = new();

    public void OnGet() => Form.Id = Guid.CreateVersion7(clock.GetUtcNow());

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Form.Id = Form.Id == Guid.Empty ? Guid.CreateVersion7(now) : Form.Id;
        this.CheckAddress("Form.Email", Form.Email);
        if (Form is { Email: null, Contact: null } && ModelState.GetFieldValidationState("Form.Email") != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
        {
            ModelState.AddModelError("Form.Email", "Enter your email address, or below where else we can reach you");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await tries.TakeAsync(ADay, RateLimits.BucketOf(HttpContext.Connection.RemoteIpAddress), ct) is { } until)
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            ModelState.AddModelError("", $"Many complaints came from your network. Send yours again after {London.Moment(until)}, or write to us");
            return Page();
        }

        var today = London.DateOf(now);
        TempData[ComplainedModel.Reference] = await record.RunAsync(
            new(Form.Id, DataRequestKind.Complaint, Form.Name!, Form.Email, Form.Contact, Form.Complaint, Identity: null, today, Person: null), Actor.Visitor, ct);
        TempData[ComplainedModel.Due] = London.Words(DataRequest.DueOf(DataRequestKind.Complaint, today));
        TempData[ComplainedModel.Email] = Form.Email;
        return Redirect("~" + PersonalDataUrls.Complained);
    }
}

internal sealed class ComplaintForm
{
    /// <summary>Becomes the complaint's, so that a second press is the same complaint.</summary>
    public Guid Id { get; set; }

    [Display(Name = "What went wrong?", Description = "What happened and when, and what you would like us to do. Leave out what others told you about children and families.")]
    [Required(ErrorMessage = "Enter what went wrong"), StringLength(DataRequest.AskedLength, ErrorMessage = "What went wrong must be {1} characters or fewer")]
    public string? Complaint { get; set; }

    [Display(Name = "Your full name"), Required(ErrorMessage = "Enter your full name"), StringLength(Person.NameLength, ErrorMessage = "Your full name must be {1} characters or fewer"), PlainName]
    public string? Name { get; set; }

    [Display(Name = "Your email address", Description = "If others read your mailbox, give another address or leave this empty."), DataType(DataType.EmailAddress), StringLength(Person.EmailLength, ErrorMessage = "Your email address must be {1} characters or fewer")]
    public string? Email { get; set; }

    [Display(Name = "Where else we can reach you (optional)", Description = "A postal address or a phone number. Needed only without an email address."), StringLength(DataRequest.ContactLength, ErrorMessage = "Where else we can reach you must be {1} characters or fewer")]
    public string? Contact { get; set; }
}
