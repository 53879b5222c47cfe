using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace TrainingHub.Platform;

/// <summary>
/// A private link that is in an email: the hash of its token, what it opens and until when. A subject may have several
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
        db.Add(Of(token, purpose, subjectId, now, expiresAt));
        return token;
    }

    /// <summary>For a token that stands in the very email which is the subject.</summary>
    public static SecretLink Of(SecretToken token, string purpose, Guid subjectId, DateTimeOffset now, DateTimeOffset expiresAt) =>
        new() { Hash = token.Hash, Purpose = purpose, SubjectId = subjectId, CreatedAt = now, ExpiresAt = expiresAt };

    /// <returns>What the token opens, or null when it is unknown, for another purpose or out of date.</returns>
    public static async Task<Guid?> FindAsync(NpgsqlDataSource database, string purpose, string token, DateTimeOffset now, CancellationToken ct) =>
        (await OpenAsync(database, purpose, token, now, ct))?.SubjectId;

    /// <returns>The same, and until when.</returns>
    public static async Task<OpenedLink?> OpenAsync(NpgsqlDataSource database, string purpose, string token, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select subject_id, expires_at from secret_links where hash = $1 and purpose = $2 and expires_at > $3");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SecretToken.HashOf(token) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = purpose });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? new(rows.GetGuid(0), rows.GetFieldValue<DateTimeOffset>(1)) : null;
    }
}

internal sealed record OpenedLink(Guid SubjectId, DateTimeOffset ExpiresAt);

internal sealed class SecretLinkMap : IEntityTypeConfiguration<SecretLink>
{
    public void Configure(EntityTypeBuilder<SecretLink> builder)
    {
        builder.HasKey(link => link.Hash);
        builder.HasIndex(link => new { link.Purpose, link.SubjectId });
    }
}
