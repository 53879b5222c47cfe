using System.Buffers.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Emails;

namespace TrainingHub.Platform.Email;

/// <summary>
/// The private links in the stored content or the words of an email. A sent email keeps the hash in place of each token, with which a
/// new token for the same thing can be made and nothing can be opened. Staff see neither. A token is 22 characters, a part of an
/// address of this site of its own; only the name of a course can look the same, and stands elsewhere.
/// </summary>
internal sealed class LinksInEmail(EmailBrand brand)
{
    private const string Shown = "private-link-not-shown";

    private readonly Regex tokens = new(
        $@"(?<={Regex.Escape(brand.PublicUrl.TrimEnd('/'))}/[^\s""<>\\]*(?<!/courses)/)(?:[A-Za-z0-9_-]{{22}}|~[A-Za-z0-9_-]{{43}})(?![A-Za-z0-9_-])",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));

    /// <summary>Words or HTML as staff may see them.</summary>
    public string Hide(string words) => tokens.Replace(words, Shown);

    /// <summary>Stored content after it was sent: what it said, and no key.</summary>
    public string Forget(string model) => tokens.Replace(
        model, found => found.Value[0] == '~' ? found.Value : "~" + Base64Url.EncodeToString(SecretToken.HashOf(found.Value)));

    /// <summary>The hashes of all private links in stored content, sent or not.</summary>
    public IEnumerable<byte[]> HashesIn(string model) => tokens.Matches(model)
        .Select(found => found.Value[0] == '~' ? Base64Url.DecodeFromChars(found.Value.AsSpan(1)) : SecretToken.HashOf(found.Value));

    /// <summary>What the hashes in stored content open; null when one of them is out of date.</summary>
    public async Task<KeptLinks?> FindAsync(TrainingHubDb db, string model, DateTimeOffset now, CancellationToken ct)
    {
        var kept = tokens.Matches(model).Select(found => found.Value).Where(value => value[0] == '~').Distinct().ToList();
        var hashes = kept.Select(value => Base64Url.DecodeFromChars(value.AsSpan(1))).ToArray();
        var links = await db.SecretLinks.AsNoTracking().Where(link => hashes.Contains(link.Hash) && link.ExpiresAt > now).ToListAsync(ct);
        return links.Count < kept.Count ? null : new([.. links.Select(link => ("~" + Base64Url.EncodeToString(link.Hash), link))]);
    }
}

/// <summary>Private links of which the email has only hashes.</summary>
/// <param name="All">As it stands in the content, and what it opens.</param>
internal sealed record KeptLinks(IReadOnlyList<(string Text, SecretLink Link)> All)
{
    /// <summary>The same, to what things are called now.</summary>
    public KeptLinks MovedTo(IReadOnlyDictionary<Guid, Guid> subjects) => new([.. All.Select(one => (one.Text, Moved(one.Link, subjects)))]);

    /// <summary>The content with new tokens in it, whose links are saved with the next change.</summary>
    public string Renew(TrainingHubDb db, string model, DateTimeOffset now)
    {
        foreach (var (text, link) in All)
        {
            var token = SecretLink.Issue(db, link.Purpose, link.SubjectId, now, link.ExpiresAt);
            model = model.Replace(text, token.Value, StringComparison.Ordinal);
        }

        return model;
    }

    /// <summary>Those in the former email open nothing from now on. Joins its caller's transaction.</summary>
    public Task EndAsync(TrainingHubDb db, CancellationToken ct)
    {
        var hashes = All.Select(one => one.Link.Hash).ToArray();
        return db.SecretLinks.Where(link => hashes.Contains(link.Hash)).ExecuteDeleteAsync(ct);
    }

    private static SecretLink Moved(SecretLink link, IReadOnlyDictionary<Guid, Guid> subjects) => new()
    {
        Hash = link.Hash,
        Purpose = link.Purpose,
        SubjectId = subjects.GetValueOrDefault(link.SubjectId, link.SubjectId),
        CreatedAt = link.CreatedAt,
        ExpiresAt = link.ExpiresAt,
    };
}
