using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform.Files;

/// <summary>Reads a file of a kind, with what staff have said about its headings and values, for the browser and the command line alike.</summary>
internal sealed class ReadImportFile(TrainingHubDb db, IEnumerable<ImportEntry> imports)
{
    public async Task<FileTable> RunAsync(FileKind kind, Stream file, bool isLenient, ImportProgress progress, CancellationToken ct)
    {
        var headings = await db.ImportHeadings.AsNoTracking().Where(heading => heading.Kind == kind.Name)
            .ToDictionaryAsync(heading => heading.HeadingKey, heading => heading.ColumnName, ct);
        var values = await db.ImportValues.AsNoTracking().Where(value => value.Kind == kind.Name)
            .ToDictionaryAsync(value => (value.ColumnName, value.ValueKey), value => value.Means, ct);
        var others = imports.Select(import => import.Kind).Where(other => other.Name != kind.Name).ToList();
        return await FileTable.ReadAsync(file, new FileRules(kind, new FileMapping(headings, values), isLenient, others), progress, ct);
    }
}
