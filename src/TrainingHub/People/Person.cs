using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>A delegate, known by address and name (<see cref="PersonKey"/>). One row a person, whoever booked the place.</summary>
internal sealed class Person
{
    public const int NameLength = 100;
    public const int EmailLength = 254;

    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required string EmailKey { get; init; }
    public required string Name { get; init; }
    public required string NameKey { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Set when the person asked for no more surveys; other emails still go out.</summary>
    public DateTimeOffset? SurveysStoppedAt { get; private set; }

    /// <summary>Set when the person asked for no more reminders that a certificate ends; other emails still go out.</summary>
    public DateTimeOffset? RenewalsStoppedAt { get; private set; }

    public void StopSurveys(DateTimeOffset now) => SurveysStoppedAt ??= now;

    public void StopRenewals(DateTimeOffset now) => RenewalsStoppedAt ??= now;
}

internal sealed class PersonMap : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("People");
        builder.Property(person => person.Name).HasMaxLength(Person.NameLength);
        builder.Property(person => person.Email).HasMaxLength(Person.EmailLength);
        builder.HasIndex(person => new { person.EmailKey, person.NameKey }).IsUnique();
        // By any part of either: Find.
        builder.HasIndex(person => new { person.NameKey, person.EmailKey }).HasMethod("gin").HasOperators("gin_trgm_ops", "gin_trgm_ops");
    }
}
