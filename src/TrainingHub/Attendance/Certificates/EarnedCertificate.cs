using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Attendance;

/// <summary>
/// What a certificate of a place says as things stand: a named person whose attendance the register counts, for all or part of the
/// course. A place that is not here has earned none.
/// </summary>
internal sealed class EarnedCertificate
{
    public Guid PlaceId { get; init; }
    public Guid BookingId { get; init; }
    public Guid RunId { get; init; }
    public Guid CourseId { get; init; }
    public Guid PersonId { get; init; }
    public string PersonName { get; init; } = "";
    public string CourseTitle { get; init; } = "";
    public string? Level { get; init; }

    /// <summary>Of the course; null says nothing about taking it again.</summary>
    public int? RenewalMonths { get; init; }
    public string? ProviderName { get; init; }

    /// <summary>London dates of the meetings, in their order.</summary>
    public DateOnly[] Days { get; init; } = [];

    /// <summary>Of all meetings together, as planned.</summary>
    public int Minutes { get; init; }
    public DateOnly LastDay { get; init; }
    public bool IsPart { get; init; }
    public DateTimeOffset EndsAt { get; init; }
}

internal sealed class EarnedCertificateMap : IEntityTypeConfiguration<EarnedCertificate>
{
    public void Configure(EntityTypeBuilder<EarnedCertificate> builder) => builder.ToView("EarnedCertificates").HasKey(earned => earned.PlaceId);
}
