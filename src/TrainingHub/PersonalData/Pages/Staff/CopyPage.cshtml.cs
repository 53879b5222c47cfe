using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData.Pages.Staff;

/// <summary>Everything that is held about the asker, to print or as a file. History says who took it.</summary>
[ForStaff(StaffRight.PersonalData), StepUp]
internal sealed class CopyPageModel(TrainingHubDb db, NpgsqlDataSource database, TimeProvider clock, RetentionRules retention) : PageModel
{
    public DataRequest Asked { get; private set; } = null!;
    public CopyOfData Copy { get; private set; } = new([]);
    public string MadeAt => London.Moment(clock.GetUtcNow());

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => AnswerAsync(id, "Copy shown", Page, ct);

    public Task<IActionResult> OnGetJsonAsync(Guid id, CancellationToken ct) =>
        AnswerAsync(id, "Copy downloaded", () => File(Copy.ToJson(), "application/json", $"data-{Asked.Reference}.json"), ct);

    private async Task<IActionResult> AnswerAsync(Guid id, string act, Func<IActionResult> answer, CancellationToken ct)
    {
        if (await db.DataRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return NotFound();
        }

        var ticked = await EraseRequest.TickedAsync(db, id, ct);
        if (!found.IsOpen || found.Identity is null || ticked.Count == 0)
        {
            TempData["Notice"] = !found.IsOpen ? "It is answered: no copy is made any more." : found.Identity is null ? "First say how you checked who is asking." : "First find their records.";
            return Redirect("~" + PersonalDataUrls.Request(id));
        }

        Asked = found;
        Copy = await CopyOfData.ReadAsync(database, await HeldData.ReadAsync(db, ticked, ct), id, retention, ct);
        HistoryEntry.Add<DataRequest>(db, id, User.Actor(), act, [], clock.GetUtcNow(), ticked.Count == 1 ? "Of 1 record" : $"Of {ticked.Count} records");
        await db.SaveChangesAsync(ct);
        return answer();
    }
}
