using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform.Retention.Pages.Staff;

/// <summary>How long everything is kept, and what would go now and soon.</summary>
[ForStaff(StaffRight.PersonalData)]
internal sealed class RetentionPageModel(ApplyRetention retention, RetentionRules rules) : PageModel
{
    public RetentionRules Rules => rules;
    public IReadOnlyList<RetentionCount> Counts { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Counts = await retention.CountAsync(ct);
}
