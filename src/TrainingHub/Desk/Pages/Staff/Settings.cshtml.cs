using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <param name="Url">Where it is changed.</param>
/// <param name="Name">What.</param>
/// <param name="Now">What is in force.</param>
/// <param name="LastChanged">By whom and when; null when it never was.</param>
internal sealed record SettingLine(string Url, string Name, string Now, string? LastChanged = null);

/// <summary>All that the coordinator settles, with what is in force, and where each is changed.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class SettingsModel(
    TrainingHubDb db, IOptions<SiteOptions> site, IOptions<DateOptions> dates, IOptions<ReminderOptions> reminders, IOptions<InvoiceOptions> invoices,
    IOptions<AccountCodes> codes, TimeProvider clock)
    : PageModel
{
    private const int NamesShown = 6;

    public IReadOnlyList<SettingLine> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var last = await HistoryEntry.LastAsync(db, [SettingGroup.Partnership.Id, SettingGroup.Urgent.Id, SettingGroup.Deadlines.Id, SettingGroup.Accounts.Id, SettingGroup.Look.Id, SettingGroup.Notice.Id, .. SiteText.All.Select(text => text.Group.Id)], ct);
        var options = site.Value;
        Lines =
        [
            new(DeskUrls.PartnershipSettings, SettingGroup.Partnership.Name, $"{options.PartnershipName}. {options.ContactEmail}, {options.ContactPhone}", Last(SettingGroup.Partnership)),
            new(DeskUrls.UrgentSettings, SettingGroup.Urgent.Name, string.Join("; ", options.Urgent.Select(one => one.Words)), Last(SettingGroup.Urgent)),
            new(DeskUrls.Texts, "Words of the public pages", TextWords(options), SiteText.All.Select(text => last.GetValueOrDefault(text.Group.Id)).MaxBy(entry => entry?.At)?.Words),
            new(DeskUrls.NoticeSettings, SettingGroup.Notice.Name, options.NoticeOn(London.DateOf(clock.GetUtcNow())) is null ? "None" : $"Until the end of {London.Words(options.NoticeUntil ?? default)}", Last(SettingGroup.Notice)),
            new(DeskUrls.LookSettings, SettingGroup.Look.Name, LookWords(options), Last(SettingGroup.Look)),
            new(DeskUrls.DeadlineSettings, SettingGroup.Deadlines.Name, DeadlineWords(), Last(SettingGroup.Deadlines)),
            new(DeskUrls.AccountSettings, SettingGroup.Accounts.Name, $"Income {codes.Value.Income}, debtors {codes.Value.Debtors}, bank {codes.Value.Bank}", Last(SettingGroup.Accounts)),
            new(DeskUrls.NameList(NameListWords.Areas), "Areas", Some(await db.Areas.Where(one => one.ArchivedAt == null).OrderBy(one => one.SortOrder).Select(one => one.Name).ToListAsync(ct))),
            new(DeskUrls.NameList(NameListWords.Sectors), "Sectors", Some(await db.Sectors.Where(one => one.ArchivedAt == null).OrderBy(one => one.SortOrder).Select(one => one.Name).ToListAsync(ct))),
            new(DeskUrls.NameList(NameListWords.Toolkits), "Toolkits", Some(await db.Toolkits.Where(one => one.ArchivedAt == null).OrderBy(one => one.SortOrder).Select(one => one.Name).ToListAsync(ct))),
            new(CatalogueUrls.StaffFees, "Fees", "By year and length, and who pays another fee"),
            new("/staff/school-holidays", "School holidays", "Days that are pointed out when dates are planned"),
            new(CatalogueUrls.StaffSearchMeanings, "What visitors search for", "Abbreviations and other words, and the courses that answer them"),
            new(CatalogueUrls.StaffDistricts, "Postcode districts", "What visitors find dates near them by"),
            new("/staff/courses/tags", "Words for tags", "What visitors read in place of a course’s tag"),
        ];

        string? Last(SettingGroup group) => last.GetValueOrDefault(group.Id)?.Words;
    }

    private static string TextWords(SiteOptions options) => SiteText.All.Count(options.HasOwn) switch
    {
        0 => "Our standard words",
        1 => "1 text of your own, our standard words else",
        var own => $"{own} texts of your own, our standard words else",
    };

    private static string LookWords(SiteOptions options) =>
        (options.Colours is null ? "The usual colours" : $"Header {options.BrandColour ?? "as usual"}, buttons and links {options.ActionColour ?? "as usual"}")
        + (options.LogoPicture is null ? ", no logo" : ", with a logo");

    private string DeadlineWords() =>
        (dates.Value.BookingClosesHoursBefore == 0 ? "Booking closes at the start" : $"Booking closes {dates.Value.BookingClosesHoursBefore} hours before")
        + (reminders.Value.DaysBefore.Length == 0 ? ", nobody is reminded" : $", reminders {reminders.Value.DaysBefore} days before")
        + $", invoices due in {invoices.Value.DueDays} days";

    private static string Some(List<string> names) => names.Count switch
    {
        0 => "None yet",
        <= NamesShown => string.Join(", ", names),
        _ => $"{string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown} more",
    };
}
