using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The first steps of a new site, done or not.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class StartModel(NpgsqlDataSource database, IOptions<EmailOptions> email, IHostEnvironment environment) : PageModel
{
    public IReadOnlyList<FirstStep> Steps { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Steps = await FirstSteps.ReadAsync(database, email.Value, environment, ct);
}
