using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Reporting.Pages.Staff;

[ForStaff(StaffRight.Operate)]
internal sealed class AuditPageModel(NpgsqlDataSource database, TimeProvider clock) : PageModel
{
    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    public HistorySeal Seal { get; private set; } = new(0, "");

    public async Task OnGetAsync(CancellationToken ct)
    {
        Lines = await Audit.RunAsync(database, clock.GetUtcNow(), ct);
        Seal = await HistorySeal.ReadAsync(database, ct);
    }
}
