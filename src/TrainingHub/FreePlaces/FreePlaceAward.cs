using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.FreePlaces;

/// <summary>What may be given in a financial year and what has been. The database counts, see 0090_free_place_awards.sql.</summary>
internal sealed class FreePlaceYear
{
    /// <summary>1 April.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>Null is without an end.</summary>
    public int? BudgetPlaces { get; set; }
    public int? BudgetPence { get; set; }
    public int PlacesUsed { get; private set; }

    /// <summary>What the places would have cost.</summary>
    public int ForgonePence { get; private set; }
}

/// <summary>
/// A right of one organisation to free places until a day. Who has its code books under it without another application. How many places are used
/// is counted by the database, with each place that is taken or ends.
/// </summary>
internal sealed class FreePlaceAward
{
    /// <summary>What a code's purpose is called in <see cref="SecretLink"/>.</summary>
    public const string CodePurpose = "free-place-award";

    /// <summary>59 bits, and wrong ones are bounded: short enough to be typed from an email or told a colleague.</summary>
    public const int CodeLength = 12;

    public required Guid Id { get; init; }

    /// <summary>The financial year in which it was given.</summary>
    public required DateOnly YearStartsOn { get; init; }
    public required Guid PolicyId { get; init; }

    /// <summary>Null when the name that was typed is no name of an organisation.</summary>
    public Guid? OrganisationId { get; init; }
    public required string OrganisationName { get; init; }
    public required int Places { get; set; }
    public int PlacesUsed { get; private set; }
    public required DateOnly ValidUntil { get; set; }
    public required DateTimeOffset AwardedAt { get; init; }

    /// <summary>Staff stopped it: nobody books under it any more. Places that are booked stay.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public bool IsOpenOn(DateOnly today) => EndedAt is null && ValidUntil >= today;

    /// <summary>Adds a code to what is saved next, and returns it as it is written in the email.</summary>
    public string IssueCode(DbContext db, DateTimeOffset now)
    {
        var code = RandomNumberGenerator.GetString(Reference.Alphabet, CodeLength);
        var until = London.Instant(ValidUntil.AddDays(1), TimeOnly.MinValue);
        db.Add(SecretLink.Of(new SecretToken(code), CodePurpose, Id, now, until));
        return string.Join('-', code.Chunk(4).Select(part => new string(part)));
    }

    /// <returns>The award that a typed code opens, and that can be used; null when there is none.</returns>
    public static async Task<FreePlaceAward?> OfCodeAsync(TrainingHubDb db, NpgsqlDataSource database, string typed, DateTimeOffset now, CancellationToken ct)
    {
        var id = await SecretLink.FindAsync(database, CodePurpose, Reference.Normalise(typed), now, ct);
        return id is null ? null : await OpenAsync(db, id.Value, now, ct);
    }

    public static async Task<FreePlaceAward?> OpenAsync(TrainingHubDb db, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var award = await db.FreePlaceAwards.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, ct);
        return award?.IsOpenOn(London.DateOf(now)) == true ? award : null;
    }
}

/// <summary>One place that stands under an award, and what it would have cost.</summary>
internal sealed class FreePlaceValue
{
    public Guid PlaceId { get; private set; }
    public Guid BookingId { get; private set; }
    public Guid RunId { get; private set; }
    public Guid AwardId { get; private set; }
    public DateOnly YearStartsOn { get; private set; }
    public int ForgonePence { get; private set; }
}

internal sealed class FreePlaceYearMap : IEntityTypeConfiguration<FreePlaceYear>
{
    public void Configure(EntityTypeBuilder<FreePlaceYear> builder)
    {
        builder.HasKey(year => year.StartsOn);
        builder.Property(year => year.PlacesUsed).HasDefaultValue(0);
        builder.Property(year => year.ForgonePence).HasDefaultValue(0);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_free_place_years_starts_on", "extract(month from starts_on) = 4 and extract(day from starts_on) = 1");
            table.HasCheckConstraint("ck_free_place_years_used", "places_used >= 0 and forgone_pence >= 0");
            table.HasCheckConstraint("ck_free_place_years_places", "budget_places is null or places_used <= budget_places");
            table.HasCheckConstraint("ck_free_place_years_pence", "budget_pence is null or forgone_pence <= budget_pence");
        });
    }
}

internal sealed class FreePlaceAwardMap : IEntityTypeConfiguration<FreePlaceAward>
{
    public void Configure(EntityTypeBuilder<FreePlaceAward> builder)
    {
        builder.Property(award => award.OrganisationName).HasMaxLength(Organisation.NameLength);
        builder.Property(award => award.PlacesUsed).HasDefaultValue(0);
        builder.HasIndex(award => new { award.YearStartsOn, award.OrganisationId }, "UxFreePlaceAwardsOpen").IsUnique().HasFilter("ended_at is null");
        builder.HasIndex(award => award.OrganisationId);
        builder.HasIndex(award => award.PolicyId);
        builder.HasOne<FreePlaceYear>().WithMany().HasForeignKey(award => award.YearStartsOn);
        builder.HasOne<FreePlacePolicy>().WithMany().HasForeignKey(award => award.PolicyId);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(award => award.OrganisationId);
        builder.ToTable(table => table.HasCheckConstraint("ck_free_place_awards_places", "places_used between 0 and places"));
    }
}

internal sealed class FreePlaceValueMap : IEntityTypeConfiguration<FreePlaceValue>
{
    public void Configure(EntityTypeBuilder<FreePlaceValue> builder)
    {
        builder.ToView("FreePlaceValues").HasKey(value => value.PlaceId);
    }
}
