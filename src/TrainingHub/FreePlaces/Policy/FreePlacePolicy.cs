using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform;

namespace TrainingHub.FreePlaces;

internal enum FreePlacePolicyState
{
    Draft,

    /// <summary>In force from the first day of its year, until the next year's is.</summary>
    Published,

    /// <summary>Another one of its year took its place. What was decided under it keeps it.</summary>
    Superseded,
}

/// <summary>
/// Who has free places in a financial year, how many, and by when it is decided. A draft is edited; once published it never changes:
/// another one of the same year supersedes it.
/// </summary>
internal sealed class FreePlacePolicy
{
    public const int WordsLength = 1000;

    public required Guid Id { get; init; }

    /// <summary>1 April.</summary>
    public required DateOnly YearStartsOn { get; init; }
    public FreePlacePolicyState State { get; private set; }
    public bool TakesRegisteredCharities { get; set; }
    public bool TakesUnregisteredCharities { get; set; }

    /// <summary>Community interest companies.</summary>
    public bool TakesCompanies { get; set; }

    /// <summary>Who qualifies, as applicants read it.</summary>
    public required string Who { get; set; }

    /// <summary>What backs an application up, as applicants read it.</summary>
    public required string Evidence { get; set; }

    /// <summary>Yearly income up to which an organisation qualifies; null when that does not matter.</summary>
    public int? TurnoverLimitPounds { get; set; }

    /// <summary>In a year.</summary>
    public required int PlacesPerOrganisation { get; set; }

    /// <summary>For all organisations together, in the year; null is without an end.</summary>
    public int? BudgetPlaces { get; set; }
    public int? BudgetPence { get; set; }

    /// <summary>Working days.</summary>
    public required int DecideWithinDays { get; set; }

    /// <summary>The last day on which an award is used to book.</summary>
    public required DateOnly ValidUntil { get; set; }

    /// <summary>Raised by each change of a draft.</summary>
    public int Version { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public DateTimeOffset? SupersededAt { get; private set; }

    public FinancialYear Year => new(YearStartsOn.Year);

    public bool Takes(FreePlaceApplicant applicant) => applicant switch
    {
        FreePlaceApplicant.RegisteredCharity => TakesRegisteredCharities,
        FreePlaceApplicant.UnregisteredCharity => TakesUnregisteredCharities,
        FreePlaceApplicant.CommunityInterestCompany => TakesCompanies,
    };

    /// <summary>The last working day on which an application of that day is decided: the day itself does not count.</summary>
    public DateOnly DecideBy(DateOnly asked) => DecideBy(asked, DecideWithinDays);

    /// <inheritdoc cref="DecideBy(DateOnly)"/>
    public static DateOnly DecideBy(DateOnly asked, int workingDays)
    {
        var day = asked;
        for (var left = workingDays; left > 0; left--)
        {
            day = WorkingDays.OnOrAfter(day.AddDays(1));
        }

        return day;
    }

    /// <summary>Until when an award of that day is used. A policy that is still in force after its own year lasts to the end of the running one.</summary>
    public DateOnly AwardsUntil(DateOnly today) => ValidUntil >= today ? ValidUntil : FinancialYear.Of(today).To;

    public void Publish(DateTimeOffset now)
    {
        Ensure(FreePlacePolicyState.Draft);
        (State, PublishedAt) = (FreePlacePolicyState.Published, now);
    }

    public void Supersede(DateTimeOffset now)
    {
        Ensure(FreePlacePolicyState.Published);
        (State, SupersededAt) = (FreePlacePolicyState.Superseded, now);
    }

    /// <summary>That of the running year; without one, the latest before it. Null when none was ever published.</summary>
    public static Task<FreePlacePolicy?> InForceAsync(TrainingHubDb db, DateOnly today, CancellationToken ct) =>
        db.FreePlacePolicies.AsNoTracking()
            .Where(policy => policy.State == FreePlacePolicyState.Published && policy.YearStartsOn <= today)
            .OrderByDescending(policy => policy.YearStartsOn)
            .FirstOrDefaultAsync(ct);

    private void Ensure(FreePlacePolicyState state)
    {
        if (State != state)
        {
            throw new InvalidOperationException($"Policy {Id} is {State}, not {state}.");
        }
    }
}

internal sealed class FreePlacePolicyMap : IEntityTypeConfiguration<FreePlacePolicy>
{
    public void Configure(EntityTypeBuilder<FreePlacePolicy> builder)
    {
        builder.Ignore(policy => policy.Year);
        builder.Property(policy => policy.Who).HasMaxLength(FreePlacePolicy.WordsLength);
        builder.Property(policy => policy.Evidence).HasMaxLength(FreePlacePolicy.WordsLength);
        builder.Property(policy => policy.Version).HasDefaultValue(0);
        builder.HasIndex(policy => policy.YearStartsOn, "UxFreePlacePoliciesPublished").IsUnique().HasFilter("state = 'Published'");
        builder.HasIndex(policy => policy.YearStartsOn, "UxFreePlacePoliciesDraft").IsUnique().HasFilter("state = 'Draft'");
        builder.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_free_place_policies_published", "(state = 'Draft') = (published_at is null) and (state = 'Superseded') = (superseded_at is not null)");
            table.HasCheckConstraint(
                "ck_free_place_policies_numbers",
                "places_per_organisation between 1 and 1000 and decide_within_days between 1 and 60 and turnover_limit_pounds > 0 and budget_places > 0 and budget_pence > 0");
        });
    }
}
