using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform.Files;

namespace TrainingHub.FreePlaces;

/// <summary>A file that backs an application up. Staff alone download it; <see cref="DeleteEvidence"/> ends it.</summary>
internal sealed class FreePlaceEvidence
{
    /// <summary>Of one application.</summary>
    public const int MostFiles = 3;

    /// <summary>Days after the decision until it is deleted. Applicants are told so.</summary>
    public const int KeptForDays = 30;

    public required Guid Id { get; init; }
    public required Guid ApplicationId { get; init; }

    /// <summary>As the applicant's, with the ending of what it is. Never a path.</summary>
    public required string FileName { get; init; }
    public required CheckedFileKind Kind { get; init; }
    public required byte[] Content { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    public static FreePlaceEvidence Of(CheckedFile file, Guid applicationId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ApplicationId = applicationId,
        FileName = file.Name,
        Kind = file.Kind,
        Content = file.Content,
        AddedAt = now,
    };
}

internal sealed class FreePlaceEvidenceMap : IEntityTypeConfiguration<FreePlaceEvidence>
{
    public void Configure(EntityTypeBuilder<FreePlaceEvidence> builder)
    {
        builder.Property(evidence => evidence.FileName).HasMaxLength(CheckedFile.NameLength);
        builder.HasIndex(evidence => evidence.ApplicationId);
        builder.HasOne<FreePlaceApplication>().WithMany().HasForeignKey(evidence => evidence.ApplicationId);
        builder.ToTable("FreePlaceEvidence", table => table.HasCheckConstraint(
            "ck_free_place_evidence_size", $"octet_length(content) between 1 and {CheckedFile.MostBytes}"));
    }
}
