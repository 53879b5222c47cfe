using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>One document of a provider: its file, what is said of it, and the earlier ones of its line. At "new" the form of another, of the provider "of".</summary>
[TakesFiles]
[ForStaff(StaffRight.RunProgramme)]
internal sealed class DocumentPageModel(TrainingHubDb db, SaveDocument save, ArchiveRecord archive) : EditPage<ProviderDocument>(db)
{
    internal sealed record Earlier(Guid Id, string Name, DateOnly? LastOn, DateTimeOffset AddedAt);

    /// <summary>The provider of a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Of { get; set; }

    /// <summary>Of a new one: the one that it comes after.</summary>
    [BindProperty(SupportsGet = true)]
    [Display(Name = "Which document does it replace?", Description = "The earlier one stays readable below the newer one.")]
    public Guid? Replaces { get; set; }

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public DocumentFacts Form { get; private set; } = new();

    [BindProperty]
    [Display(Name = "File", Description = "Smaller than 5 MB: PDF, JPEG or PNG.")]
    public IFormFile? Document { get; set; }

    /// <summary>Of a new one: its id, so that a form that is sent twice adds one.</summary>
    [BindProperty]
    public Guid Key { get; set; } = Guid.CreateVersion7();

    /// <summary>The page is not shown without it.</summary>
    public Provider Provider => provider ?? throw new InvalidOperationException("There is no provider.");

    private Provider? provider;

    /// <summary>What a new one may replace.</summary>
    public IReadOnlyList<SelectListItem> Current { get; private set; } = [];

    /// <summary>Of its line, the last first.</summary>
    public IReadOnlyList<Earlier> Before { get; private set; } = [];

    /// <summary>The one that replaced it.</summary>
    public Guid? NewerId { get; private set; }

    public static IReadOnlyList<SelectListItem> Kinds { get; } = [.. Enum.GetValues<DocumentKind>().Select(kind => new SelectListItem(QualityWords.Kind(kind), $"{kind}"))];

    public async Task<IActionResult> OnGetFileAsync(Guid id, CancellationToken ct) =>
        await Db.ProviderDocuments.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is { } document
            ? this.Attachment(document.FileName, document.FileKind, document.FileContent)
            : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        return Record is null ? await AddAsync(isRead, ct)
            : isRead && ModelState.IsValid ? await AnswerAsync(await save.ChangeAsync(Record.Id, version, Form, User.Actor(), ct), Record.Id, version, "Saved", ct)
            : Page();
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<ProviderDocument>(id, version, User.Actor(), ct), id, version, "Archived. It no longer counts", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<ProviderDocument>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => LearningUrls.Document(id);

    // Two documents may have one name.
    protected override PageResult RefuseName() => Page();

    protected override async Task<bool> ReadAsync(string id, CancellationToken ct) => await base.ReadAsync(id, ct) && provider is not null;

    protected override async Task ShowAsync(ProviderDocument? found, CancellationToken ct)
    {
        var of = found?.ProviderId ?? Of;
        provider = await Db.Providers.AsNoTracking().SingleOrDefaultAsync(one => one.Id == of, ct);
        if (found is not null)
        {
            Form = DocumentFacts.Of(found);
            NewerId = await Db.ProviderDocuments.Where(one => one.ReplacesId == found.Id).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(ct);
            Before = await LineAsync(found, ct);
            return;
        }

        var current = await ProviderDocument.Current(Db).Where(one => one.ProviderId == of).OrderBy(one => one.Kind).ThenBy(one => one.Name).ThenBy(one => one.Id)
            .Select(one => new HeldDocument(one.Id, one.Kind, one.Name, one.LastOn)).ToListAsync(ct);
        Current = [.. current.Select(one => new SelectListItem($"{QualityWords.Kind(one.Kind)}: {one.Name}", $"{one.Id}"))];
        if (current.Find(one => one.Id == Replaces) is { } earlier)
        {
            (Form.Kind, Form.Name) = (earlier.Kind, earlier.Name);
        }
    }

    private async Task<IActionResult> AddAsync(bool isRead, CancellationToken ct)
    {
        var file = Document is null ? null : await this.ReadFileAsync(nameof(Document), Document, ct);
        if (Document is null)
        {
            ModelState.AddModelError(nameof(Document), "Choose the file");
        }

        if (!isRead || !ModelState.IsValid || file is null)
        {
            return ChooseAgain(file);
        }

        var outcome = await save.AddAsync(Key, Provider.Id, Replaces, Form, file, User.Actor(), ct);
        if (outcome == EditOutcome.ChangedSince)
        {
            ModelState.AddModelError(nameof(Replaces), "Somebody replaced or archived this document meanwhile. Choose again");
            return ChooseAgain(file);
        }

        return await AnswerAsync(outcome, Key, version: 0, Replaces is null ? "The document is added" : "The newer document is added", ct);
    }

    // Browsers send no file twice by themselves.
    private PageResult ChooseAgain(CheckedFile? file)
    {
        if (file is not null)
        {
            ModelState.AddModelError(nameof(Document), "Choose your file again");
        }

        return Page();
    }

    private async Task<List<Earlier>> LineAsync(ProviderDocument newest, CancellationToken ct)
    {
        var all = await Db.ProviderDocuments.Where(one => one.ProviderId == newest.ProviderId)
            .Select(one => new { one.ReplacesId, Earlier = new Earlier(one.Id, one.Name, one.LastOn, one.AddedAt) }).ToDictionaryAsync(one => one.Earlier.Id, ct);
        var line = new List<Earlier>();
        for (var next = newest.ReplacesId; next is { } id && all.TryGetValue(id, out var one); next = one.ReplacesId)
        {
            line.Add(one.Earlier);
        }

        return line;
    }
}
