using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Catalogue;

/// <summary>Somebody who teaches for a provider; what they may teach is in <see cref="TrainerCourse"/>. Null is not known.</summary>
internal sealed class Trainer : IEdited
{
    public required Guid Id { get; init; }
    public required Guid ProviderId { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}

/// <summary>A course that a trainer may deliver.</summary>
internal sealed class TrainerCourse
{
    public required Guid TrainerId { get; init; }
    public required Guid CourseId { get; init; }
}

internal sealed class TrainerMap : IEntityTypeConfiguration<Trainer>
{
    public void Configure(EntityTypeBuilder<Trainer> builder)
    {
        builder.Property(trainer => trainer.Name).HasMaxLength(ProviderFacts.NameLength);
        builder.Property(trainer => trainer.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(trainer => trainer.Phone).HasMaxLength(ProviderFacts.PhoneLength);
        builder.Property(trainer => trainer.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasOne<Provider>().WithMany().HasForeignKey(trainer => trainer.ProviderId);
    }
}

internal sealed class TrainerCourseMap : IEntityTypeConfiguration<TrainerCourse>
{
    public void Configure(EntityTypeBuilder<TrainerCourse> builder)
    {
        builder.HasKey(may => new { may.TrainerId, may.CourseId });
        builder.HasOne<Trainer>().WithMany().HasForeignKey(may => may.TrainerId);
        builder.HasOne<Course>().WithMany().HasForeignKey(may => may.CourseId);
    }
}
