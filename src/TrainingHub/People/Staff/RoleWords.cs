using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Commands;

namespace TrainingHub.People;

/// <summary>The roles and areas that a command line names.</summary>
/// <param name="Rest">Its other words.</param>
internal sealed record RoleWords(IReadOnlyList<StaffRole> Roles, IReadOnlyList<string> Areas, string[] Rest)
{
    /// <summary>Roles by <c>--role</c>, areas by <c>--area</c>.</summary>
    /// <exception cref="UsageException">A role that there is not, or an option without a word.</exception>
    public static RoleWords OfOptions(IEnumerable<string> words)
    {
        var (roles, areas, rest) = (new List<StaffRole>(), new List<string>(), new List<string>());
        using var word = words.GetEnumerator();
        while (word.MoveNext())
        {
            switch (word.Current)
            {
                case "--role":
                    roles.Add(RoleOf(Next(word)));
                    break;
                case "--area":
                    areas.Add(Next(word));
                    break;
                default:
                    rest.Add(word.Current);
                    break;
            }
        }

        return new(roles, areas, [.. rest]);
    }

    /// <summary>An address, then roles; areas by <c>--area</c>.</summary>
    public static RoleWords Of(IEnumerable<string> words)
    {
        var read = OfOptions(words);
        return read with { Roles = [.. read.Roles, .. read.Rest.Skip(1).Select(RoleOf)], Rest = [.. read.Rest.Take(1)] };
    }

    /// <exception cref="UsageException">An area that there is not.</exception>
    public async Task<IReadOnlyList<Guid>> AreasAsync(TrainingHubDb db, CancellationToken ct)
    {
        if (Areas.Count == 0)
        {
            return [];
        }

        var known = await db.Areas.AsNoTracking().ToListAsync(ct);
        return [.. Areas.Select(name => known.Find(area => area.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new UsageException($"There is no area {name}. Known: {string.Join(", ", known.Select(area => area.Name))}."))];
    }

    private static string Next(IEnumerator<string> word) =>
        word.Current is var option && word.MoveNext() ? word.Current : throw new UsageException($"Say what follows {option}.");

    private static StaffRole RoleOf(string word) =>
        Enum.TryParse<StaffRole>(word, ignoreCase: true, out var role) && Enum.IsDefined(role) && !char.IsDigit(word[0])
            ? role
            : throw new UsageException($"There is no role {word}. Known: {string.Join(", ", StaffRoles.All)}.");
}
