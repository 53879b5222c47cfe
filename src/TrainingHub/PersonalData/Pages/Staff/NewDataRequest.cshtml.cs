using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData.Pages.Staff;

/// <summary>Writes down that somebody asks about their data; from a person's page with what is known of them.</summary>
[ForStaff(StaffRight.PersonalData)]
internal sealed class NewDataRequestModel(TrainingHubDb db, RecordRequest record, TimeProvider clock) : PageModel
{
    private const int MostDaysBack = 366;

    [BindProperty]
    public NewDataRequestForm Form { get; set; } = new();

    public async Task OnGetAsync(Guid? person, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = await db.People.AsNoTracking().FirstOrDefaultAsync(one => one.Id == person, ct);
        Form = new() { Id = Guid.CreateVersion7(now), Name = known?.Name, Email = known?.Email, Person = known?.Id, ReceivedOn = London.DateOf(now) };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        this.CheckAddress("Form.Email", Form.Email);
        var today = London.DateOf(clock.GetUtcNow());
        if (Form.ReceivedOn > today || Form.ReceivedOn < today.AddDays(-MostDaysBack))
        {
            ModelState.AddModelError("Form.ReceivedOn", "Enter a day of the last year, today at the latest");
        }

        if (Form is { Email: null, Contact: null })
        {
            ModelState.AddModelError("Form.Email", "Enter an email address, or below where else they can be reached");
        }

        if (Form is { Kind: DataRequestKind.Complaint, Asked: null })
        {
            ModelState.AddModelError("Form.Asked", "Enter what they complain about");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        await record.RunAsync(
            new(Form.Id, Form.Kind!.Value, Form.Name!, Form.Email, Form.Contact, Form.Asked, Form.Identity, Form.ReceivedOn!.Value, Form.Person), User.Actor(), ct);
        TempData["Success"] = Form.Email is null ? "It is recorded." : "It is recorded. An email tells them that it came and when it is answered.";
        return Redirect("~" + PersonalDataUrls.Request(Form.Id));
    }
}

internal sealed class NewDataRequestForm
{
    /// <summary>Becomes the request's, so that the same form sent twice records one.</summary>
    public Guid Id { get; set; }

    public Guid? Person { get; set; }

    [Display(Name = "What do they ask for?"), Required(ErrorMessage = "Select what they ask for")]
    public DataRequestKind? Kind { get; set; }

    [Display(Name = "Full name"), Required(ErrorMessage = "Enter the full name"), StringLength(People.Person.NameLength), PlainName]
    public string? Name { get; set; }

    [Display(Name = "Email address", Description = "They get an email that the request came. Leave it empty if they wrote or rang without one."), DataType(DataType.EmailAddress), StringLength(People.Person.EmailLength)]
    public string? Email { get; set; }

    [Display(Name = "Where else they can be reached (optional)", Description = "A postal address or a phone number."), StringLength(DataRequest.ContactLength)]
    public string? Contact { get; set; }

    [Display(Name = "What exactly", Description = "In a few words, for example which years or which course. Of a complaint all that they say is wrong; of a request it is optional."), StringLength(DataRequest.AskedLength, ErrorMessage = "What exactly must be {1} characters or fewer")]
    public string? Asked { get; set; }

    [Display(Name = "How did you check who is asking? (optional)", Description = "For example: rang back on the number in their booking. Do not copy a passport. It can be said later, and has to be before anything is given out or erased."), StringLength(DataRequest.IdentityLength, ErrorMessage = "How you checked must be {1} characters or fewer")]
    public string? Identity { get; set; }

    [Display(Name = "Received on", Description = "The time to answer begins on this day. For example 27/3/2027."), Required(ErrorMessage = "Enter the day on which you received it")]
    public DateOnly? ReceivedOn { get; set; }
}
