using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.FreePlaces.Pages;

/// <summary>An application for the year's free places, without a booking.</summary>
[TakesFiles]
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ApplyModel(TrainingHubDb db, ApplyForFreePlaces apply, Tries tries, TimeProvider clock) : PageModel
{
    /// <summary>From one network: an office of many charities sends fewer, and nobody fills the database with files.</summary>
    public static readonly TryBound ADay = new("free-place-application", Most: 20, TimeSpan.FromDays(1));

    [BindProperty]
    public ApplyForm Form { get; set; } = new();

    [BindProperty]
    [Display(Name = "Documents (optional)", Description = "Up to 3 files, each smaller than 5 MB: PDF, JPEG or PNG. A photo of a page is enough.")]
    public List<IFormFile> Files { get; set; } = [];

    /// <summary>Null when none is in force.</summary>
    public FreePlacePolicy? Policy { get; private set; }
    public IReadOnlyList<SelectListItem> Sectors { get; private set; } = [];

    public DateOnly DecideBy => Policy?.DecideBy(London.DateOf(clock.GetUtcNow())) ?? default;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Form.Draft = Guid.CreateVersion7(clock.GetUtcNow());
        await ReadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        Form.Draft = Form.Draft == Guid.Empty ? Guid.CreateVersion7(clock.GetUtcNow()) : Form.Draft;
        if (Policy is null)
        {
            return Page();
        }

        this.CheckAddress("Form.Email", Form.Email);
        Form.Check(ModelState, Policy);
        if (Form.SectorId is { } sector && !Sectors.Any(item => item.Value == $"{sector}"))
        {
            ModelState.AddModelError("Form.SectorId", "Select the sector you work in");
        }

        var upload = await EvidenceUpload.ReadAsync(Files.Select(file => new SentFile(file.FileName, file.Length, file.OpenReadStream)), FreePlaceEvidence.MostFiles, ct);
        foreach (var fault in upload.Faults)
        {
            ModelState.AddModelError(nameof(Files), fault);
        }

        if (!ModelState.IsValid)
        {
            if (upload.Files.Count > 0 && upload.Faults.Count == 0)
            {
                ModelState.AddModelError(nameof(Files), upload.ChooseAgain);
            }

            return Page();
        }

        if (await tries.TakeAsync(ADay, RateLimits.BucketOf(HttpContext.Connection.RemoteIpAddress), ct) is { } until)
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            ModelState.AddModelError("", $"Many applications came from your network. Send yours again after {London.Moment(until)}");
            return Page();
        }

        var day = await apply.RunAsync(Form.ToRequest(upload.Files), ct);
        TempData["DecideBy"] = London.Words(day);
        TempData["Email"] = Form.Email;
        return Redirect(FreePlaceUrls.Applied);
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        Policy = await FreePlacePolicy.InForceAsync(db, London.DateOf(clock.GetUtcNow()), ct);
        Sectors = await db.Sectors.Where(sector => sector.ArchivedAt == null).OrderBy(sector => sector.SortOrder).ThenBy(sector => sector.Name)
            .Select(sector => new SelectListItem(sector.Name, sector.Id.ToString())).ToListAsync(ct);
    }
}

internal sealed class ApplyForm
{
    /// <summary>The application's id, made with the form, so that a second press is the same application.</summary>
    public Guid Draft { get; set; }

    [Display(Name = "Organisation"), Required(ErrorMessage = "Enter the name of your organisation"), StringLength(TrainingHub.People.Organisation.NameLength), PlainName]
    public string? Organisation { get; set; }

    [Display(Name = "What kind of organisation are you?"), Required(ErrorMessage = "Select what kind of organisation you are")]
    public FreePlaceApplicant? Applicant { get; set; }

    [Display(Name = "Charity or company number (optional)", Description = "You do not need to be registered."), StringLength(FreePlaceApplication.NumberLength)]
    public string? RegisteredNumber { get; set; }

    [Display(Name = "Yearly income in pounds", Description = "As in your last accounts. An estimate is enough.")]
    [Range(0, 1_000_000_000, ErrorMessage = "Your yearly income must be a number of pounds, such as 85000")]
    public int? TurnoverPounds { get; set; }

    [Display(Name = "Sector"), Required(ErrorMessage = "Select the sector you work in")]
    public Guid? SectorId { get; set; }

    [Display(Name = "What does your organisation do with children and families?", Description = "Two or three sentences are enough.")]
    [Required(ErrorMessage = "Enter what your organisation does with children and families")]
    [StringLength(FreePlaceApplication.AboutLength, ErrorMessage = "What your organisation does must be {1} characters or fewer")]
    public string? About { get; set; }

    [Display(Name = "Your full name"), Required, StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [Display(Name = "Your work email address", Description = "We send the decision and the code for your free places here.")]
    [Required, DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }

    public void Check(Microsoft.AspNetCore.Mvc.ModelBinding.ModelStateDictionary state, FreePlacePolicy policy)
    {
        if (Applicant is { } applicant && !policy.Takes(applicant))
        {
            state.AddModelError("Form.Applicant", "Our policy for this year does not cover this kind of organisation");
        }

        if (policy.TurnoverLimitPounds is { } limit && state.GetFieldValidationState("Form.TurnoverPounds") != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
        {
            if (TurnoverPounds is null)
            {
                state.AddModelError("Form.TurnoverPounds", "Enter your yearly income");
            }
            else if (TurnoverPounds > limit)
            {
                state.AddModelError("Form.TurnoverPounds", $"Free places are for organisations with an income of up to £{limit.ToString("N0", CultureInfo.InvariantCulture)} a year");
            }
        }
    }

    /// <summary>Only when everything is answered.</summary>
    public AwardRequest ToRequest(IReadOnlyList<CheckedFile> files) => new(
        Draft, Name ?? "", Email ?? "", Organisation ?? "", Applicant ?? default, RegisteredNumber, About ?? "",
        SectorId ?? default, TurnoverPounds, files);
}
