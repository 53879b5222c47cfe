using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Payments;

/// <summary>An event that was acted on, by Stripe's id; stored in the transaction that acts, so a second delivery does nothing.</summary>
internal sealed class StripeEvent
{
    public required string Id { get; init; }
    public required string Type { get; init; }
    public required string ObjectId { get; init; }
    public required DateTimeOffset HandledAt { get; init; }
}

internal sealed class StripeEventMap : IEntityTypeConfiguration<StripeEvent>
{
    public void Configure(EntityTypeBuilder<StripeEvent> builder) => builder.HasKey(stripeEvent => stripeEvent.Id);
}
