using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>What the office's own books call the accounts that journals go to.</summary>
[ForStaff(StaffRight.Settings)]
internal sealed class AccountSettingsModel(TrainingHubDb db, SaveSettings save, IOptions<AccountCodes> codes, IOptions<InvoiceOptions> invoices) : SettingsPage(db, save)
{
    /// <summary>Filled with what is in force before it is read from the form.</summary>
    public AccountForm Form { get; } = new()
    {
        Income = codes.Value.Income,
        CostCentre = codes.Value.CostCentre,
        Debtors = codes.Value.Debtors,
        Bank = codes.Value.Bank,
        CardClearing = codes.Value.CardClearing,
        WriteOffs = codes.Value.WriteOffs,
        Disputes = codes.Value.Disputes,
        SageCustomer = codes.Value.SageCustomer,
        VatNumber = invoices.Value.VatNumber,
    };

    protected override SettingGroup Group => SettingGroup.Accounts;

    protected override string Done => "Saved. The next journal and file have it";

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(ct);

    public async Task<IActionResult> OnPostAsync(int version, CancellationToken ct)
    {
        await ReadAsync(ct);
        await TryUpdateModelAsync(Form, nameof(Form));
        return ModelState.IsValid ? await SaveAsync(version, Changes(), ct) : Page();
    }

    private IReadOnlyList<SettingChange> Changes() =>
    [
        new(SettingName.IncomeCode, "Income", codes.Value.Income, Form.Income ?? ""),
        new(SettingName.CostCentre, "Cost centre", codes.Value.CostCentre, Form.CostCentre ?? ""),
        new(SettingName.DebtorsCode, "Debtors", codes.Value.Debtors, Form.Debtors ?? ""),
        new(SettingName.BankCode, "Bank", codes.Value.Bank, Form.Bank ?? ""),
        new(SettingName.CardClearingCode, "Card payments", codes.Value.CardClearing, Form.CardClearing ?? ""),
        new(SettingName.WriteOffsCode, "Written off", codes.Value.WriteOffs, Form.WriteOffs ?? ""),
        new(SettingName.DisputesCode, "Disputed card payments", codes.Value.Disputes, Form.Disputes ?? ""),
        new(SettingName.SageCustomer, "Customer account in Sage", codes.Value.SageCustomer, Form.SageCustomer ?? ""),
        new(SettingName.VatNumber, "VAT registration", invoices.Value.VatNumber, Form.VatNumber ?? ""),
    ];
}

internal sealed class AccountForm
{
    private const string Missing = "Enter a code";

    [Display(Name = "Income", Description = "Of courses that have no code of their own.")]
    [Required(ErrorMessage = Missing), StringLength(AccountCodes.CodeLength), RegularExpression(CourseFacts.Code, ErrorMessage = CourseFacts.CodeWords)]
    public string? Income { get; set; }

    [Display(Name = "Cost centre (optional)", Description = "Of courses that have none of their own.")]
    [StringLength(AccountCodes.CodeLength), RegularExpression(CourseFacts.Code, ErrorMessage = CourseFacts.CodeWords)]
    public string? CostCentre { get; set; }

    [Display(Name = "Debtors", Description = "What is owed to you.")]
    [Required(ErrorMessage = Missing), StringLength(AccountCodes.CodeLength), RegularExpression(CourseFacts.Code, ErrorMessage = CourseFacts.CodeWords)]
    public string? Debtors { get; set; }

    [Display(Name = "Bank", Description = "Bank transfers, cash and card terminals.")]
    [Required(ErrorMessage = Missing), StringLength(AccountCodes.CodeLength), RegularExpression(CourseFacts.Code, ErrorMessage = CourseFacts.CodeWords)]
    public string? Bank { get; set; }

    [Display(Name = "Card payments", Description = "What Stripe has taken and not paid out yet.")]
    [Required(ErrorMessage = Missing), StringLength(AccountCodes.CodeLength), RegularExpression(CourseFacts.Code, ErrorMessage = CourseFacts.CodeWords)]
    public string? CardClearing { get; set; }

    [Display(Name = "Written off")]
    [Required(ErrorMessage = Missing), StringLength(AccountCodes.CodeLength), RegularExpression(CourseFacts.Code, ErrorMessage = CourseFacts.CodeWords)]
    public string? WriteOffs { get; set; }

    [Display(Name = "Disputed card payments", Description = "What a buyer’s bank has taken back.")]
    [Required(ErrorMessage = Missing), StringLength(AccountCodes.CodeLength), RegularExpression(CourseFacts.Code, ErrorMessage = CourseFacts.CodeWords)]
    public string? Disputes { get; set; }

    [Display(Name = "Customer account in Sage", Description = "The account that all invoices are booked to. 8 characters or fewer.")]
    [Required(ErrorMessage = Missing), StringLength(AccountCodes.SageCustomerLength), RegularExpression(CourseFacts.Code, ErrorMessage = CourseFacts.CodeWords)]
    public string? SageCustomer { get; set; }

    [Display(Name = "VAT registration (optional)", Description = "Stands on invoices. Fees carry no VAT with it and without it.")]
    [RegularExpression("^(GB)? ?[0-9]{3} ?[0-9]{4} ?[0-9]{2}( ?[0-9]{3})?$", ErrorMessage = "Enter a VAT registration of 9 or 12 figures, like GB 123 4567 89")]
    public string? VatNumber { get; set; }
}
