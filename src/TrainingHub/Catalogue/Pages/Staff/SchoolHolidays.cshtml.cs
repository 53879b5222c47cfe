using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
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

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("To come", ""), new("Past", "past"), new("Archived", "archived")];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var today = London.DateOf(clock.GetUtcNow());
        var wanted = Show switch
        {
            "archived" => db.SchoolHolidays.Where(holiday => holiday.ArchivedAt != null),
            "past" => db.SchoolHolidays.Where(holiday => holiday.ArchivedAt == null && holiday.UntilOn < today),
            _ => db.SchoolHolidays.Where(holiday => holiday.ArchivedAt == null && holiday.UntilOn >= today),
        };
        Rows = await wanted.OrderBy(holiday => holiday.FromOn).ThenBy(holiday => holiday.Id).Take(Most)
            .Select(holiday => new Row(
                holiday.Id, holiday.Name, holiday.FromOn, holiday.UntilOn,
                db.Areas.Where(area => area.Id == holiday.AreaId).Select(area => area.LongName).FirstOrDefault()))
            .ToListAsync(ct);
    }
}
