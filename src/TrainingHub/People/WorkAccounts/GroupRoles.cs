using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>What somebody's groups make of them here.</summary>
internal sealed record RolesOfGroups(IReadOnlyList<StaffRole> Roles, IReadOnlyList<Guid> Areas);

/// <summary>
/// One line of <c>SingleSignOn:Roles</c>: a group or app role, and which roles whoever is in it has here:
/// <c>training-team = Coordinator, Finance</c>, or <c>dorset-group = LearningGroup for Dorset; BCP</c> with the names of areas.
/// </summary>
/// <param name="Group">As the provider's token has it: Microsoft Entra ID names groups by their object id.</param>
internal sealed record GroupRoles(string Group, IReadOnlyList<StaffRole> Roles, IReadOnlyList<string> Areas)
{
    private const string AreaWord = " for ";

    /// <returns>What is wrong with the line, or null.</returns>
    public static string? WhyNot(string line)
    {
        if (line.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 }, var given])
        {
            return $"SingleSignOn:Roles has “{line}”. Write a group, an equals sign and roles: training-team = Coordinator.";
        }

        var (roles, areas) = Halves(given);
        if (roles.FirstOrDefault(word => RoleOf(word) is null) is { } unknown)
        {
            return $"SingleSignOn:Roles has “{line}”. There is no role {unknown}. Known: {string.Join(", ", StaffRoles.All)}.";
        }

        return roles.Select(RoleOf).Contains(StaffRole.LearningGroup) == areas.Length > 0 ? null
            : $"SingleSignOn:Roles has “{line}”. A LearningGroup, and nobody else, needs areas: LearningGroup for Dorset; BCP.";
    }

    /// <summary>A line that <see cref="WhyNot"/> found right.</summary>
    public static GroupRoles Of(string line)
    {
        var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
        var (roles, areas) = Halves(parts[1]);
        return new(parts[0], [.. roles.Select(RoleOf).OfType<StaffRole>()], areas);
    }

    /// <summary>The roles of all these groups together. An area that was renamed or archived since gives nothing, and a learning group without areas is none.</summary>
    public static async Task<RolesOfGroups> AllOfAsync(IEnumerable<string> lines, IReadOnlyCollection<string> groups, TrainingHubDb db, CancellationToken ct)
    {
        // Ids and names of groups are compared as Entra does, without regard to case.
        var held = lines.Select(Of).Where(line => groups.Contains(line.Group, StringComparer.OrdinalIgnoreCase)).ToList();
        var names = held.SelectMany(line => line.Areas).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var areas = names.Count == 0 ? [] : await db.Areas.AsNoTracking().Select(area => new { area.Id, area.Name }).ToListAsync(ct);
        var known = areas.Where(area => names.Contains(area.Name)).Select(area => area.Id).ToList();
        return new([.. held.SelectMany(line => line.Roles).Distinct().Where(role => role != StaffRole.LearningGroup || known.Count > 0).Order()], known);
    }

    private static (string[] Roles, string[] Areas) Halves(string given)
    {
        var halves = given.Split(AreaWord, 2);
        return (Words(halves[0], ','), halves.Length == 2 ? Words(halves[1], ';') : []);
    }

    private static string[] Words(string text, char between) => text.Split(between, StringSplitOptions.TrimEntries) is [""] ? [] : text.Split(between, StringSplitOptions.TrimEntries);

    private static StaffRole? RoleOf(string word) => StaffRoles.All.Where(role => role.ToString().Equals(word, StringComparison.OrdinalIgnoreCase)).Select(role => (StaffRole?)role).FirstOrDefault();
}
