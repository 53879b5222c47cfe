using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform;

/// <summary>
/// A private link that stands in an email: the hash of its token, what it opens and until when. A subject may have several
/// links, one an email; opening a link never uses it up, since mail scanners open every link.
/// </summary>
internal sealed class SecretLink
{
    public required byte[] Hash { get; init; }
    public required string Purpose { get; init; }
    public required Guid SubjectId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Adds a link to what is saved next and returns its token, which is told nowhere else.</summary>
    public static SecretToken Issue(DbContext db, string purpose, Guid subjectId, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var token = SecretToken.New();
        db.Add(new SecretLink { Hash = token.Hash, Purpose = purpose, SubjectId = subjectId, CreatedAt = now, ExpiresAt = expiresAt });
        return token;
    }

    /// <returns>What the token opens, or null when it is unknown, for another purpose or out of date.</returns>
    public static async Task<Guid?> FindAsync(DbContext db, string purpose, string token, DateTimeOffset now, CancellationToken ct)
    {
        var hash = SecretToken.HashOf(token);
        var found = await db.Database.SqlQuery<Guid>(
            $"""select subject_id as "Value" from secret_links where hash = {hash} and purpose = {purpose} and expires_at > {now}""").ToListAsync(ct);
        return found is [var subject] ? subject : null;
    }
}

internal sealed class SecretLinkMap : IEntityTypeConfiguration<SecretLink>
{
    public void Configure(EntityTypeBuilder<SecretLink> builder)
    {
        builder.HasKey(link => link.Hash);
        builder.HasIndex(link => new { link.Purpose, link.SubjectId });
    }
}
