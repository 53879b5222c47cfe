using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Surveys;

/// <summary>The lead asks who wrote a text, and somebody else decides: two accounts, or the database refuses it.</summary>
internal sealed class IdentityRequest
{
    public const int ReasonLength = 500;

    /// <summary>So long after it was approved the lead may look.</summary>
    public static readonly TimeSpan ShownFor = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }
    public required Guid ConcernId { get; init; }

    /// <summary>Read by whoever decides, so it names nobody and repeats nothing of the text.</summary>
    public required string Reason { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required Guid AskedById { get; init; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedById { get; private set; }
    public bool? IsApproved { get; private set; }
    public DateTimeOffset? ShownUntil { get; private set; }

    public bool IsShown(DateTimeOffset now) => now < ShownUntil;

    public void Approve(Guid by, DateTimeOffset now) => (DecidedAt, DecidedById, IsApproved, ShownUntil) = (now, by, true, now + ShownFor);

    public void Refuse(Guid by, DateTimeOffset now) => (DecidedAt, DecidedById, IsApproved) = (now, by, false);
}

/// <summary>That somebody has looked at who wrote a text. Only added to.</summary>
internal sealed class IdentityView
{
    public required Guid Id { get; init; }
    public required Guid RequestId { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
    public required Guid SeenById { get; init; }
}

internal sealed class IdentityRequestMap : IEntityTypeConfiguration<IdentityRequest>
{
    public void Configure(EntityTypeBuilder<IdentityRequest> builder)
    {
        builder.Property(request => request.Reason).HasMaxLength(IdentityRequest.ReasonLength);
        builder.HasIndex(request => request.ConcernId).IsUnique().HasFilter("decided_at is null");
        builder.HasOne<Concern>().WithMany().HasForeignKey(request => request.ConcernId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(request => request.AskedById);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(request => request.DecidedById);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_identity_requests_two_people", "decided_by_id <> asked_by_id");
            table.HasCheckConstraint("ck_identity_requests_decided", "(decided_at is null) = (decided_by_id is null) and (decided_at is null) = (is_approved is null) and (shown_until is not null) = coalesce(is_approved, false)");
        });
    }
}

internal sealed class IdentityViewMap : IEntityTypeConfiguration<IdentityView>
{
    public void Configure(EntityTypeBuilder<IdentityView> builder)
    {
        builder.HasOne<IdentityRequest>().WithMany().HasForeignKey(view => view.RequestId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(view => view.SeenById);
    }
}
