using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>Where a page of history begins: after this entry, in the order of the list.</summary>
internal sealed record HistoryKey(DateTimeOffset At, Guid Id)
{
    public string Words => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}_{Id:N}");

    public static HistoryKey Of(HistoryEntry entry) => new(entry.At, entry.Id);

    /// <returns>Null when it is none.</returns>
    public static HistoryKey? Parse(string? words) =>
        words?.Split('_') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks
        && Guid.TryParseExact(id, "N", out var parsed)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), parsed)
            : null;
}

/// <summary>Which entries of history are wanted, and in which order. Pages are found by a key, so that the last one is as near as the first.</summary>
/// <param name="Who">The id of an account, or <see cref="Program"/>.</param>
/// <param name="Kind">A kind of record, as history has it.</param>
/// <param name="From">The first day, in London.</param>
/// <param name="Until">The last one.</param>
/// <param name="Q">The beginnings of words in what was done, noted or changed; or the reference of a booking or a date.</param>
/// <param name="IsOldestFirst"></param>
internal sealed record HistorySearch(string? Who, string? Kind, DateOnly? From, DateOnly? Until, string? Q, bool IsOldestFirst)
{
    public const int LongestWords = 100;

    /// <summary>Whatever acted without an account: the command line and jobs.</summary>
    public const string Program = "program";

    private const int MostWords = 6;
    private const int Rare = 5_000;

    public bool IsFiltered => !string.IsNullOrEmpty(Who) || !string.IsNullOrEmpty(Kind) || From is not null || Until is not null || !string.IsNullOrWhiteSpace(Q);

    public async Task<IQueryable<HistoryEntry>> OfAsync(TrainingHubDb db, CancellationToken ct)
    {
        var found = await NamedAsync(db, ct);
        if (!string.IsNullOrEmpty(Who))
        {
            var id = Guid.TryParse(Who, out var account) ? account : Guid.Empty;
            found = found.Where(entry => entry.ActorId == id);
        }

        if (!string.IsNullOrEmpty(Kind))
        {
            found = found.Where(entry => entry.RecordType == Kind);
        }

        if (From is { } first)
        {
            var from = London.Instant(first, TimeOnly.MinValue);
            found = found.Where(entry => entry.At >= from);
        }

        if (Until is { } last && last < DateOnly.MaxValue)
        {
            var until = London.Instant(last.AddDays(1), TimeOnly.MinValue);
            found = found.Where(entry => entry.At < until);
        }

        return found;
    }

    /// <summary>In the order of the list, or in the opposite one for the page before.</summary>
    public IQueryable<HistoryEntry> Ordered(IQueryable<HistoryEntry> found, HistoryKey? after, bool backwards)
    {
        var isUp = IsOldestFirst != backwards;
        if (after is { } key)
        {
            found = isUp
                ? found.Where(entry => EF.Functions.GreaterThan(ValueTuple.Create(entry.At, entry.Id), ValueTuple.Create(key.At, key.Id)))
                : found.Where(entry => EF.Functions.LessThan(ValueTuple.Create(entry.At, entry.Id), ValueTuple.Create(key.At, key.Id)));
        }

        return isUp
            ? found.OrderBy(entry => entry.At).ThenBy(entry => entry.Id)
            : found.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id);
    }

    private async Task<IQueryable<HistoryEntry>> NamedAsync(TrainingHubDb db, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Q))
        {
            return db.HistoryEntries.AsNoTracking();
        }

        if (await HistoryRecords.OfReferenceAsync(db, Q, ct) is { Count: > 0 } records)
        {
            return db.HistoryEntries.AsNoTracking().Where(entry => records.Contains(entry.RecordId));
        }

        var words = Words(Q);
        if (words.Length == 0)
        {
            return db.HistoryEntries.AsNoTracking().Where(_ => false);
        }

        // What is said seldom is looked for first, which the offset sees to; what is said often is soon met on the way back through time.
        return await AreRareAsync(db, words, ct)
            ? db.HistoryEntries.FromSql($"select * from history where searched @@ to_tsquery('simple', {words}) offset 0").AsNoTracking()
            : db.HistoryEntries.FromSql($"select * from history where searched @@ to_tsquery('simple', {words})").AsNoTracking();
    }

    private static async Task<bool> AreRareAsync(TrainingHubDb db, string words, CancellationToken ct) =>
        await db.Database.SqlQuery<int>(
            $"""
            select count(*)::integer as "Value"
            from (select from history_entries where searched @@ to_tsquery('simple', {words}) limit {Rare + 1}) found
            """).SingleAsync(ct) <= Rare;

    /// <summary>As the database wants to be asked: each word in quotes, as the beginning of one.</summary>
    private static string Words(string typed) => string.Join(
        " & ",
        typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Any(char.IsLetterOrDigit)).Distinct().Take(MostWords)
            .Select(word => $"'{word.Replace("\\", "", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}':*"));
}
