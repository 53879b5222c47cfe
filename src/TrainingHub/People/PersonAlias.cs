using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.People;

/// <summary>
/// An address and a name under which a person was known before their records were merged. Files that name them so mean that person;
/// a booking that anybody makes does not (decision 88). Its id is that of the record that is gone.
/// </summary>
internal sealed class PersonAlias
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required string Email { get; init; }
    public required string EmailKey { get; init; }
    public required string Name { get; init; }
    public required string NameKey { get; init; }
}

internal sealed class PersonAliasMap : IEntityTypeConfiguration<PersonAlias>
{
    public void Configure(EntityTypeBuilder<PersonAlias> builder)
    {
        builder.Property(alias => alias.Name).HasMaxLength(Person.NameLength);
        builder.Property(alias => alias.Email).HasMaxLength(Person.EmailLength);
        builder.HasIndex(alias => new { alias.EmailKey, alias.NameKey }).IsUnique();
        builder.HasOne<Person>().WithMany().HasForeignKey(alias => alias.PersonId);
    }
}
