using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The providers with their trainers, contracts and coming dates; for those who run the programme also their documents and next reviews.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ProvidersModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int Most = 200;
    public const int QueryLength = 100;

    internal sealed record Row(Guid Id, string Name, int Trainers, DateOnly? ContractUntil, int Coming, DateOnly? NextOn, IReadOnlyList<string> FoundBy)
    {
        public ProviderStanding Standing { get; init; } = ProviderStanding.None;
    }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"archived", else those in use.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>"name", "contract", "coming" or "review", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } = [new("In use", ""), new("Archived", "archived")];

    public bool AreArchived => Show == "archived";

    public bool IsFiltered => Q is not null || AreArchived;

    public DateOnly Today { get; private set; }

    /// <summary>What is known of quality is shown to those alone who run the programme.</summary>
    public bool ShowsQuality => User.May(StaffRight.RunProgramme);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Of which the first are shown.</summary>
    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Today = London.DateOf(now);
        var providers = db.Providers.AsNoTracking().Where(provider => provider.ArchivedAt != null == AreArchived);
        var part = Q is { Length: <= QueryLength } words ? Likeness.Part(words) : null;
        if (part is not null)
        {
            // A trainer is found with the provider.
            providers = providers.Where(provider => EF.Functions.ILike(provider.Name, part)
                || db.Trainers.Any(trainer => trainer.ProviderId == provider.Id && EF.Functions.ILike(trainer.Name, part)));
        }

        var standings = ShowsQuality ? await ProviderStanding.ReadAsync(db, ct) : new Dictionary<Guid, ProviderStanding>();
        var found = await providers
            .OrderBy(provider => provider.Name).ThenBy(provider => provider.Id).Take(ListFile.MostRows)
            .Select(provider => new Row(
                provider.Id, provider.Name,
                db.Trainers.Count(trainer => trainer.ProviderId == provider.Id && trainer.ArchivedAt == null),
                provider.ContractUntil,
                DateLines.Coming(db, now).Count(run => run.ProviderId == provider.Id),
                DateLines.Coming(db, now).Where(run => run.ProviderId == provider.Id).Min(run => (DateOnly?)run.RunsOn),
                db.Trainers.Where(trainer => part != null && trainer.ProviderId == provider.Id && EF.Functions.ILike(trainer.Name, part))
                    .OrderBy(trainer => trainer.Name).Select(trainer => trainer.Name).ToList()))
            .ToListAsync(ct);
        var rows = Ordered(found.ConvertAll(row => row with { Standing = standings.GetValueOrDefault(row.Id, ProviderStanding.None) }));
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "providers", FileOf(rows), ct);
        }

        (Total, Rows) = (rows.Count, [.. rows.Take(Most)]);
        return Page();
    }

    private List<Row> Ordered(List<Row> rows) => Sort switch
    {
        "-name" => [.. rows.AsEnumerable().Reverse()],
        "contract" => [.. rows.OrderBy(row => row.ContractUntil is null).ThenBy(row => row.ContractUntil)],
        "-contract" => [.. rows.OrderByDescending(row => row.ContractUntil)],
        "coming" => [.. rows.OrderBy(row => row.Coming)],
        "-coming" => [.. rows.OrderByDescending(row => row.Coming)],
        "review" when ShowsQuality => [.. rows.OrderBy(row => row.Standing.NextReviewOn is null).ThenBy(row => row.Standing.NextReviewOn)],
        "-review" when ShowsQuality => [.. rows.OrderByDescending(row => row.Standing.NextReviewOn)],
        _ => rows,
    };

    private TextTable FileOf(IEnumerable<Row> rows) => new(
        ["provider", "trainers", "contract_until", "coming_dates", "next_date", .. ShowsQuality ? ["documents", "next_review"] : Array.Empty<string>()],
        [.. rows.Select(row => (string[])
        [
            row.Name, row.Trainers.ToString(CultureInfo.InvariantCulture), Day(row.ContractUntil), row.Coming.ToString(CultureInfo.InvariantCulture), Day(row.NextOn),
            .. ShowsQuality ? [row.Standing.DocumentWords(Today), Day(row.Standing.NextReviewOn)] : Array.Empty<string>(),
        ])]);

    private static string Day(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture) ?? "";
}
