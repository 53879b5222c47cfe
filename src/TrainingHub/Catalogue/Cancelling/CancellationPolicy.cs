using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <param name="WorkingDays">At least so many whole working days before the day of the course.</param>
/// <param name="Percent">Of the price, what stays due.</param>
internal readonly record struct CancellationTier(int WorkingDays, int Percent);

/// <summary>
/// What cancelling, not coming and moving cost from a day on. Versions are added and never changed: a booking keeps the one that was in
/// force when it was made, so what was accepted is what counts.
/// </summary>
internal sealed class CancellationPolicy
{
    public const int MostTiers = 6;
    public const int MostWorkingDays = 60;
    public const int ReasonLength = 300;

    /// <summary>Of one of the reasons to waive a charge.</summary>
    public const int WaiverLength = 60;
    public const int MostWaivers = 12;

    public required Guid Id { get; init; }

    /// <summary>The first day on which bookings accept it.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>Falling, the last one nought; beside it what stays due.</summary>
    public required int[] TierWorkingDays { get; init; }
    public required int[] TierPercents { get; init; }

    /// <summary>Of a free place that is cancelled when others pay; nought charges nothing.</summary>
    public required int FreeLatePence { get; init; }

    /// <summary>Of a free place on which nobody came. What has a price stays due as a whole.</summary>
    public required int AbsentHalfDayPence { get; init; }
    public required int AbsentFullDayPence { get; init; }

    /// <summary>Until so many whole working days before, the booker may move a place to another date of the course.</summary>
    public required int MoveWorkingDays { get; init; }

    /// <summary>For one place; nought allows none.</summary>
    public required int MostMoves { get; init; }

    /// <summary>After so many minutes nobody has to be let in; nought says nothing.</summary>
    public required int LateMinutes { get; init; }

    /// <summary>Why a charge may be waived.</summary>
    public required string[] WaiverReasons { get; init; }

    /// <summary>Why it is as it is, for staff.</summary>
    public required string Reason { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    public IReadOnlyList<CancellationTier> Tiers => [.. TierWorkingDays.Zip(TierPercents, (days, percent) => new CancellationTier(days, percent))];

    /// <summary>Of a free place on which nobody came, by the length of the course; one that is not known counts as half a day.</summary>
    public int AbsentPence(CourseLength? length) => length switch
    {
        CourseLength.FullDay => AbsentFullDayPence,
        CourseLength.HalfDay or null => AbsentHalfDayPence,
    };

    /// <summary>The version that bookings of a day accept. The database chooses, as it does when a booking is made.</summary>
    /// <returns>Null before the first one.</returns>
    public static Task<CancellationPolicy?> OfAsync(TrainingHubDb db, DateOnly day, CancellationToken ct) =>
        db.CancellationPolicies
            .FromSql($"select * from cancellation_policies where id = cancellation_policy_on({day})")
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
}

internal sealed class CancellationPolicyMap : IEntityTypeConfiguration<CancellationPolicy>
{
    public void Configure(EntityTypeBuilder<CancellationPolicy> builder)
    {
        builder.Property(policy => policy.Reason).HasMaxLength(CancellationPolicy.ReasonLength);
        builder.Ignore(policy => policy.Tiers);
        builder.HasIndex(policy => policy.StartsOn);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint(
                "ck_cancellation_policies_tiers",
                """
                cardinality(tier_working_days) between 1 and 6 and cardinality(tier_percents) = cardinality(tier_working_days)
                and tier_working_days[cardinality(tier_working_days)] = 0
                and 0 <= all (tier_working_days) and 60 >= all (tier_working_days) and 0 <= all (tier_percents) and 100 >= all (tier_percents)
                """);
            table.HasCheckConstraint(
                "ck_cancellation_policies_sums",
                "free_late_pence between 0 and 100000 and absent_half_day_pence between 0 and 100000 and absent_full_day_pence between 0 and 100000");
            table.HasCheckConstraint("ck_cancellation_policies_moves", "move_working_days between 0 and 60 and most_moves between 0 and 5");
            table.HasCheckConstraint("ck_cancellation_policies_late", "late_minutes between 0 and 120");
            table.HasCheckConstraint(
                "ck_cancellation_policies_reasons", "cardinality(waiver_reasons) between 1 and 12 and array_position(waiver_reasons, null) is null");
        });
    }
}
