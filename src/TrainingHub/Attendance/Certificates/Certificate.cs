using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

internal enum CertificateState
{
    /// <summary>In force, as long as it is valid.</summary>
    Issued,

    /// <summary>Another one of the same place stands for it: something was corrected, or staff issued it again.</summary>
    Replaced,

    /// <summary>Staff have taken it back, with a reason. None is issued by itself then.</summary>
    Withdrawn,

    /// <summary>The register does not count the attendance any more, or not as a certificate needs it.</summary>
    NotEarned,

    /// <summary>Whose it was is not held any more.</summary>
    Forgotten,
}

/// <summary>
/// That somebody attended a course, as it was issued. What it says never changes: whatever is corrected makes another one. The database
/// refuses anything else, and a second one in force for a place.
/// </summary>
internal sealed class Certificate
{
    public const string LinkPurpose = "certificate";
    public const int CodeLength = 16;
    public const int ReasonLength = 300;

    public required Guid Id { get; init; }
    public required Guid PlaceId { get; init; }
    public required Guid CourseId { get; init; }

    /// <summary>What people quote. By chance, so that it does not tell how many there are; it opens nothing.</summary>
    public required string Number { get; init; }

    /// <summary>What opens the public check: 16 characters, some 78 bits, and nothing to do with the number.</summary>
    public required string Code { get; init; }

    /// <summary>Null when it is not held any more.</summary>
    public required string? PersonName { get; init; }
    public required string CourseTitle { get; init; }
    public required string? Level { get; init; }

    /// <summary>London dates of its meetings, in their order; at least one.</summary>
    public required DateOnly[] Days { get; init; }

    /// <summary>Of all meetings together, as planned.</summary>
    public required int Minutes { get; init; }

    /// <summary>Attended for a part of it.</summary>
    public required bool IsPart { get; init; }
    public required string? ProviderName { get; init; }
    public required string PartnershipName { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The last day on which it is valid; null has no end.</summary>
    public required DateOnly? ValidUntil { get; init; }
    public CertificateState State { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why staff withdrew it.</summary>
    public string? Reason { get; private set; }

    /// <summary>When its person was reminded that it ends.</summary>
    public DateTimeOffset? RemindedAt { get; private set; }

    public static Certificate Of(EarnedCertificate earned, string partnership, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PlaceId = earned.PlaceId,
        CourseId = earned.CourseId,
        Number = Reference.New(),
        Code = RandomNumberGenerator.GetString(Reference.Alphabet, CodeLength),
        PersonName = earned.PersonName,
        CourseTitle = earned.CourseTitle,
        Level = earned.Level,
        Days = earned.Days,
        Minutes = earned.Minutes,
        IsPart = earned.IsPart,
        ProviderName = earned.ProviderName,
        PartnershipName = partnership,
        IssuedAt = now,
        ValidUntil = earned.RenewalMonths is { } months ? earned.LastDay.AddMonths(months) : null,
    };

    /// <summary>Whether another would say the same of who, when, how long and how much. Titles and names of providers stay as they were at issue.</summary>
    public bool Says(EarnedCertificate earned) =>
        PersonName == earned.PersonName && Days.SequenceEqual(earned.Days) && Minutes == earned.Minutes && IsPart == earned.IsPart;

    /// <param name="today"></param>
    /// <param name="isEarned">That the register counts the attendance at this moment: a check waits for no job.</param>
    public CertificateStanding StandingOn(DateOnly today, bool isEarned) => State switch
    {
        CertificateState.Issued when !isEarned => CertificateStanding.Withdrawn,
        CertificateState.Issued => ValidUntil < today ? CertificateStanding.Expired : CertificateStanding.Valid,
        CertificateState.Replaced => CertificateStanding.Replaced,
        CertificateState.Withdrawn or CertificateState.NotEarned => CertificateStanding.Withdrawn,
        CertificateState.Forgotten => CertificateStanding.Forgotten,
    };

    public void End(CertificateState state, DateTimeOffset now, string? reason = null)
    {
        if (State != CertificateState.Issued || state == CertificateState.Issued)
        {
            throw new InvalidOperationException($"{nameof(End)}: certificate {Id} is {State}.");
        }

        (State, EndedAt, Reason) = (state, now, reason);
    }
}

/// <summary>What somebody who checks a certificate is told.</summary>
internal enum CertificateStanding
{
    Valid,
    Expired,
    Replaced,
    Withdrawn,
    Forgotten,
}

internal sealed class CertificateMap : IEntityTypeConfiguration<Certificate>
{
    public void Configure(EntityTypeBuilder<Certificate> builder)
    {
        builder.Property(certificate => certificate.Number).HasMaxLength(Reference.Length);
        builder.Property(certificate => certificate.Code).HasMaxLength(Certificate.CodeLength);
        builder.Property(certificate => certificate.PersonName).HasMaxLength(Person.NameLength);
        builder.Property(certificate => certificate.CourseTitle).HasMaxLength(Course.TitleLength);
        builder.Property(certificate => certificate.Reason).HasMaxLength(Certificate.ReasonLength);
        builder.HasIndex(certificate => certificate.PlaceId, "UxCertificatesInForce").IsUnique().HasFilter("state = 'Issued'");
        builder.HasIndex(certificate => certificate.Number).IsUnique();
        builder.HasIndex(certificate => certificate.Code).IsUnique();
        builder.HasIndex(certificate => certificate.PlaceId);
        builder.HasIndex(certificate => certificate.IssuedAt);
        builder.HasIndex(certificate => certificate.ValidUntil, "IxCertificatesToRenew").HasFilter("state = 'Issued' and reminded_at is null");
        builder.HasOne<Place>().WithMany().HasForeignKey(certificate => certificate.PlaceId);
        builder.HasOne<Course>().WithMany().HasForeignKey(certificate => certificate.CourseId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_certificates_ended", "(state = 'Issued') = (ended_at is null)");
            table.HasCheckConstraint("ck_certificates_name", "state <> 'Issued' or person_name is not null");
            table.HasCheckConstraint("ck_certificates_reason", "reason is null or state = 'Withdrawn'");
            table.HasCheckConstraint("ck_certificates_days", "cardinality(days) > 0 and minutes > 0");
        });
    }
}
