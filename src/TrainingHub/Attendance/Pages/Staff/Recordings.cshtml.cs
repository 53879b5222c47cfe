using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages.Staff;

/// <summary>What was recorded and shown at an event: its links, and who is told of them until when.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class RecordingsModel(TrainingHubDb db, KeepEventLinks keep, ReleaseRecording release, SayNoRecording sayNone, TimeProvider clock) : PageModel
{
    private const int UsualMonths = 6;

    [BindProperty]
    [Display(Name = "What it is", Description = "As people read it, for example “Recording of the morning”.")]
    [StringLength(EventLink.TitleLength, ErrorMessage = "What it is must be 200 characters or fewer")]
    public string? LinkTitle { get; set; }

    [BindProperty]
    [Display(Name = "Web address", Description = "Starts with https://. Only those who came or asked are shown it.")]
    [StringLength(EventLink.UrlLength, ErrorMessage = "The web address must be 500 characters or fewer")]
    public string? Address { get; set; }

    [BindProperty]
    [Display(Name = "Last day of this link (optional)", Description = "For example 15/2/2027.")]
    public DateOnly? UntilOn { get; set; }

    [BindProperty]
    [Display(Name = "Last day on which people can open the page", Description = "No later than twelve months after the event.")]
    public DateOnly? EndsOn { get; set; }

    public DateLine Date { get; private set; } = null!;
    public IReadOnlyList<EventLink> Links { get; private set; } = [];
    public RecordingRelease? Release { get; private set; }
    public int Came { get; private set; }
    public int Asked { get; private set; }
    public int Told { get; private set; }
    public bool IsOver { get; private set; }
    public Guid Key { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct)
    {
        if (!await ReadAsync(run, ct))
        {
            return NotFound();
        }

        EndsOn = Release?.EndsOn ?? London.DateOf(clock.GetUtcNow()).AddMonths(UsualMonths);
        return Page();
    }

    public async Task<IActionResult> OnPostAddAsync(Guid run, Guid key, CancellationToken ct)
    {
        if (!await ReadAsync(run, ct))
        {
            return NotFound();
        }

        if (LinkTitle is null)
        {
            ModelState.AddModelError(nameof(LinkTitle), "Enter what it is");
        }

        if (Address is null || !Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0)
        {
            ModelState.AddModelError(nameof(Address), "Enter a web address that starts with https://");
        }

        if (!ModelState.IsValid || LinkTitle is null || Address is null)
        {
            return Page();
        }

        await keep.AddAsync(run, key == Guid.Empty ? Key : key, LinkTitle, Address, UntilOn, User.Actor(), ct);
        return Done(run, $"“{LinkTitle}” is added");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid run, Guid link, CancellationToken ct)
    {
        if (!await ReadAsync(run, ct))
        {
            return NotFound();
        }

        return Done(run, await keep.WithdrawAsync(run, link, User.Actor(), ct) ? "The link is withdrawn" : "The link was withdrawn before");
    }

    public async Task<IActionResult> OnPostReleaseAsync(Guid run, int version, CancellationToken ct)
    {
        if (!await ReadAsync(run, ct))
        {
            return NotFound();
        }

        if (EndsOn is null)
        {
            ModelState.AddModelError(nameof(EndsOn), "Enter the last day on which people can open the page");
        }

        if (!ModelState.IsValid || EndsOn is not { } last)
        {
            return Page();
        }

        return await release.RunAsync(run, version, last, User.Actor(), ct) switch
        {
            ReleaseResult.Released => Done(run, version == 0 ? "People are being told. The emails leave within a few minutes" : "The last day is saved"),
            ReleaseResult.NotOver => Refuse("The event is not over yet, or is cancelled"),
            ReleaseResult.NoLinks => Refuse("Add a link first: there is nothing to tell of"),
            ReleaseResult.WrongEnd => Refuse("The last day must be today or later, and no later than twelve months after the event"),
            ReleaseResult.ChangedSince => Refuse("Somebody else changed this after you opened it. Nothing is saved: look at it again"),
        };
    }

    public async Task<IActionResult> OnPostNoneAsync(Guid run, int seen, CancellationToken ct)
    {
        if (!await ReadAsync(run, ct))
        {
            return NotFound();
        }

        EndsOn = Release?.EndsOn ?? London.DateOf(clock.GetUtcNow()).AddMonths(UsualMonths);
        return await sayNone.RunAsync(run, seen, User.Actor(), ct) switch
        {
            NoRecordingResult.Told => Done(run, seen == 1 ? "The person who asked is told that there is no recording" : $"The {seen} people who asked are told that there is no recording"),
            NoRecordingResult.NotOver => Refuse("The event is not over yet, or is cancelled"),
            NoRecordingResult.Released => Refuse("There is something to see, and people are told of it"),
            NoRecordingResult.ChangedSince => Refuse("Other people have asked since you opened the page, or they have been told. Nobody is told now: look at it again"),
        };
    }

    private PageResult Refuse(string why)
    {
        ModelState.AddModelError(nameof(EndsOn), why);
        return Page();
    }

    private RedirectResult Done(Guid run, string notice)
    {
        TempData["Success"] = notice;
        return Redirect(AttendanceUrls.Recording(run));
    }

    private async Task<bool> ReadAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        (Date, IsOver, Key) = (date, date.IsDeliveredAt(now), Guid.CreateVersion7(now));
        Links = await db.EventLinks.AsNoTracking().Where(link => link.RunId == run).OrderBy(link => link.AddedAt).ThenBy(link => link.Id).ToListAsync(ct);
        Release = await db.RecordingReleases.AsNoTracking().SingleOrDefaultAsync(one => one.RunId == run, ct);
        Came = await db.RegisterPlaces.CountAsync(line => line.RunId == run && line.Attended == true && line.PersonId != null, ct);
        Asked = await db.DateWishes.CountAsync(wish => wish.RunId == run && wish.EndsAt > now, ct);
        Told = await db.RecordingsTold.CountAsync(told => db.Places.Any(place => place.Id == told.PlaceId && place.RunId == run), ct)
            + await db.DateWishes.CountAsync(wish => wish.RunId == run && wish.ToldAt != null, ct);
        return true;
    }
}
