using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.People;

namespace TrainingHub.Bookings;

internal enum WaitingState
{
    Waiting,
    Left,
}

/// <summary>Somebody who waits for places on a full date, in the order of joining. One waiting entry a person and date.</summary>
internal sealed class WaitingListEntry
{
    public const string LinkPurpose = "waiting-list";
    public const int MostPlaces = 10;

    private string name = "";
    private string email = "";
    private string emailKey = "";
    private string nameKey = "";

    public required Guid Id { get; init; }
    public required Guid RunId { get; init; }
    public required string Name { get => name; init => name = value; }
    public required string Email { get => email; init => email = value; }
    public required string EmailKey { get => emailKey; init => emailKey = value; }
    public required string NameKey { get => nameKey; init => nameKey = value; }
    public required int PlacesWanted { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public WaitingState State { get; private set; }

    /// <summary>The same person at the same place in the queue, under another name or address.</summary>
    public void Correct(string correctName, string correctEmail)
    {
        var key = PersonKey.Of(correctEmail, correctName);
        (name, email, nameKey, emailKey) = (correctName, correctEmail, key.Name, key.Email);
    }

    /// <summary>Nothing is waited for any more.</summary>
    public void Leave() => State = WaitingState.Left;

    /// <summary>The date was cancelled by mistake, and nobody was told.</summary>
    public void WaitAgain() => State = WaitingState.Waiting;
}

internal sealed class WaitingListEntryMap : IEntityTypeConfiguration<WaitingListEntry>
{
    public void Configure(EntityTypeBuilder<WaitingListEntry> builder)
    {
        builder.Property(entry => entry.Name).HasMaxLength(Person.NameLength);
        builder.Property(entry => entry.Email).HasMaxLength(Person.EmailLength);
        builder.HasIndex(entry => new { entry.RunId, entry.CreatedAt });
        builder.HasIndex(entry => new { entry.RunId, entry.EmailKey, entry.NameKey }).IsUnique().HasFilter("state = 'Waiting'");
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(entry => entry.RunId);
        builder.ToTable(table => table.HasCheckConstraint("ck_waiting_list_entries_places_wanted", "places_wanted between 1 and 10"));
    }
}
