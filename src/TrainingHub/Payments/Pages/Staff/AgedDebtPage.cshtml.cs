using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Payments.Pages.Staff;

/// <summary>Who owes what on invoices, by how long it has been due. Each row leads to its invoices.</summary>
[ForStaff(StaffRight.ReadMoney)]
internal sealed class AgedDebtPageModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    /// <summary>"name", "total" or "over90", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public DateOnly Today { get; } = London.DateOf(clock.GetUtcNow());
    public IReadOnlyList<AgedDebtRow> Rows { get; private set; } = [];

    public AgedDebt Total => AgedDebt.Sum(Rows.Select(row => row.Aged));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Rows = Sorted(await AgedDebts.ReadAsync(db, Today, ct));
        return ListFile.IsWanted(Request) ? await ListFile.AnswerAsync(Request, "aged-debt", Table(), ct) : Page();
    }

    private IReadOnlyList<AgedDebtRow> Sorted(IReadOnlyList<AgedDebtRow> rows) => Sort switch
    {
        "name" => rows,
        "-name" => [.. rows.Reverse()],
        "total" => [.. rows.OrderBy(row => row.Aged.Total)],
        "over90" => [.. rows.OrderBy(row => row.Aged.Over90)],
        "-over90" => [.. rows.OrderByDescending(row => row.Aged.Over90)],
        _ => [.. rows.OrderByDescending(row => row.Aged.Total)],
    };

    private TextTable Table() => new(
        ["organisation", "invoices", "not_due", "days_1_to_30", "days_31_to_60", "days_61_to_90", "days_over_90", "total"],
        [.. Rows.Select(row => new[]
        {
            row.Name, $"{row.Invoices}", new Money(row.Aged.NotDue).Amount, new Money(row.Aged.To30).Amount, new Money(row.Aged.To60).Amount,
            new Money(row.Aged.To90).Amount, new Money(row.Aged.Over90).Amount, new Money(row.Aged.Total).Amount,
        })]);
}
