using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.People;

namespace TrainingHub.Bookings;

internal enum ChargeKind
{
    /// <summary>The place was cancelled: by the policy this stays due of its price, which may be nothing.</summary>
    Cancelled,

    /// <summary>Nobody came on a free place.</summary>
    Absent,
}

internal enum ChargeState
{
    /// <summary>Nobody owes it and nobody was told: staff raise or waive it.</summary>
    Proposed,

    /// <summary>Owed.</summary>
    Raised,
    Waived,

    /// <summary>What it was for turned out not to be so, or the act was undone.</summary>
    Withdrawn,
}

/// <summary>
/// What one place costs although it ended or was not used. A place has one at most that is not withdrawn. The views of money count it
/// while it is raised; whoever changes it holds the date of the place, as everything does that changes places.
/// </summary>
internal sealed class PlaceCharge
{
    public required Guid Id { get; init; }
    public required Guid PlaceId { get; init; }
    public required Guid BookingId { get; init; }
    public required ChargeKind Kind { get; init; }
    public ChargeState State { get; private set; }

    /// <summary>The version of the policy that it follows from; null when staff decided without one.</summary>
    public Guid? PolicyId { get; init; }

    /// <summary>Of the place when it was charged.</summary>
    public required int PricePence { get; init; }
    public required int Pence { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>When it became due; it stays when it is waived or withdrawn afterwards.</summary>
    public DateTimeOffset? RaisedAt { get; private set; }

    /// <summary>When its state became what it is.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Null when it followed by itself from what the booker confirmed.</summary>
    public Guid? DecidedById { get; private set; }

    /// <summary>One of the policy's reasons.</summary>
    public string? WaivedFor { get; private set; }

    /// <summary>The act of staff that it belongs to, where that can be undone.</summary>
    public Guid? ActId { get; init; }

    public void Raise(Guid? by, DateTimeOffset now)
    {
        Ensure(State == ChargeState.Proposed, nameof(Raise));
        (State, RaisedAt, DecidedAt, DecidedById) = (ChargeState.Raised, now, now, by);
    }

    public void Waive(string reason, Guid? by, DateTimeOffset now)
    {
        Ensure(State is ChargeState.Proposed or ChargeState.Raised, nameof(Waive));
        (State, DecidedAt, DecidedById, WaivedFor) = (ChargeState.Waived, now, by, reason);
    }

    public void Withdraw(DateTimeOffset now)
    {
        Ensure(State != ChargeState.Withdrawn, nameof(Withdraw));
        (State, DecidedAt, WaivedFor) = (ChargeState.Withdrawn, now, null);
    }

    /// <summary>It was due at that moment.</summary>
    public bool WasDueAt(DateTimeOffset moment) => RaisedAt <= moment && (State == ChargeState.Raised || DecidedAt > moment);

    private void Ensure(bool allowed, string verb)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"{verb}: charge {Id} is {State}.");
        }
    }
}

internal sealed class PlaceChargeMap : IEntityTypeConfiguration<PlaceCharge>
{
    public void Configure(EntityTypeBuilder<PlaceCharge> builder)
    {
        builder.Property(charge => charge.WaivedFor).HasMaxLength(CancellationPolicy.WaiverLength);
        builder.HasIndex(charge => charge.PlaceId).IsUnique().HasFilter("state <> 'Withdrawn'");
        builder.HasIndex(charge => charge.BookingId);
        builder.HasIndex(charge => charge.PolicyId);
        builder.HasIndex(charge => charge.DecidedById);
        builder.HasIndex(charge => charge.ActId).HasFilter("act_id is not null");
        builder.HasIndex(charge => charge.ProposedAt).HasFilter("state = 'Proposed'");
        builder.HasOne<Place>().WithMany().HasForeignKey(charge => charge.PlaceId);
        builder.HasOne<Booking>().WithMany().HasForeignKey(charge => charge.BookingId);
        builder.HasOne<CancellationPolicy>().WithMany().HasForeignKey(charge => charge.PolicyId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(charge => charge.DecidedById);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_place_charges_pence", "pence >= 0 and price_pence >= 0 and (kind <> 'Cancelled' or price_pence = 0 or pence <= price_pence)");
            table.HasCheckConstraint("ck_place_charges_decided", "(state = 'Proposed') = (decided_at is null)");
            table.HasCheckConstraint("ck_place_charges_raised", "state <> 'Raised' or raised_at is not null");
            table.HasCheckConstraint("ck_place_charges_waived", "state = 'Waived' or waived_for is null");
        });
    }
}

/// <summary>A cancelled place whose money the policy has settled. The rule is written in the view places_settled_by_policy.</summary>
internal sealed class PlaceSettledByPolicy
{
    public Guid PlaceId { get; init; }
    public Guid BookingId { get; init; }
}

internal sealed class PlaceSettledByPolicyMap : IEntityTypeConfiguration<PlaceSettledByPolicy>
{
    public void Configure(EntityTypeBuilder<PlaceSettledByPolicy> builder) => builder.ToView("PlacesSettledByPolicy").HasKey(place => place.PlaceId);
}
