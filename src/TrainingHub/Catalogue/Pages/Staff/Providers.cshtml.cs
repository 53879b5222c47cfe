using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>The providers with their trainers, contracts and coming dates.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ProvidersModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int Most = 200;
    public const int QueryLength = 100;

    internal sealed record Row(Guid Id, string Name, int Trainers, DateOnly? ContractUntil, int Coming, DateOnly? NextOn);

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"archived", else those in use.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("In use", ""), new("Archived", "archived")];

    public bool AreArchived => Show == "archived";

    public bool IsFiltered => Q is not null || AreArchived;

    public DateOnly Today { get; private set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Today = London.DateOf(now);
        var providers = db.Providers.AsNoTracking().Where(provider => provider.ArchivedAt != null == AreArchived);
        if (Q is { Length: <= QueryLength } words)
        {
            // A trainer is found with the provider.
            var part = Likeness.Part(words);
            providers = providers.Where(provider => EF.Functions.ILike(provider.Name, part)
                || db.Trainers.Any(trainer => trainer.ProviderId == provider.Id && EF.Functions.ILike(trainer.Name, part)));
        }

        Rows = await providers
            .OrderBy(provider => provider.Name).ThenBy(provider => provider.Id).Take(Most)
            .Select(provider => new Row(
                provider.Id, provider.Name,
                db.Trainers.Count(trainer => trainer.ProviderId == provider.Id && trainer.ArchivedAt == null),
                provider.ContractUntil,
                DateLines.Coming(db, now).Count(run => run.ProviderId == provider.Id),
                DateLines.Coming(db, now).Where(run => run.ProviderId == provider.Id).Min(run => (DateOnly?)run.RunsOn)))
            .ToListAsync(ct);
    }
}
