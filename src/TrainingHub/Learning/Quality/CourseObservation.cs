using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>How well something was seen to be done, lowest first.</summary>
internal enum SeenAs
{
    NotYet,
    InPart,
    Well,
    VeryWell,

    /// <summary>There was no occasion to see it.</summary>
    NotSeen,
}

/// <summary>
/// What a member of staff saw at a date, in a few marks and words of their own. It is about how somebody trains, so it is read by those
/// alone who run the programme, and holds nothing about a child or a delegate.
/// </summary>
internal sealed class CourseObservation : IEdited
{
    /// <summary>How long after the date it is kept.</summary>
    public const int KeptMonths = 36;

    public required Guid Id { get; init; }
    public required Guid RunId { get; init; }

    /// <summary>Null when the demonstration invented it.</summary>
    public required Guid? ObservedById { get; init; }

    /// <summary>What is taught is as law, guidance and reviews have it today.</summary>
    public required SeenAs UpToDate { get; init; }

    /// <summary>The aims are said, kept to, and taught so that people take part.</summary>
    public required SeenAs Delivery { get; init; }

    /// <summary>People of several agencies talk with each other.</summary>
    public required SeenAs Discussion { get; init; }
    public required SeenAs HardSubjects { get; init; }

    /// <summary>Access, room and technology.</summary>
    public required SeenAs Setting { get; init; }
    public required string WentWell { get; init; }
    public string? ToChange { get; init; }

    /// <summary>With the trainer or the provider.</summary>
    public string? Agreed { get; init; }
    public DateOnly? FollowUpOn { get; init; }

    /// <summary>What came of it; the follow-up is then done.</summary>
    public string? Outcome { get; init; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    public int Version { get; private set; }

    public void Archive(DateTimeOffset now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;

    /// <summary>Dates that can be observed: those that have begun and were not cancelled.</summary>
    public static IQueryable<CourseRun> Observable(TrainingHubDb db, DateTimeOffset now) =>
        db.CourseRuns.Where(run => run.State == RunState.Scheduled && run.StartsAt <= now);
}

internal sealed class CourseObservationMap : IEntityTypeConfiguration<CourseObservation>
{
    public void Configure(EntityTypeBuilder<CourseObservation> builder)
    {
        builder.Property(one => one.WentWell).HasMaxLength(ObservationFacts.WordsLength);
        builder.Property(one => one.ToChange).HasMaxLength(ObservationFacts.WordsLength);
        builder.Property(one => one.Agreed).HasMaxLength(ObservationFacts.WordsLength);
        builder.Property(one => one.Outcome).HasMaxLength(ObservationFacts.OutcomeLength);
        builder.Property(one => one.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(one => one.RunId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(one => one.ObservedById);
        builder.ToTable(table => table.HasCheckConstraint("ck_course_observations_outcome", "outcome is null or follow_up_on is not null"));
    }
}
