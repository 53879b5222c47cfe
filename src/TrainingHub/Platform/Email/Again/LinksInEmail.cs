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
    public string Forget(string model) => tokens.Replace(model, found => found.Value[0] == '~' ? found.Value : Kept(SecretToken.HashOf(found.Value)));

    /// <summary>
    /// Stored content with new tokens in place of the hashes, saved with the next change; null when one of the links is out of date. Joins
    /// its caller's transaction.
    /// </summary>
    /// <param name="db"></param>
    /// <param name="model">As stored.</param>
    /// <param name="formerLinks">Whether those in the former email go on working.</param>
    /// <param name="now"></param>
    /// <param name="ct"></param>
    public async Task<string?> RenewAsync(TrainingHubDb db, string model, FormerLinks formerLinks, DateTimeOffset now, CancellationToken ct)
    {
        var hashes = tokens.Matches(model).Select(found => found.Value).Where(value => value[0] == '~').Distinct()
            .ToDictionary(value => value, value => Base64Url.DecodeFromChars(value.AsSpan(1)));
        foreach (var (kept, hash) in hashes)
        {
            if (await db.SecretLinks.FirstOrDefaultAsync(link => link.Hash == hash && link.ExpiresAt > now, ct) is not { } former)
            {
                return null;
            }

            var token = SecretToken.New();
            db.Add(SecretLink.Of(token, former.Purpose, former.SubjectId, now, former.ExpiresAt));
            if (formerLinks == FormerLinks.End)
            {
                db.Remove(former);
            }

            model = model.Replace(kept, token.Value, StringComparison.Ordinal);
        }

        return model;
    }

    private static string Kept(byte[] hash) => "~" + Base64Url.EncodeToString(hash);
}

/// <summary>What becomes of the private links in an email that goes out once more.</summary>
internal enum FormerLinks
{
    /// <summary>Whoever has the former email may go on using it.</summary>
    Stay,

    /// <summary>It went, or would have gone, to where it should not.</summary>
    End,
}
