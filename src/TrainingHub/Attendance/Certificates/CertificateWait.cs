using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;

namespace TrainingHub.Attendance;

/// <summary>
/// The certificate of a place is due and waits until how the course was is answered. <see cref="IssueCertificate"/> begins it. Surveys,
/// which knows who was asked and who answered, looks at each once a day and ends it; nothing here reads what Surveys has. It holds days
/// alone: the hour of an end would be the hour of an answer.
/// </summary>
internal sealed class CertificateWait
{
    public required Guid PlaceId { get; init; }

    /// <summary>The London day on which it was looked at last; when it begins, the day before.</summary>
    public required DateOnly LookedOn { get; init; }

    /// <summary>The London day from which the certificate waits no more; null while it does.</summary>
    public DateOnly? EndedOn { get; init; }
}

internal sealed class CertificateWaitMap : IEntityTypeConfiguration<CertificateWait>
{
    public void Configure(EntityTypeBuilder<CertificateWait> builder)
    {
        builder.HasKey(wait => wait.PlaceId);
        builder.HasIndex(wait => wait.LookedOn).HasFilter("ended_on is null");
        builder.HasOne<Place>().WithOne().HasForeignKey<CertificateWait>(wait => wait.PlaceId);
        builder.ToTable(table => table.HasCheckConstraint("ck_certificate_waits_ended", "ended_on <= looked_on"));
    }
}
