using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.FreePlaces;
using TrainingHub.People;

namespace TrainingHub.Bookings;

internal enum PlaceState
{
    Held,
    Confirmed,
    Cancelled,
    Expired,
}

/// <summary>
/// One person on one date. Held and confirmed places are live: they count in the run's places taken, and a person has at most
/// one live place on a date.
/// </summary>
internal sealed class Place
{
    public const int AccessNeedsLength = 500;
    public const int PriceRuleLength = 200;

    /// <summary>The states that take a seat.</summary>
    public static readonly IReadOnlyList<PlaceState> LiveStates = [PlaceState.Held, PlaceState.Confirmed];

    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }
    public required Guid RunId { get; init; }

    /// <summary>Null when no personal data is held: history without names, a forgotten person, or nobody named yet.</summary>
    public Guid? PersonId { get; private set; }
    public string? DelegateName { get; private set; }
    public string? AccessNeeds { get; private set; }

    /// <summary>The course about which its person was asked, and the answer; null when nobody asked. See <see cref="Answered"/>.</summary>
    public Guid? PrerequisiteId { get; private set; }
    public PrerequisiteSaid? PrerequisiteSaid { get; private set; }
    public string? PrerequisiteDetail { get; private set; }

    /// <summary>Booked before it was known who comes, and still nobody is named.</summary>
    public bool AwaitsName { get; private set; }

    /// <summary>When the booker was reminded to name somebody; null when they were not.</summary>
    public DateTimeOffset? NameAskedAt { get; private set; }
    public int PricePence { get; private set; }

    /// <summary>In pence, what it would have cost by itself when it was booked as part of a programme as a whole; else null.</summary>
    public int? AlonePence { get; private set; }

    /// <summary>The rule behind the price, as it was shown: "Half-day fee from 1 April 2024".</summary>
    public string PriceRule { get; private set; } = "";
    public PlaceState State { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The award that pays for it, and what it would have cost in pence; null when none does. The database counts it with the award.</summary>
    public Guid? FreePlaceAwardId { get; private set; }
    public int? ForgonePence { get; private set; }

    /// <summary>What calendars add to the number of the date's own changes: an entry that moved is newer than it was.</summary>
    public int CalendarNumber { get; private set; }

    /// <summary>When the partnership gave it the date that it is on, in place of one that was merged into it; null when it did not.</summary>
    public DateTimeOffset? MovedByUsAt { get; private set; }

    /// <summary>How often the booker has moved it to another date.</summary>
    public int Moves { get; private set; }

    public void CountMove() => Moves++;

    /// <summary>What it costs from now on, and by which rule.</summary>
    public void Charge(Price price)
    {
        Ensure(IsLive, nameof(Charge));
        (PricePence, PriceRule, AlonePence) = (price.Each.Pence, price.Rule, price.AlonePence);
    }

    /// <summary>An award pays for it from now on.</summary>
    /// <param name="awardId"></param>
    /// <param name="forgonePence">What it would have cost.</param>
    public void UseAward(Guid awardId, int forgonePence)
    {
        Ensure(IsLive, nameof(UseAward));
        (FreePlaceAwardId, ForgonePence) = (awardId, forgonePence);
    }

    /// <summary>The award was given by mistake: its place goes back.</summary>
    public void GiveAwardBack() => (FreePlaceAwardId, ForgonePence) = (null, null);

    /// <summary>Somebody else comes. What the former delegate said of themselves goes with them.</summary>
    public void GiveTo(Guid? personId, string? name, string? accessNeeds, PrerequisiteAnswer? answer)
    {
        Ensure(IsLive, nameof(GiveTo));
        (PersonId, DelegateName, AccessNeeds, AwaitsName) = (personId, name, accessNeeds, false);
        (PrerequisiteId, PrerequisiteSaid, PrerequisiteDetail) = (answer?.CourseId, answer?.Said, answer?.Detail);
    }

    public PrerequisiteAnswer? Answered() => PrerequisiteAnswer.Of(PrerequisiteId, PrerequisiteSaid, PrerequisiteDetail);

    /// <summary>The same person under a corrected name or address. Access needs stay.</summary>
    public void Correct(Guid personId, string name)
    {
        Ensure(IsLive, nameof(Correct));
        (PersonId, DelegateName) = (personId, name);
    }

    /// <summary>The booker is reminded that nobody is named.</summary>
    public void AskForName(DateTimeOffset now)
    {
        Ensure(IsLive && AwaitsName, nameof(AskForName));
        NameAskedAt = now;
    }

    public void Confirm()
    {
        Ensure(State is PlaceState.Held, nameof(Confirm));
        State = PlaceState.Confirmed;
    }

    /// <summary>It was confirmed by mistake, and nobody was told.</summary>
    public void HoldAgain()
    {
        Ensure(IsLive, nameof(HoldAgain));
        State = PlaceState.Held;
    }

    public bool IsLive => LiveStates.Contains(State);

    private void Ensure(bool allowed, string verb)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"{verb}: place {Id} is {State}.");
        }
    }
}

internal sealed class PlaceMap : IEntityTypeConfiguration<Place>
{
    public void Configure(EntityTypeBuilder<Place> builder)
    {
        builder.Property(place => place.DelegateName).HasMaxLength(Person.NameLength);
        builder.Property(place => place.AccessNeeds).HasMaxLength(Place.AccessNeedsLength);
        builder.Property(place => place.PrerequisiteDetail).HasMaxLength(PrerequisiteAnswer.DetailLength);
        builder.HasIndex(place => place.PrerequisiteId).HasFilter("prerequisite_id is not null");
        builder.HasOne<Course>().WithMany().HasForeignKey(place => place.PrerequisiteId);
        builder.Property(place => place.PriceRule).HasMaxLength(Place.PriceRuleLength);
        builder.Property(place => place.CalendarNumber).HasDefaultValue(0);
        builder.Property(place => place.AwaitsName).HasDefaultValue(false);
        builder.HasIndex(place => place.RunId, "IxPlacesAwaitsName").HasFilter("awaits_name");
        builder.Property(place => place.Moves).HasDefaultValue(0);
        builder.HasIndex(place => place.BookingId);
        builder.HasIndex(place => new { place.RunId, place.State });
        builder.HasIndex(place => place.PersonId);
        builder.HasIndex(place => new { place.RunId, place.PersonId }, "UxPlacesLivePerson")
            .IsUnique().HasFilter($"state in ({string.Join(", ", Place.LiveStates.Select(state => $"'{state}'"))})");
        builder.HasOne<Booking>().WithMany().HasForeignKey(place => place.BookingId);
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(place => place.RunId);
        builder.HasOne<Person>().WithMany().HasForeignKey(place => place.PersonId);
        builder.HasIndex(place => place.FreePlaceAwardId).HasFilter("free_place_award_id is not null");
        builder.HasOne<FreePlaceAward>().WithMany().HasForeignKey(place => place.FreePlaceAwardId);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_places_price", "price_pence >= 0");
            table.HasCheckConstraint("ck_places_alone", "alone_pence >= price_pence");
            table.HasCheckConstraint("ck_places_awaits_name", "not awaits_name or person_id is null and delegate_name is null");
            table.HasCheckConstraint(
                "ck_places_prerequisite",
                "(prerequisite_id is null) = (prerequisite_said is null) and (prerequisite_said is null or not awaits_name) "
                + "and (prerequisite_detail is null or prerequisite_said in ('WithUs', 'Elsewhere'))");
            table.HasCheckConstraint("ck_places_forgone", "(free_place_award_id is null) = (forgone_pence is null) and forgone_pence >= 0");
            table.HasCheckConstraint("ck_places_ended", "(state in ('Cancelled', 'Expired')) = (ended_at is not null)");
        });
    }
}
