using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Payments;

/// <summary>
/// What of one line of an invoice is credited, written off and paid, in pence: a view. The money of a place pays the invoice that it
/// names first, then the place's oldest.
/// </summary>
internal sealed class InvoiceLineMoney
{
    public Guid LineId { get; init; }
    public Guid InvoiceId { get; init; }
    public Guid BookingId { get; init; }
    public Guid PlaceId { get; init; }
    public int AmountPence { get; init; }
    public int CreditedPence { get; init; }
    public int WrittenOffPence { get; init; }
    public int PaidPence { get; init; }

    /// <summary>What it asks for after credits.</summary>
    public int NetPence => AmountPence - CreditedPence;
    public int OpenPence => NetPence - WrittenOffPence - PaidPence;
}

/// <summary>The same of a whole invoice.</summary>
internal sealed class InvoiceMoney
{
    public Guid InvoiceId { get; init; }
    public Guid BookingId { get; init; }
    public int AmountPence { get; init; }
    public int CreditedPence { get; init; }
    public int WrittenOffPence { get; init; }
    public int PaidPence { get; init; }
    public int OpenPence { get; init; }
}

internal sealed class InvoiceLineMoneyMap : IEntityTypeConfiguration<InvoiceLineMoney>
{
    public void Configure(EntityTypeBuilder<InvoiceLineMoney> builder)
    {
        builder.ToView("InvoiceLineMoney").HasKey(money => money.LineId);
        builder.Ignore(money => money.NetPence).Ignore(money => money.OpenPence);
    }
}

internal sealed class InvoiceMoneyMap : IEntityTypeConfiguration<InvoiceMoney>
{
    public void Configure(EntityTypeBuilder<InvoiceMoney> builder) =>
        builder.ToView("InvoiceMoney").HasKey(money => money.InvoiceId);
}
