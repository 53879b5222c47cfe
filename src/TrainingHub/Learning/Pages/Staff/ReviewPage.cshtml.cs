using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>A review of a provider that was held. At "new" the form of another, of the provider "of".</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class ReviewPageModel(TrainingHubDb db, SaveReview save, ArchiveRecord archive, TimeProvider clock) : CheckedWordsPage<ProviderReview>(db)
{
    /// <summary>The provider of a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Of { get; set; }

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public ReviewFacts Form { get; private set; } = new();

    /// <summary>The page is not shown without it.</summary>
    public Provider Provider => provider ?? throw new InvalidOperationException("There is no provider.");

    private Provider? provider;

    public static IReadOnlyList<SelectListItem> Outcomes { get; } = [.. Enum.GetValues<ReviewOutcome>().Select(outcome => new SelectListItem(QualityWords.Outcome(outcome), $"{outcome}"))];

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        if (Form.HeldOn > London.DateOf(clock.GetUtcNow()))
        {
            ModelState.AddModelError("Form.HeldOn", "Enter today or a day before. A review that is to come stands in “Next review on” of the one before it");
        }

        Warn(Form.Words);
        if (!isRead || !ModelState.IsValid)
        {
            return Page();
        }

        var saved = Record?.Id ?? Key;
        var outcome = Record is null ? await save.AddAsync(saved, Provider.Id, Form, User.Actor(), ct) : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Record is null ? "The review is kept" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<ProviderReview>(id, version, User.Actor(), ct), id, version, "Archived. The review before it counts again", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<ProviderReview>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => LearningUrls.Review(id);

    // It has no name.
    protected override PageResult RefuseName() => Page();

    // One that has not been held is a day on the page of the provider's quality.
    protected override async Task<bool> ReadAsync(string id, CancellationToken ct) => await base.ReadAsync(id, ct) && provider is not null && (Record is null || Record.HeldOn is not null);

    protected override async Task ShowAsync(ProviderReview? found, CancellationToken ct)
    {
        var of = found?.ProviderId ?? Of;
        provider = await Db.Providers.AsNoTracking().SingleOrDefaultAsync(one => one.Id == of, ct);
        Form = found is not null ? ReviewFacts.Of(found) : new() { HeldOn = London.DateOf(clock.GetUtcNow()) };
    }
}
