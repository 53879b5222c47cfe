using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>A purchase order that was given after the invoice was issued, exactly as typed. The last one is shown beside what was issued.</summary>
internal sealed class LaterPurchaseOrder
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required string PurchaseOrder { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}

internal sealed class LaterPurchaseOrderMap : IEntityTypeConfiguration<LaterPurchaseOrder>
{
    public void Configure(EntityTypeBuilder<LaterPurchaseOrder> builder)
    {
        builder.Property(order => order.PurchaseOrder).HasMaxLength(Booking.PurchaseOrderLength);
        builder.HasIndex(order => order.InvoiceId);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(order => order.InvoiceId);
    }
}
