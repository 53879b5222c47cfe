using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;
using TrainingHub.People;

namespace TrainingHub.Payments;

/// <summary>
/// A request for payment of places of one booking, as it was issued: the table refuses to change it. What is charged less since is a
/// <see cref="CreditNote"/>, what is charged more is another invoice. Numbers run without gaps: the next one comes from a locked counter
/// row in the transaction that issues the invoice.
/// </summary>
internal sealed class Invoice
{
    /// <summary>Days from issue to due date.</summary>
    public const int TermDays = 30;
    public const int BillingNameLength = 200;

    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }
    public required int Number { get; init; }

    /// <summary>What it asked for when it was issued.</summary>
    public required int AmountPence { get; init; }
    public required DateOnly IssuedOn { get; init; }
    public required DateOnly DueOn { get; init; }
    public required string Email { get; init; }

    /// <summary>The organisation, or who booked where there is none. Null once it is forgotten.</summary>
    public string? BillingName { get; init; }
    public string? PurchaseOrder { get; init; }

    /// <summary>Of the organisation, when staff know one.</summary>
    public string? PostalAddress { get; init; }

    /// <summary>The invoice that was credited in full because this one stands for it, such as to another addressee.</summary>
    public Guid? ReplacesId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What is left to pay: less what was credited, paid and written off. The tables keep it up to date, from <see cref="InvoiceMoney"/>.</summary>
    public int OpenPence { get; private set; }

    /// <summary>Nothing is left to pay; the tables keep it up to date.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Whom it is made out to, the address and the purchase order, each as <see cref="PersonKey.NameOf"/> has it. The tables keep it.</summary>
    public string? SearchKey { get; private set; }

    /// <summary>"INV-00042"</summary>
    public string NumberWords => WordsOf(Number);

    public static string WordsOf(int number) => string.Create(CultureInfo.InvariantCulture, $"INV-{number:00000}");
}

internal sealed class InvoiceMap : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.Property(invoice => invoice.Email).HasMaxLength(Person.EmailLength);
        builder.Property(invoice => invoice.BillingName).HasMaxLength(Invoice.BillingNameLength);
        builder.Property(invoice => invoice.PurchaseOrder).HasMaxLength(Booking.PurchaseOrderLength);
        builder.Property(invoice => invoice.PostalAddress).HasMaxLength(Organisation.InvoiceAddressLength);
        builder.HasIndex(invoice => invoice.Number).IsUnique();
        builder.HasIndex(invoice => invoice.BookingId);
        builder.HasIndex(invoice => invoice.ReplacesId).IsUnique();
        builder.Property(invoice => invoice.IsSettled).HasDefaultValue(false);
        builder.Property(invoice => invoice.OpenPence).HasDefaultValue(0);
        builder.HasIndex(invoice => invoice.DueOn).HasFilter("not is_settled");
        builder.Property(invoice => invoice.SearchKey)
            .HasComputedColumnSql("name_key(coalesce(billing_name, '') || '|' || email || '|' || coalesce(purchase_order, ''))", stored: true);
        builder.HasIndex(invoice => invoice.SearchKey).HasMethod("gin").HasOperators("gin_trgm_ops");
        builder.HasOne<Booking>().WithMany().HasForeignKey(invoice => invoice.BookingId);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(invoice => invoice.ReplacesId);
        builder.ToTable(table => table.HasCheckConstraint("ck_invoices_amount", "amount_pence > 0"));
    }
}
