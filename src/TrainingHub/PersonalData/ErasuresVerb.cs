using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Commands;

namespace TrainingHub.PersonalData;

/// <summary>
/// Prints which records were erased, one a line: when, what and its number, and no name. Kept outside the database, such a list is given back
/// after an old backup was restored: what it names and is there again is erased again, each kind as it was. A second time does nothing.
/// </summary>
internal sealed class ErasuresVerb(TrainingHubDb db, EraseHeld erase, TimeProvider clock) : IVerb
{
    public static string Name => "erasures";

    public static string Usage => "erasures [FILE]";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args.Length > 1)
        {
            throw new UsageException("One file at a time.");
        }

        return args is [var file] ? await ReplayAsync(Read(await ReadFileAsync(file, ct)), ct) : await PrintAsync(ct);
    }

    private async Task<int> PrintAsync(CancellationToken ct)
    {
        await foreach (var one in db.ErasedRecords.AsNoTracking().OrderBy(one => one.ErasedAt).ThenBy(one => one.Kind).ThenBy(one => one.RecordId).AsAsyncEnumerable().WithCancellation(ct))
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{one.ErasedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{one.Kind},{one.RecordId}"));
        }

        return 0;
    }

    private async Task<int> ReplayAsync(IReadOnlyList<HeldRecord> records, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var plan = await ErasurePlan.ReadAsync(db, records, clock.GetUtcNow(), ct);
        if (!await erase.RunAsync(plan.Held, Actor.CommandLine, ct))
        {
            throw new UsageException("Something was booked or changed at the same moment. Nothing was erased; run it again.");
        }

        await transaction.CommitAsync(ct);
        await Console.Out.WriteLineAsync(plan.Held.Records.Count() is 1 ? "1 record is erased." : $"{plan.Held.Records.Count()} records are erased.");
        foreach (var needed in plan.Needed.DistinctBy(one => one.Record))
        {
            await Console.Out.WriteLineAsync($"{needed.Record.Kind} {needed.Record.Id} is not: a coming date needs it again. Cancel that, then run this once more.");
        }

        return plan.Needed.Count == 0 ? 0 : 1;
    }

    private static async Task<string[]> ReadFileAsync(string file, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllLinesAsync(file, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {e.Message}");
        }
    }

    private static List<HeldRecord> Read(string[] lines)
    {
        var records = new List<HeldRecord>();
        foreach (var (line, number) in lines.Select((line, index) => (line.Trim(), index + 1)).Where(one => one.Item1.Length > 0))
        {
            if (line.Split(',') is not [_, var kind, var id] || !Enum.TryParse<HeldKind>(kind, out var known) || !Enum.IsDefined(known) || !Guid.TryParse(id, out var record))
            {
                throw new UsageException($"Line {number} is not “when,what,number” as this verb prints it. Nothing was done.");
            }

            records.Add(new(known, record));
        }

        return records;
    }
}
