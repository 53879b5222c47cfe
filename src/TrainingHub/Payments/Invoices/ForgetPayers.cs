using Npgsql;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

/// <summary>
/// Takes who was to pay off invoices, and what staff noted off payments, six years after the financial year: as long as money is accounted for.
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
            with invoices as (
                update invoices
                set email = '', postal_address = null
                where issued_on < $1 and (email <> '' or postal_address is not null)
                returning id
            ), payments as (
                update payments
                set problem_note = null, desk_reference = null
                where created_at < $2 and (problem_note is not null or desk_reference is not null)
                returning id
            )
            select ((select count(*) from invoices) + (select count(*) from payments))::integer
            """);
        var keptFrom = new FinancialYear(FinancialYear.Of(London.DateOf(clock.GetUtcNow())).StartsIn - YearsAfterFinancialYear).From;
        forget.Parameters.AddWithValue(keptFrom);
        forget.Parameters.AddWithValue(London.Instant(keptFrom, TimeOnly.MinValue));
        return (int)(await forget.ExecuteScalarAsync(ct))!;
    }
}
