using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>The school holidays that are looked at when dates are planned.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class SchoolHolidaysModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int Most = 200;

    internal sealed record Row(Guid Id, string Name, DateOnly FromOn, DateOnly UntilOn, string? Area);

    /// <summary>"past" or "archived", else those to come.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>"from" or "name", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("To come", ""), new("Past", "past"), new("Archived", "archived")];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Of which the first are shown.</summary>
    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var today = London.DateOf(clock.GetUtcNow());
        var wanted = Show switch
        {
            "archived" => db.SchoolHolidays.Where(holiday => holiday.ArchivedAt != null),
            "past" => db.SchoolHolidays.Where(holiday => holiday.ArchivedAt == null && holiday.UntilOn < today),
            _ => db.SchoolHolidays.Where(holiday => holiday.ArchivedAt == null && holiday.UntilOn >= today),
        };
        var rows = Ordered(await wanted.OrderBy(holiday => holiday.FromOn).ThenBy(holiday => holiday.Id).Take(ListFile.MostRows)
            .Select(holiday => new Row(
                holiday.Id, holiday.Name, holiday.FromOn, holiday.UntilOn,
                db.Areas.Where(area => area.Id == holiday.AreaId).Select(area => area.LongName).FirstOrDefault()))
            .ToListAsync(ct));
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "school-holidays", FileOf(rows), ct);
        }

        (Total, Rows) = (rows.Count, [.. rows.Take(Most)]);
        return Page();
    }

    private List<Row> Ordered(List<Row> rows) => Sort switch
    {
        "-from" => [.. rows.AsEnumerable().Reverse()],
        "name" => [.. rows.OrderBy(row => row.Name, StringComparer.InvariantCultureIgnoreCase)],
        "-name" => [.. rows.OrderByDescending(row => row.Name, StringComparer.InvariantCultureIgnoreCase)],
        _ => rows,
    };

    private static TextTable FileOf(IEnumerable<Row> rows) => new(
        ["holiday", "first_day", "last_day", "area"],
        [.. rows.Select(row => new[]
        {
            row.Name, row.FromOn.ToString("O", CultureInfo.InvariantCulture), row.UntilOn.ToString("O", CultureInfo.InvariantCulture), row.Area ?? "All areas",
        })]);
}
