using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The words of public pages that are the partnership's, each with whose words stand there now.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class TextListModel(TrainingHubDb db, IOptions<SiteOptions> site) : PageModel
{
    public IReadOnlyList<SettingLine> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var last = await HistoryEntry.LastAsync(db, SiteText.All.Select(text => text.Group.Id), ct);
        Lines = [.. SiteText.All.Select(text => new SettingLine(DeskUrls.Text(text.Key), text.Name, Whose(text), last.GetValueOrDefault(text.Group.Id)?.Words))];
    }

    private string Whose(SiteText text) =>
        site.Value.HasOwn(text) ? "Your own words" : text.IsOptional ? "Nothing" : "Our standard words";
}
