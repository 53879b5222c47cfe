using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>One theme. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ThemePageModel(TrainingHubDb db, SaveTheme save, ArchiveRecord archive) : EditPage<LearningTheme>(db)
{
    public ThemeFacts Form { get; private set; } = new();

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (!await TryUpdateModelAsync(Form, nameof(Form)) || !ModelState.IsValid)
        {
            return Page();
        }

        var saved = Record?.Id ?? Guid.CreateVersion7();
        var outcome = Record is null ? await save.AddAsync(saved, Form, User.Actor(), ct) : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Record is null ? "The theme is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<LearningTheme>(id, version, User.Actor(), ct), id, version, "Archived. It is not offered any more", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<LearningTheme>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => LearningUrls.Theme(id);

    protected override PageResult RefuseName() => Refuse("Form.Name", "Another theme has this name");

    protected override Task ShowAsync(LearningTheme? found, CancellationToken ct)
    {
        Form.Name = found?.Name ?? "";
        return Task.CompletedTask;
    }
}
