using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;

namespace TrainingHub.Surveys;

/// <summary>
/// An answer of a file, for 90 days after the import; then <see cref="UnlinkAnswers"/> takes the row away. The key finds the answer
/// of a person, so that the same delegate in another file corrects it. Reports never read this table.
/// </summary>
internal sealed class ImportedAnswer
{
    public required Guid ResponseId { get; init; }

    /// <summary>Null = the row named no delegate or no date.</summary>
    public byte[]? DelegateKey { get; init; }
    public DateTimeOffset? KnownUntil { get; init; }

    /// <summary>
    /// The same for one delegate of one date whatever the file. Neither address nor name is stored. Where nobody knows a name, the
    /// address alone is the key.
    /// </summary>
    public static byte[] KeyOf(Guid runId, string emailKey, string? nameKey) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(nameKey is null ? $"{runId}|{emailKey}" : $"{runId}|{emailKey}|{nameKey}"));
}

internal sealed class ImportedAnswerMap : IEntityTypeConfiguration<ImportedAnswer>
{
    public void Configure(EntityTypeBuilder<ImportedAnswer> builder)
    {
        builder.HasKey(imported => imported.ResponseId);
        builder.HasIndex(imported => imported.DelegateKey).IsUnique();
        builder.HasIndex(imported => imported.KnownUntil);
        builder.HasOne<SurveyResponse>().WithOne().HasForeignKey<ImportedAnswer>(imported => imported.ResponseId);
    }
}

/// <summary>
/// A date with imported answers that are unlinked. A row of a later file about it cannot be compared with them any more, and is left
/// out if it was answered up to the day of the last such import.
/// </summary>
internal sealed class UnlinkedImport
{
    public required Guid RunId { get; init; }
    public required DateOnly ImportedOn { get; init; }
}

internal sealed class UnlinkedImportMap : IEntityTypeConfiguration<UnlinkedImport>
{
    public void Configure(EntityTypeBuilder<UnlinkedImport> builder)
    {
        builder.HasKey(import => import.RunId);
        builder.HasOne<CourseRun>().WithOne().HasForeignKey<UnlinkedImport>(import => import.RunId);
    }
}
