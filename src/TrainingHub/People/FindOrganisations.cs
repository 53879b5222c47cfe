using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>Organisations for part of a name, of those alone that staff have approved: who asks may be a stranger.</summary>
internal static class FindOrganisations
{
    private const int Most = 10;

    /// <returns>The names with words that begin so, as many of them as any name has; at most ten.</returns>
    public static async Task<IReadOnlyList<string>> ByWordsAsync(TrainingHubDb db, string typed, CancellationToken ct)
    {
        string[] patterns = [.. Organisation.KeyOf(typed).Split(' ').Where(word => word.Length > 1).Distinct().Select(word => $"% {Escaped(word)}%")];
        var found = await db.Organisations.AsNoTracking()
            .Where(known => known.IsApproved && patterns.Any(pattern => EF.Functions.Like(" " + known.NameKey, pattern)))
            .Select(known => new { known.Name, Fit = patterns.Count(pattern => EF.Functions.Like(" " + known.NameKey, pattern)) })
            .OrderByDescending(known => known.Fit)
            .ThenBy(known => known.Name)
            .Take(Most)
            .ToListAsync(ct);
        return [.. found.Where(known => known.Fit == found[0].Fit).Select(known => known.Name)];
    }

    public static Task<bool> IsApprovedAsync(TrainingHubDb db, string name, CancellationToken ct) =>
        db.Organisations.AnyAsync(known => known.IsApproved && known.Name == name, ct);

    private static string Escaped(string word) => word
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
