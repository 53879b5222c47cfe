using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform.Files.Pages.Staff;

/// <summary>
/// A file from its upload to its import: how far the background has come, how it was read, what it would change, what it did. Whoever
/// leaves finds it again here.
/// </summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class ImportPreviewModel(
    TrainingHubDb db, IEnumerable<ImportEntry> imports, ImportQueue queue, RememberMapping remember, TimeProvider clock) : PageModel
{
    public const int MostShown = 200;

    /// <summary>What a person chooses to leave a column out.</summary>
    public const string LeaveOut = "-";

    private const int Looks = 15;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>The file without its content.</summary>
    internal sealed record UploadLine(string Kind, string FileName, ImportState State, bool IsLenient, int RowsRead, int RowsChecked, int RowsWritten, string? Report);

    public UploadLine Line { get; private set; } = new("", "", ImportState.Checking, false, 0, 0, 0, null);

    public FileKind Kind { get; private set; } = new("", "", "", []);

    public ImportReport? Report { get; private set; }

    /// <summary>The kind of file that this is instead.</summary>
    public FileKind? BelongsTo => imports.Select(import => import.Kind).FirstOrDefault(kind => kind.Name == Report?.Reading.BelongsTo);

    public bool IsBusy => Line.State is ImportState.Checking or ImportState.Importing;

    [BindProperty]
    public List<HeadingChoice> Headings { get; set; } = [];

    [BindProperty]
    public List<ValueChoice> Values { get; set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid upload, CancellationToken ct)
    {
        // A small file is done in a moment: then there is no page in between.
        var isThere = await ReadAsync(upload, ct);
        for (var look = 0; isThere && IsBusy && look < Looks; look++)
        {
            await Task.Delay(BetweenLooks, ct);
            isThere = await ReadAsync(upload, ct);
        }

        return isThere ? Page() : LocalRedirect("~" + ImportUrls.Import);
    }

    public async Task<IActionResult> OnPostAgreeAsync(Guid upload, CancellationToken ct)
    {
        if (!await ReadAsync(upload, ct))
        {
            return LocalRedirect("~" + ImportUrls.Import);
        }

        if (Report is { Outcome.IsRefused: false } && !await queue.AgreeAsync(upload, ct))
        {
            ModelState.AddModelError("", "This file is being imported at this moment. Look again when that is done.");
            return Page();
        }

        return LocalRedirect("~" + ImportUrls.Upload(upload));
    }

    /// <summary>Remembers what headings and values mean, and reads the file again.</summary>
    public async Task<IActionResult> OnPostMapAsync(Guid upload, CancellationToken ct)
    {
        if (!await ReadAsync(upload, ct))
        {
            return LocalRedirect("~" + ImportUrls.Import);
        }

        var headings = Headings.Where(choice => choice.Column == LeaveOut || Kind.Find(choice.Column ?? "") is not null)
            .Select(choice => new RememberMapping.HeadingMeans(choice.Heading ?? "", choice.Column == LeaveOut ? null : choice.Column)).ToList();
        var values = Values.Where(choice => choice.Means is { Length: > 0 } && Kind.Find(choice.Column ?? "") is not null)
            .Select(choice => new RememberMapping.ValueMeans(choice.Column ?? "", choice.Value ?? "", choice.Means ?? "")).ToList();
        await remember.RunAsync(Kind.Name, headings, values, ct);
        return await AgainAsync(upload, Kind.Name, Line.IsLenient, ct);
    }

    /// <summary>Reads the file again and leaves out what nobody asked for.</summary>
    public async Task<IActionResult> OnPostLeaveOutAsync(Guid upload, CancellationToken ct) =>
        await ReadAsync(upload, ct) ? await AgainAsync(upload, Kind.Name, isLenient: true, ct) : LocalRedirect("~" + ImportUrls.Import);

    /// <summary>Reads the file again, as the kind that it is.</summary>
    public async Task<IActionResult> OnPostAgainAsync(Guid upload, CancellationToken ct) =>
        await ReadAsync(upload, ct) ? await AgainAsync(upload, (BelongsTo ?? Kind).Name, Line.IsLenient, ct) : LocalRedirect("~" + ImportUrls.Import);

    private async Task<IActionResult> AgainAsync(Guid upload, string kind, bool isLenient, CancellationToken ct)
    {
        await queue.CheckAgainAsync(upload, kind, isLenient, ct);
        return LocalRedirect("~" + ImportUrls.Upload(upload));
    }

    /// <returns>False when the file is not there (any more), or somebody else's.</returns>
    private async Task<bool> ReadAsync(Guid upload, CancellationToken ct)
    {
        var (user, now) = (Actor.Of(User).Id, clock.GetUtcNow());
        var line = await db.ImportUploads
            .Where(file => file.Id == upload && file.UploadedBy == user && file.ExpiresAt > now)
            .Select(file => new UploadLine(
                file.Kind, file.FileName, file.State, file.IsLenient, file.RowsRead, file.RowsChecked, file.RowsWritten, file.Report))
            .SingleOrDefaultAsync(ct);
        if (line is null || imports.SingleOrDefault(import => import.Kind.Name == line.Kind) is not { } entry)
        {
            return false;
        }

        (Line, Kind) = (line, await entry.ReadKindAsync(HttpContext.RequestServices, ct));
        Report = line.Report is null ? null : JsonSerializer.Deserialize<ImportReport>(line.Report);
        return true;
    }

    internal sealed class HeadingChoice
    {
        public string? Heading { get; set; }
        public string? Column { get; set; }
    }

    internal sealed class ValueChoice
    {
        public string? Column { get; set; }
        public string? Value { get; set; }
        public string? Means { get; set; }
    }
}
