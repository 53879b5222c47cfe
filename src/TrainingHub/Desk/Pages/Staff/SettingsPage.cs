using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform;
using TrainingHub.People;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>One page of settings: its history, and that of two who have it open the second is told.</summary>
internal abstract class SettingsPage(TrainingHubDb db, SaveSettings save) : PageModel
{
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    /// <summary>As the form was opened.</summary>
    public int Version { get; private set; }

    protected abstract SettingGroup Group { get; }

    protected virtual string Done => "Saved. Visitors see it at once";

    protected async Task ReadAsync(CancellationToken ct)
    {
        History = await HistoryEntry.AboutAsync(db, [Group.Id], ct);
        Version = History.Count;
    }

    protected async Task<IActionResult> SaveAsync(int version, IReadOnlyCollection<SettingChange> values, CancellationToken ct)
    {
        if (await save.RunAsync(Group, version, values, User.Actor(), ct))
        {
            TempData["Success"] = Done;
            return LocalRedirect("~" + Request.Path);
        }

        await ReadAsync(ct);
        ModelState.AddModelError("", $"Nothing is saved: {History[0].Words}, while you had this page open. What was done is under History. Save again if yours is to stand in its place");
        return Page();
    }
}
