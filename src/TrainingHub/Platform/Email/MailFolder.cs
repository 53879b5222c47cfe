namespace TrainingHub.Platform.Email;

/// <summary>Where emails are written as files when no mail server is set.</summary>
internal sealed record MailFolder(string Path)
{
    /// <summary>The names of its files, the latest first.</summary>
    public IReadOnlyList<string> Names() =>
        Directory.Exists(Path)
            ? [.. new DirectoryInfo(Path).EnumerateFiles("*.eml")
                .OrderByDescending(file => file.LastWriteTimeUtc).ThenByDescending(file => file.Name, StringComparer.Ordinal)
                .Select(file => file.Name)]
            : [];

    /// <summary>The email of that name, or null when the folder holds none of exactly that name.</summary>
    public async Task<StoredEmail?> ReadAsync(string name, CancellationToken ct)
    {
        if (!Names().Contains(name, StringComparer.Ordinal))
        {
            return null;
        }

        await using var file = File.OpenRead(System.IO.Path.Combine(Path, name));
        return await StoredEmail.ReadAsync(file, ct);
    }
}
