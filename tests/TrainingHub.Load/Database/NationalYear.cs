using Npgsql;
using TrainingHub.Tests;

namespace TrainingHub.Load.Database;

/// <summary>Many partnerships in one database: what a whole country would have in a year is 150 of them.</summary>
internal static class NationalYear
{
    // As many as fit into memory without asking for much.
    private const int Together = 15;

    /// <param name="database">Has courses.</param>
    /// <param name="from">The number of the first year to add; those before it are there.</param>
    /// <param name="to">The number of the first that is not added.</param>
    /// <param name="ct"></param>
    public static async Task AddAsync(NpgsqlDataSource database, int from, int to, CancellationToken ct)
    {
        var given = new Given(database, TimeProvider.System, ct);
        var now = TimeProvider.System.GetUtcNow();
        var courses = await Rows.IdsAsync(database, "courses where not is_draft", ct);
        var providers = await Rows.IdsAsync(database, "providers", ct);
        var (sector, area) = (await given.SectorIdAsync(), await given.AreaIdAsync());
        foreach (var numbers in Enumerable.Range(from, to - from).Chunk(Together))
        {
            await AddAsync(given, [.. numbers.Select(number => new PartnershipYear(number, courses, providers, sector, area, now))]);
        }

        await Rows.TidyAsync(database, ct);
    }

    private static async Task AddAsync(Given given, PartnershipYear[] years)
    {
        await given.CopyAsync(years.SelectMany(year => year.Organisations));
        await given.CopyAsync(years.SelectMany(year => year.Runs));
        await given.CopyAsync(years.SelectMany(year => year.People));
        await given.CopyAsync(years.SelectMany(year => year.Bookings));
        await given.CopyAsync(years.SelectMany(year => year.Places));
        await given.CountPlacesAsync([.. years.SelectMany(year => year.Runs).Select(run => run.Id)]);
        await given.CopyAsync(years.SelectMany(year => year.Marks));
        await given.CopyAsync(years.SelectMany(year => year.Invoices), years.SelectMany(year => year.Lines));
        await given.CopyAsync(years.SelectMany(year => year.Payments));
        await given.CopyAsync(years.SelectMany(year => year.Ledger));
        await given.CopyAsync(years.SelectMany(year => year.Emails));
        await given.CopyAsync(years.SelectMany(year => year.Waiting));
    }
}
