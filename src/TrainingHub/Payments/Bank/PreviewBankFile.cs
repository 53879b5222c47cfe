using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Payments;

/// <summary>A line that no file had before, and what it is taken for.</summary>
internal sealed record PreviewedLine(CreditLine Line, BankMatch Match);

/// <summary>What agreeing to a file would do now.</summary>
/// <param name="Books">Booked at once.</param>
/// <param name="Asks">Left to a person, each with its proposals.</param>
/// <param name="Seen">In an earlier file too: nothing is done about them.</param>
internal sealed record BankPreview(IReadOnlyList<PreviewedLine> Books, IReadOnlyList<PreviewedLine> Asks, IReadOnlyList<CreditLine> Seen);

/// <summary>Tries a file out, one line after the other as booking does: what one line pays is not open to the next.</summary>
internal static class PreviewBankFile
{
    public static async Task<BankPreview> RunAsync(TrainingHubDb db, BankFile file, CancellationToken ct)
    {
        var credits = CreditsOf(file);
        var keys = BankLineKeys.Of(credits);
        var known = await db.BankLines.Where(line => keys.Contains(line.Key)).Select(line => line.Key).ToHashSetAsync(ct);
        var lines = credits.Zip(keys).ToLookup(line => known.Contains(line.Second), line => line.First);
        var matching = await BankMatching.ReadAsync(db, lines[false].Select(line => line.Text), lines[false].Select(line => line.Payer), ct);
        List<PreviewedLine> books = [], asks = [];
        foreach (var line in lines[false])
        {
            var match = matching.Match(line.Pence, line.Payer, line.Text);
            if (match.Certain is { } certain)
            {
                matching.Invoices.Book(certain);
                books.Add(new(line, match));
            }
            else
            {
                asks.Add(new(line, match));
            }
        }

        return new(books, asks, [.. lines[true]]);
    }

    /// <summary>The lines of a file that was read once. As it was read on the day it came: what was of a later day then is still left out.</summary>
    public static IReadOnlyList<CreditLine> CreditsOf(BankFile file) =>
        ReadBankFile.Read(file.Content ?? throw new InvalidOperationException($"Bank file {file.Id} has no content any more."), London.DateOf(file.UploadedAt)).Credits;
}
