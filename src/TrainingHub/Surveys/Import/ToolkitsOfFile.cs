using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>The toolkits that a file may name, by the rule of <see cref="People.AreasOfFile"/>.</summary>
internal sealed class ToolkitsOfFile
{
    private readonly IReadOnlyList<Toolkit> published;

    private ToolkitsOfFile(IReadOnlyList<Toolkit> known, IReadOnlyList<Toolkit> published) =>
        (Names, this.published) = (new(known.Concat(published).Select(toolkit => KeyValuePair.Create(toolkit.Name, toolkit.Id))), published);

    public KnownNames<Guid> Names { get; }

    public static ToolkitsOfFile Of(IReadOnlyList<Toolkit> known, KnownNames<Guid> areas) =>
        new(known, known.Count > 0 ? [] : PublishedToolkits.In(areas));

    /// <summary>Saves the published ones if the file names one of them; after the areas, which they refer to.</summary>
    /// <returns>What to tell of it.</returns>
    public async Task<IReadOnlyList<string>> AddUsedAsync(TrainingHubDb db, IEnumerable<Guid> used, ImportRun run, DateTimeOffset now, CancellationToken ct)
    {
        var named = used.ToHashSet();
        if (!published.Any(toolkit => named.Contains(toolkit.Id)))
        {
            return [];
        }

        db.AddRange(published);
        foreach (var toolkit in published)
        {
            HistoryEntry.Add<Toolkit>(db, toolkit.Id, run.By, "Added", [new("Name", null, toolkit.Name)], now, run.Source);
        }

        await db.SaveChangesAsync(ct);
        return [$"New toolkits: {string.Join(", ", published.Select(toolkit => toolkit.Name))}."];
    }
}
