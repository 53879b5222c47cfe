using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Learning;

/// <summary>What a document is; of all but the last a provider is expected to have one.</summary>
internal enum DocumentKind
{
    Contract,
    Insurance,
    SafeguardingPolicy,
    Other,
}

/// <summary>
/// A document of a provider with its file, which never changes: a newer one replaces it, and the earlier stays readable. The newest of a
/// line counts while it is not archived.
/// </summary>
internal sealed class ProviderDocument : IEdited
{
    /// <summary>How long before its last day staff are told of it.</summary>
    public const int SoonDays = 30;

    /// <summary>How long it is kept after the contract has ended, or after it was replaced or archived.</summary>
    public const int KeptMonths = 24;

    public required Guid Id { get; init; }
    public required Guid ProviderId { get; init; }
    public required DocumentKind Kind { get; init; }
    public required string Name { get; init; }

    /// <summary>The last day on which it holds; null has no end.</summary>
    public DateOnly? LastOn { get; init; }

    /// <summary>The earlier one of its line, while that is kept.</summary>
    public Guid? ReplacesId { get; init; }
    public required string FileName { get; init; }
    public required CheckedFileKind FileKind { get; init; }
    public required byte[] FileContent { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>When a newer one came; <see cref="SaveDocument"/> says so in the statement that lets one alone do it.</summary>
    public DateTimeOffset? ReplacedAt { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;

    /// <summary>Those that count.</summary>
    public static IQueryable<ProviderDocument> Current(TrainingHubDb db) => db.ProviderDocuments.Where(one => one.ArchivedAt == null && one.ReplacedAt == null);
}

internal sealed class ProviderDocumentMap : IEntityTypeConfiguration<ProviderDocument>
{
    public void Configure(EntityTypeBuilder<ProviderDocument> builder)
    {
        builder.Property(document => document.Name).HasMaxLength(DocumentFacts.NameLength);
        builder.Property(document => document.FileName).HasMaxLength(CheckedFile.NameLength);
        builder.Property(document => document.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(document => document.ReplacesId).IsUnique();
        builder.HasOne<Provider>().WithMany().HasForeignKey(document => document.ProviderId);
        builder.HasOne<ProviderDocument>().WithOne().HasForeignKey<ProviderDocument>(document => document.ReplacesId);
        builder.ToTable(table => table.HasCheckConstraint("ck_provider_documents_file", $"octet_length(file_content) between 1 and {CheckedFile.MostBytes}"));
    }
}
