using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;

namespace TrainingHub.Payments;

/// <summary>Entries for the office's own books with the rows that they stand for, in the order of their days.</summary>
internal sealed record Journal(IReadOnlyList<JournalEntry> Entries, IReadOnlyList<Guid> Sources)
{
    private const string NoName = "Bookings without an organisation";

    private static readonly string Sql = SqlFile.Read("TrainingHub.Payments.Sql.journal.sql");

    private static readonly string LeftWithNone = With((id, day) => $"not exists (select from journal_sources gone where gone.source_id = {id}) and {day} <= $1");

    // By a list and not by a join: how many left with a journal of today is not in the statistics yet, and a plan for one row would run for minutes.
    private static readonly string LeftWithOne = With((id, _) => $"{id} = any ($1)");

    /// <summary>What has left with no journal yet, of this day and before.</summary>
    public static Task<Journal> UpToAsync(TrainingHubDb db, DateOnly day, CancellationToken ct) =>
        ReadAsync(db, LeftWithNone, new NpgsqlParameter<DateOnly> { TypedValue = day }, ct);

    /// <summary>What has left with this one, as it reads today.</summary>
    public static async Task<Journal> OfAsync(TrainingHubDb db, Guid export, CancellationToken ct)
    {
        var sources = await db.Database.SqlQuery<Guid>($"select source_id as \"Value\" from journal_sources where export_id = {export}").ToArrayAsync(ct);
        return await ReadAsync(db, LeftWithOne, new NpgsqlParameter<Guid[]> { TypedValue = sources }, ct);
    }

    public TextTable Ledger(AccountCodes codes) => LedgerJournal.Write(Entries, codes);

    /// <summary>Of the double-entry file, by which two journals are told apart.</summary>
    public string Hash(AccountCodes codes) => Convert.ToHexStringLower(SHA256.HashData(Ledger(codes).ToCsvFile()));

    /// <summary>What the double-entry file debits, and credits.</summary>
    public long TotalPence => Entries.Sum(entry => (long)entry.Pence);

    /// <summary>"1,082.50" of a sum that may be more than one invoice can hold.</summary>
    public static string Pounds(long pence) => (pence / 100m).ToString("N2", CultureInfo.InvariantCulture);

    /// <param name="condition">Of the key of a source and the day on which it was entered.</param>
    private static string With(Func<string, string, string> condition) => Sql
        .Replace("{invoices}", condition("invoice.id", "invoice.issued_on"), StringComparison.Ordinal)
        .Replace("{notes}", condition("note.id", "note.issued_on"), StringComparison.Ordinal)
        .Replace("{entries}", condition("entry.id", "(entry.at at time zone 'Europe/London')::date"), StringComparison.Ordinal);

    private static async Task<Journal> ReadAsync(TrainingHubDb db, string sql, NpgsqlParameter asked, CancellationToken ct)
    {
        await using var transaction = await PlannedAnew.BeginAsync(db, ct);
        // A year of a whole country is put in order in memory, not on the disk.
        await db.Database.ExecuteSqlRawAsync("set local work_mem = '64MB'", ct);
        await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection()) { Parameters = { asked } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<Row>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(Row.Of(reader));
        }

        return new(
            [.. rows.GroupBy(row => (row.Kind, row.EntryId, row.On, row.Document)).Select(Entry)],
            [.. rows.Select(row => row.SourceId).Distinct()]);
    }

    private static JournalEntry Entry(IEnumerable<Row> rows)
    {
        var first = rows.First();
        var isMoney = first.Kind is JournalKind.Receipt or JournalKind.Refund or JournalKind.RefundReturned or JournalKind.Disputed or JournalKind.DisputeWon;
        return new()
        {
            Kind = first.Kind,
            On = first.On,
            Document = first.Document,
            Money = !isMoney ? null : first.Provider == nameof(PaymentProvider.Stripe) ? MoneyPlace.CardClearing : MoneyPlace.Bank,
            Party = first.Party is { Length: > 0 } party ? party : NoName,
            Email = first.Email ?? "",
            AddressLines = MoneyDocument.LinesOf(first.PostalAddress),
            PurchaseOrder = first.PurchaseOrder,
            DueOn = first.DueOn,
            Lines = [.. rows.GroupBy(row => (row.Course, row.IncomeCode, row.CostCentre))
                .Select(line => new JournalLine(line.Key.Course, line.Sum(row => row.Pence), line.Key.IncomeCode, line.Key.CostCentre))],
        };
    }

    private sealed record Row(
        JournalKind Kind, Guid EntryId, Guid SourceId, DateOnly On, string Document, string? Party, string? Email, string? PostalAddress,
        string? PurchaseOrder, DateOnly? DueOn, string? Provider, string Course, string? IncomeCode, string? CostCentre, int Pence)
    {
        // By place, in the order of the query: by name, 200,000 rows would take a second more.
        public static Row Of(NpgsqlDataReader reader)
        {
            string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
            var kind = KindOf(Text(0), reader.GetBoolean(1));
            var document = (kind, reader.IsDBNull(5) ? (int?)null : reader.GetInt32(5)) switch
            {
                (_, null) => reader.GetString(6),
                (JournalKind.CreditNote, { } number) => CreditNote.WordsOf(number),
                (_, { } number) => Invoice.WordsOf(number),
            };
            return new(
                kind, reader.GetGuid(2), reader.GetGuid(3), reader.GetFieldValue<DateOnly>(4), document, Text(7), Text(8), Text(9), Text(10),
                reader.IsDBNull(11) ? null : reader.GetFieldValue<DateOnly>(11), Text(12), reader.GetString(13), Text(14), Text(15), reader.GetInt32(16));
        }

        private static JournalKind KindOf(string? ledgerKind, bool isCredit) => ledgerKind is null
            ? (isCredit ? JournalKind.CreditNote : JournalKind.Invoice)
            : Enum.Parse<LedgerKind>(ledgerKind) switch
            {
                LedgerKind.Charge => JournalKind.Sale,
                LedgerKind.ChargeReversed => JournalKind.SaleReversed,
                LedgerKind.Payment => JournalKind.Receipt,
                LedgerKind.Refund => JournalKind.Refund,
                LedgerKind.RefundReturned => JournalKind.RefundReturned,
                LedgerKind.Disputed => JournalKind.Disputed,
                LedgerKind.DisputeWon => JournalKind.DisputeWon,
                LedgerKind.WriteOff => JournalKind.WriteOff,
                LedgerKind.WriteOffReversed => JournalKind.WriteOffReversed,
            };
    }
}
