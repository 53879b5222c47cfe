using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>How long it is kept who was to pay, and what banks said: as long as money is accounted for.</summary>
internal static class PaymentsRetention
{
    private const string Accounts = "To account for public money";
    private const string Years = "after the financial year";

    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        Of("invoices", "Who an invoice went to", new(
            "invoices", "issued_on < @before_day and (email <> '' or billing_name is not null or postal_address is not null)", "update invoices set email = '', billing_name = null, postal_address = null")),
        Of("invoice-lines", "Names on the lines of invoices", new(
            "invoice_lines line", "line.delegate_name is not null and exists (select from invoices invoice where invoice.id = line.invoice_id and invoice.issued_on < @before_day)",
            "update invoice_lines line set delegate_name = null")),
        Of("credit-notes", "Who a credit note went to", new("credit_notes", "issued_on < @before_day and email <> ''", "update credit_notes set email = ''")),
        Of("payment-notes", "What staff wrote about payments", new(
            "payments", "created_at < @before and (problem_note is not null or desk_reference is not null)", "update payments set problem_note = null, desk_reference = null")),
        Of("bank-lines", "Who paid by bank, and what they wrote", new(
            "bank_lines", "paid_on < @before_day and (payer <> '' or text <> '' or outcome_note is not null)", "update bank_lines set payer = '', text = '', outcome_note = null")),
        Of("bank-file-names", "Names of files of the bank", new("bank_files", "uploaded_at < @before and file_name <> ''", "update bank_files set file_name = ''")),
        new("bank-payers", "How somebody calls themselves at their bank", "To know them again", Period.Years(BankPayer.YearsKept), "after they last paid")
        {
            Job = nameof(ForgetPayers), Rows = new("bank_payers", "forget_on <= @today"),
        },
        new("bank-files", "Files of the bank that nobody agreed to", "To read them", Period.Of(BankFile.LifeBeforeAgreed), "after the upload")
        {
            Job = nameof(FinishBankFiles), Rows = new("bank_files", "agreed_at is null and uploaded_at <= @before"),
        },
    ];

    private static RetentionRule Of(string key, string what, RetentionRows rows) => new(key, what, Accounts, BookingRetention.Names, Years) { Job = nameof(ForgetPayers), Rows = rows };
}
