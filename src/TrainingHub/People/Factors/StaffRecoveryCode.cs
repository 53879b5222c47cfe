using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>
/// One of ten codes, each of which stands in once for the authenticator app. Only a hash is kept: of 120 random bits nobody finds the code
/// (OWASP ASVS 5.0, 6.5.2).
/// </summary>
internal sealed class StaffRecoveryCode
{
    public const int Count = 10;
    private const int Groups = 4;
    private const int GroupLength = 6;

    public required Guid StaffUserId { get; init; }
    public required byte[] CodeHash { get; init; }
    public DateTimeOffset? UsedAt { get; init; }

    public static IReadOnlyList<string> NewCodes() => [.. Enumerable.Range(0, Count).Select(_ => AddStaff.RandomWords(Groups, GroupLength))];

    /// <summary>Spaces, hyphens and capitals do not matter.</summary>
    public static byte[] HashOf(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsLetterOrDigit)).ToLowerInvariant()));
}

internal sealed class StaffRecoveryCodeMap : IEntityTypeConfiguration<StaffRecoveryCode>
{
    public void Configure(EntityTypeBuilder<StaffRecoveryCode> builder)
    {
        builder.HasKey(code => new { code.StaffUserId, code.CodeHash });
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(code => code.StaffUserId);
    }
}
