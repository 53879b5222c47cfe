using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Takes who was to pay off invoices, and what staff and banks said off payments, six years after the financial year: as long as money is accounted for.
/// Numbers and sums stay. One statement; a second run finds nothing.
/// </summary>
internal sealed class ForgetPayers(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    private const int YearsAfterFinancialYear = 6;

    public static TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var forget = database.CreateCommand(
            """
            with payers as (
                update invoices
                set email = '', billing_name = null, postal_address = null
                where issued_on < $1 and (email <> '' or billing_name is not null or postal_address is not null)
                returning id
            ), lines as (
                update invoice_lines line
                set delegate_name = null
                from invoices invoice
                where invoice.id = line.invoice_id and invoice.issued_on < $1 and line.delegate_name is not null
                returning line.id
            ), credits as (
                update credit_notes
                set email = ''
                where issued_on < $1 and email <> ''
                returning id
            ), payments as (
                update payments
                set problem_note = null, desk_reference = null
                where created_at < $2 and (problem_note is not null or desk_reference is not null)
                returning id
            ), bank_lines as (
                update bank_lines
                set payer = '', text = '', outcome_note = null
                where paid_on < $1 and (payer <> '' or text <> '' or outcome_note is not null)
                returning id
            ), bank_files as (
                update bank_files
                set file_name = ''
                where uploaded_at < $2 and file_name <> ''
                returning id
            ), bank_payers as (
                delete from bank_payers
                where forget_on <= $3
                returning id
            )
            select ((select count(*) from payers) + (select count(*) from lines) + (select count(*) from credits) + (select count(*) from payments)
                + (select count(*) from bank_lines) + (select count(*) from bank_files) + (select count(*) from bank_payers))::integer
            """);
        var keptFrom = new FinancialYear(FinancialYear.Of(London.DateOf(clock.GetUtcNow())).StartsIn - YearsAfterFinancialYear).From;
        forget.Parameters.AddWithValue(keptFrom);
        forget.Parameters.AddWithValue(London.Instant(keptFrom, TimeOnly.MinValue));
        forget.Parameters.AddWithValue(London.DateOf(clock.GetUtcNow()));
        return (int)(await forget.ExecuteScalarAsync(ct))!;
    }
}
