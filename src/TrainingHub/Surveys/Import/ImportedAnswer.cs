using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Surveys;

/// <summary>
/// An answer of a file whose row named its delegate and date. The key finds the answer of a person, so that the same delegate in
/// another file corrects it. Reports never read this table; the key is destroyed 90 days after the import, and the row that stays
/// says only that there was one.
/// </summary>
internal sealed class ImportedAnswer
{
    public required Guid ResponseId { get; init; }

    /// <summary>Null = destroyed.</summary>
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
        builder.ToTable(table => table.HasCheckConstraint("ck_imported_answers_end", "(delegate_key is null) = (known_until is null)"));
    }
}
