using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance.Pages.Staff;

/// <summary>
/// Reads reports of an online meeting, shows what they propose, and sets what a person decided. Between the two the proposal travels sealed in
/// the form: the file is not kept.
/// </summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class ReadReportModel(TrainingHubDb db, TimeProvider clock, ReadReports read, AcceptReport accept, IDataProtectionProvider protection) : PageModel
{
    private static readonly TimeSpan SealedFor = TimeSpan.FromHours(1);

    public DateLine Date { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public short? Meeting { get; set; }

    [BindProperty]
    [Display(Name = "Attendance report", Description = "The file that Teams, Zoom or Google Meet gives after the meeting, as it is. If the meeting was started twice, choose both files.")]
    public List<IFormFile> Files { get; set; } = [];

    [BindProperty]
    public string? Sealed { get; set; }

    [BindProperty]
    public List<ReportChoice> Rows { get; set; } = [];

    /// <summary>Null until a report was read.</summary>
    public SealedReport? Report { get; private set; }

    public IReadOnlyList<RegisteredDelegate> Everybody { get; private set; } = [];
    public RegisterRefusal? Closed { get; private set; }

    /// <summary>As a list names somebody: with their organisation where two have one name.</summary>
    public string Label(RegisteredDelegate one) =>
        one.Organisation is { } where && Everybody.Count(other => other.NameWords == one.NameWords) > 1 ? $"{one.NameWords}, {where}" : one.NameWords;

    /// <summary>Somebody who may be this row and has a mark, which stays; null when there is none.</summary>
    public RegisteredDelegate? Marked(SealedRow row) =>
        row.C is [var only] ? Everybody.FirstOrDefault(one => one.PlaceId == only && one.Mark is not null) : null;

    /// <summary>Who is on the register and in no row.</summary>
    public IEnumerable<RegisteredDelegate> NotIn => Everybody.Where(one => Report?.Rows.Any(row => row.C.Contains(one.PlaceId)) == false);

    public string? Fault(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors is [var first, ..] ? first.ErrorMessage : null;

    public static string Words(ReportDoubt why) => why switch
    {
        ReportDoubt.Unmatched => "Nobody on the register has this name or address.",
        ReportDoubt.Several => "May be more than one person.",
        ReportDoubt.OtherName => "The address is theirs, the name is not.",
        ReportDoubt.Twice => "There twice at the same time: two people, or one with two devices.",
        ReportDoubt.Unknown => "The report does not say for how long.",
        ReportDoubt.Short => "Too short to count as part of the course.",
    };

    public Sitting Sitting => new(Date.Id, Date.Meetings is null ? null : Meeting);

    public async Task<IActionResult> OnGetAsync(Guid run, CancellationToken ct) => await FindAsync(run, ct) ? Page() : NotFound();

    /// <summary>Reads the files and shows what they propose.</summary>
    public async Task<IActionResult> OnPostAsync(Guid run, CancellationToken ct)
    {
        if (!await FindAsync(run, ct))
        {
            return NotFound();
        }

        if (Files.Count == 0 || Files.All(file => file.Length == 0))
        {
            ModelState.AddModelError(nameof(Files), Files.Count == 0 ? "Choose a file" : "The file is empty");
            return Page();
        }

        List<(string, byte[])> contents = [];
        foreach (var file in Files)
        {
            await using var stream = file.OpenReadStream();
            contents.Add((Path.GetFileName(file.FileName), await FileContent.ReadAsync(stream, ct)));
        }

        var outcome = await read.RunAsync(run, Sitting.Meeting, contents, ct);
        if (outcome.Proposal is not { } proposal)
        {
            ModelState.AddModelError(nameof(Files), outcome.Refusal ?? "");
            return Page();
        }

        // Those that need a decision come first.
        Report = new(
            proposal.Kind, proposal.SaysDay, clock.GetUtcNow() + SealedFor,
            [.. proposal.Rows.Select(SealedRow.Of).OrderBy(row => row.W is null).ThenBy(row => row.N, RegisterLine.ByName)]);
        Sealed = Protector().Protect(JsonSerializer.Serialize(Report));
        Rows = [.. Report.Rows.Select(row => new ReportChoice { Who = row.C is [var one] ? one.ToString() : "", Mark = row.K?.ToString() ?? "" })];
        return Page();
    }

    /// <summary>Sets what was decided.</summary>
    public async Task<IActionResult> OnPostSaveAsync(Guid run, CancellationToken ct)
    {
        if (!await FindAsync(run, ct))
        {
            return NotFound();
        }

        Report = Open();
        if (Report is null || Rows.Count != Report.Rows.Length)
        {
            ModelState.AddModelError(nameof(Files), "This report was read too long ago. Choose the file again.");
            (Report, Sealed) = (null, null);
            return Page();
        }

        var marks = new ReportDecisions(Report, Rows, Everybody).Read(ModelState);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var done = await accept.RunAsync(Sitting, Report.Kind, marks, User.Actor(), ct);
        if (done.Refusal is { } refusal)
        {
            ModelState.AddModelError(nameof(Files), Register.Words(refusal));
            return Page();
        }

        TempData["Success"] = ReportDecisions.Words(Report, Rows, marks, done.Set);
        return LocalRedirect("~" + AttendanceUrls.Register(Sitting));
    }

    private async Task<bool> FindAsync(Guid run, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date || (date.Meetings is null ? Meeting is not null : Meeting is not { } one || one < 1 || one > date.EachMeeting.Count))
        {
            return false;
        }

        Date = date;
        Everybody = await ReadReports.DelegatesAsync(db, Sitting, ct);
        Closed = Register.WhyNotMark(date.State, date.EachMeeting[(Meeting ?? 1) - 1].On, clock.GetUtcNow());
        return true;
    }

    private SealedReport? Open()
    {
        try
        {
            return JsonSerializer.Deserialize<SealedReport>(Protector().Unprotect(Sealed ?? "")) is { } opened && clock.GetUtcNow() < opened.Until ? opened : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>For this register and this member of staff alone.</summary>
    private IDataProtector Protector() =>
        protection.CreateProtector("MeetingReport", $"{Sitting.RunId:N} {Sitting.Meeting}", $"{User.Actor().Id:N}");
}
