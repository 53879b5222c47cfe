using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People.Pages.Staff;

/// <summary>What an account is for, as ticked.</summary>
internal class StaffRoleForm
{
    [Display(Name = "What is the account for?")]
    public List<StaffRole> Roles { get; set; } = [];

    [Display(Name = "Areas of the learning group")]
    public List<Guid> Areas { get; set; } = [];

    public static async Task<IReadOnlyList<SelectListItem>> AreasAsync(TrainingHubDb db, CancellationToken ct) =>
        await db.Areas.OrderBy(area => area.SortOrder).Select(area => new SelectListItem(area.LongName, area.Id.ToString())).ToListAsync(ct);
}
