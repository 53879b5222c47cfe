using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys.Pages;

/// <summary>
/// How a course was, for whoever has scanned the code in the room. It says the same whether or not the address that was typed is booked. The
/// form uses nothing of its visitor, not even a cookie, so there is nothing that another site could make a browser send: no antiforgery.
/// </summary>
[IgnoreAntiforgeryToken]
[WrongTokens]
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class RoomModel(TrainingHubDb db, RoomCodes codes, AnswerInRoom answer, WaitingCertificates certificates, Tries tries) : PageModel
{
    // More than any room holds, so that a script that has the code cannot fill the queue of texts.
    private static readonly TryBound Answers = new("room-answers", 200, TimeSpan.FromDays(1));

    [BindProperty]
    public Guid FormId { get; set; }

    [BindProperty]
    [Display(Name = "Your email address or booking reference (optional)", Description = "The address that you were booked with. With it you get no second message about this, and you can correct your answers. Without it nobody can tell whose they are.")]
    [StringLength(Person.EmailLength, ErrorMessage = "The address or reference must be {1} characters or fewer")]
    public string? Who { get; set; }

    [BindProperty(Name = "done", SupportsGet = true)]
    public bool IsDone { get; set; }

    /// <summary>Certificates wait for these answers, from whoever says who they are.</summary>
    public bool CertificatesWait => certificates.Any;

    /// <summary>Null where the code does not work.</summary>
    public DateLine? Date { get; private set; }
    public SurveyMoment Moment { get; private set; }
    public Questionnaire Asked { get; private set; } = null!;
    public SurveyForm Form { get; private set; } = new();

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken ct)
    {
        FormId = Guid.NewGuid();
        return await ReadAsync(code, ct) ? Page() : Unknown();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken ct)
    {
        if (!await ReadAsync(code, ct) || Date is not { } date)
        {
            return Unknown();
        }

        var isForm = Request.HasFormContentType;
        Form = SurveyForm.Read(isForm ? Request.Form : FormCollection.Empty, Asked);
        if (Form.Check(Asked, Guid.Empty, ModelState) is not { } answers)
        {
            return Page();
        }

        if (await tries.TakeAsync(Answers, $"{date.Id}", ct) is not null)
        {
            ModelState.AddModelError("", "Nothing was sent: too many answers have come by this code today. Use the link in the email that we send after the course");
            return Page();
        }

        await answer.RunAsync(date.Id, FormId == Guid.Empty ? Guid.NewGuid() : FormId, Who, answers, ct);
        return LocalRedirect($"~{SurveyUrls.Room(code)}?done=true");
    }

    private async Task<bool> ReadAsync(string code, CancellationToken ct)
    {
        Date = await codes.FindAsync(code, ct);
        if (Date is null)
        {
            return false;
        }

        Moment = SurveyMoments.SoonAfter(await db.Courses.Where(course => course.Id == Date.CourseId).Select(course => course.Kind).SingleAsync(ct));
        Asked = (await AskedVersions.ReadAsync(db, Moment, ct)).Published;
        return true;
    }

    private PageResult Unknown()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        ModelState.Clear();
        return Page();
    }
}
