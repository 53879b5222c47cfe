using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.FreePlaces;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

internal enum BookingState
{
    /// <summary>Places are held: a card payment or a free-place decision is awaited.</summary>
    Held,
    Confirmed,
    Cancelled,

    /// <summary>The hold lapsed, unpaid or undecided, and its places went back.</summary>
    Expired,
}

internal enum PaymentMethod
{
    Free,
    Card,
    Invoice,
    FreePlace,

    /// <summary>Imported without saying how it was paid.</summary>
    NotKnown,

    /// <summary>Staff took the money: in cash, by a card terminal or into the bank account.</summary>
    Desk,
}

internal enum BookingOrigin
{
    Online,
    Import,

    /// <summary>Example data of the demonstration.</summary>
    Invented,

    /// <summary>Made by staff for somebody who asked, such as by phone. Like one made online in everything but who made it.</summary>
    Staff,
}

/// <summary>
/// One buyer's order: places on one to ten dates, for up to thirty people. Its id is the id of the form that made it, so a second delivery of the form lands on
/// the same booking.
/// </summary>
internal sealed class Booking
{
    public const int MaxDates = 10;

    /// <summary>The people of an order, and so the places on each of its dates.</summary>
    public const int MaxDelegates = 30;

    /// <summary>Of an order, on all of its dates: what one visitor may get within an hour.</summary>
    public const int MaxPlaces = Visitor.MostAnHour;
    public const int PurchaseOrderLength = 40;

    /// <summary>Those that this program invoices and takes money for.</summary>
    public static readonly IReadOnlyList<BookingOrigin> TakenHere = [BookingOrigin.Online, BookingOrigin.Staff];

    /// <summary>An invoice of ours asks for what is charged for a place that was cancelled or not used; others have paid before.</summary>
    public static readonly IReadOnlyList<PaymentMethod> InvoicedForCharges = [PaymentMethod.Invoice, PaymentMethod.FreePlace];

    /// <summary>What the private link's purpose is called in <see cref="SecretLink"/>.</summary>
    public const string LinkPurpose = "booking";

    private PaymentMethod paymentMethod;
    private string? bookerName;
    private string? bookerEmail;
    private string? organisationName;
    private Guid? organisationId;

    public required Guid Id { get; init; }
    public required string Reference { get; init; }
    public required BookingOrigin Origin { get; init; }

    /// <summary>Null when imported without a person to write to.</summary>
    public string? BookerName { get => bookerName; init => bookerName = value; }
    public string? BookerEmail { get => bookerEmail; init => bookerEmail = value; }

    /// <summary>The booker's name as <see cref="PersonKey"/> folds one, for staff who look for it; the table works it out.</summary>
    public string? BookerKey { get; private set; }

    /// <summary>The booker's address as <see cref="Platform.Email.EmailAddress.KeyOf"/> gives it, by which they find all their bookings; the table works it out.</summary>
    public string? BookerEmailKey { get; private set; }

    /// <summary>The organisation's name as <see cref="PersonKey"/> folds one.</summary>
    public string? OrganisationKey { get; private set; }

    /// <summary>As typed; <see cref="OrganisationId"/> is the known one it was matched to.</summary>
    public string? OrganisationName { get => organisationName; init => organisationName = value; }
    public Guid? OrganisationId { get => organisationId; init => organisationId = value; }
    public required Guid SectorId { get; init; }
    public required Guid AreaId { get; init; }
    public required PaymentMethod PaymentMethod { get => paymentMethod; init => paymentMethod = value; }

    public string? PurchaseOrder { get; private set; }
    public string? InvoiceEmail { get; private set; }
    public Guid? FreePlaceApplicationId { get; init; }

    /// <summary>The order to which these people were added, by its booker or by staff; null for an order that stands alone.</summary>
    public Guid? AddedToId { get; init; }

    /// <summary>The version of the cancellation policy that it accepted, which the table chooses; null accepted none.</summary>
    public Guid? CancellationPolicyId { get; private set; }

    /// <summary>Of the browser and the network that it was made from, while it matters who holds seats; see <see cref="Visitor"/>.</summary>
    public byte[]? BrowserHash { get; init; }
    public byte[]? NetworkHash { get; init; }
    public BookingState State { get; private set; }

    /// <summary>While <see cref="BookingState.Held"/>: until when; null waits for a person's decision.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ConfirmedAt { get; private set; }
    public DateTimeOffset? CancelledAt { get; private set; }

    /// <summary>Held for a free place that was declined: the buyer may still choose how to pay.</summary>
    public bool AwaitsChoiceOfPayment => State == BookingState.Held && PaymentMethod == PaymentMethod.FreePlace && HeldUntil is not null;

    /// <summary>For minutes, and nobody who comes has been told: names are changed when it is paid for.</summary>
    public bool AwaitsCardPayment => State == BookingState.Held && PaymentMethod == PaymentMethod.Card;

    public void Confirm(DateTimeOffset now)
    {
        Ensure(State is BookingState.Held or BookingState.Expired, nameof(Confirm));
        (State, HeldUntil, ConfirmedAt) = (BookingState.Confirmed, null, now);
    }

    /// <summary>Only while held: what was awaited until now is awaited no longer.</summary>
    public void PayByInvoice(string email, string? purchaseOrder)
    {
        Ensure(State is BookingState.Held, nameof(PayByInvoice));
        (paymentMethod, InvoiceEmail, PurchaseOrder) = (PaymentMethod.Invoice, email, purchaseOrder);
    }

    /// <summary>Its price is asked for by an invoice of ours, or will be within minutes. What was imported was invoiced elsewhere.</summary>
    public bool IsInvoiced => State == BookingState.Confirmed && PaymentMethod == PaymentMethod.Invoice && Origin != BookingOrigin.Import;

    /// <summary>What is issued from now on goes there, such as after an invoice was made out to the wrong one.</summary>
    public void SendInvoicesTo(string email, string? purchaseOrder) => (InvoiceEmail, PurchaseOrder) = (email, purchaseOrder);

    /// <summary>Only while held: staff have the money.</summary>
    public void PayAtDesk()
    {
        Ensure(State is BookingState.Held, nameof(PayAtDesk));
        paymentMethod = PaymentMethod.Desk;
    }

    /// <summary>The booker's name or address was wrong, or somebody else looks after the booking from now on.</summary>
    public void CorrectBooker(string name, string email)
    {
        if (string.Equals(InvoiceEmail, bookerEmail, StringComparison.OrdinalIgnoreCase))
        {
            InvoiceEmail = InvoiceEmail is null ? null : email;
        }

        (bookerName, bookerEmail) = (name, email);
    }

    /// <param name="name">As it shall stand on the order.</param>
    /// <param name="id">The known one of that name; null when none is.</param>
    public void CorrectOrganisation(string? name, Guid? id) => (organisationName, organisationId) = (name, id);

    /// <summary>A free place was declined: until then the buyer may choose how to pay.</summary>
    public void OfferPayment(DateTimeOffset until)
    {
        Ensure(State is BookingState.Held && PaymentMethod == PaymentMethod.FreePlace, nameof(OfferPayment));
        HeldUntil = until;
    }

    /// <summary>Only while held. The places are kept as long as they were to be, and until then at least.</summary>
    public void PayByCard(DateTimeOffset holdAtLeastUntil)
    {
        Ensure(State is BookingState.Held, nameof(PayByCard));
        paymentMethod = PaymentMethod.Card;
        HoldAtLeastUntil(holdAtLeastUntil);
    }

    /// <summary>Money is on its way: a hold that would end before then lasts until then. One without an end stays so.</summary>
    public void HoldAtLeastUntil(DateTimeOffset until)
    {
        Ensure(State is BookingState.Held, nameof(HoldAtLeastUntil));
        if (HeldUntil < until)
        {
            HeldUntil = until;
        }
    }

    /// <summary>The places wait, without an end, for what the coordinator decides.</summary>
    public void HoldForDecision()
    {
        Ensure(State is BookingState.Held, nameof(HoldForDecision));
        HeldUntil = null;
    }

    /// <summary>A free place was decided by mistake, and nobody was told: it waits as it did before.</summary>
    public void HoldForDecisionAgain()
    {
        Ensure(PaymentMethod == PaymentMethod.FreePlace && (State is BookingState.Held or BookingState.Confirmed), nameof(HoldForDecisionAgain));
        (State, HeldUntil, ConfirmedAt) = (BookingState.Held, null, null);
    }

    public void Expire()
    {
        Ensure(State is BookingState.Held, nameof(Expire));
        (State, HeldUntil) = (BookingState.Expired, null);
    }

    public void Cancel(DateTimeOffset now)
    {
        Ensure(State is BookingState.Held or BookingState.Confirmed, nameof(Cancel));
        (State, HeldUntil, CancelledAt) = (BookingState.Cancelled, null, now);
    }

    /// <summary>The partnership cancelled the date of a confirmed booking, and the booker has chosen another.</summary>
    public void Reopen()
    {
        Ensure(State is BookingState.Cancelled && ConfirmedAt is not null, nameof(Reopen));
        (State, CancelledAt) = (BookingState.Confirmed, null);
    }

    /// <summary>It was cancelled by mistake, and is what it was.</summary>
    public void TakeBackCancelling(BookingState was, DateTimeOffset? heldUntil)
    {
        Ensure(State is BookingState.Cancelled && (was is BookingState.Held or BookingState.Confirmed), nameof(TakeBackCancelling));
        (State, HeldUntil, CancelledAt) = (was, heldUntil, null);
    }

    private void Ensure(bool allowed, string verb)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"{verb}: booking {Id} is {State}.");
        }
    }
}

internal sealed class BookingMap : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.Property(booking => booking.Reference).HasMaxLength(Platform.Reference.Length);
        builder.Property(booking => booking.BookerName).HasMaxLength(Person.NameLength);
        builder.Property(booking => booking.BookerEmail).HasMaxLength(Person.EmailLength);
        builder.Property(booking => booking.OrganisationName).HasMaxLength(Organisation.NameLength);
        builder.Property(booking => booking.PurchaseOrder).HasMaxLength(Booking.PurchaseOrderLength);
        builder.Property(booking => booking.InvoiceEmail).HasMaxLength(Person.EmailLength);
        builder.Property(booking => booking.BookerKey).HasComputedColumnSql("name_key(booker_name)", stored: true);
        builder.Property(booking => booking.BookerEmailKey).HasMaxLength(Person.EmailLength).HasComputedColumnSql("lower(booker_email)", stored: true);
        builder.HasIndex(booking => booking.BookerEmailKey);
        builder.HasIndex(booking => booking.Reference).IsUnique();
        builder.Property(booking => booking.OrganisationKey).HasComputedColumnSql("name_key(organisation_name)", stored: true);
        builder.HasIndex(booking => new { booking.Reference, booking.BookerKey, booking.BookerEmail, booking.OrganisationKey }, "IxBookingsFoundBy")
            .HasMethod("gin").HasOperators("gin_trgm_ops", "gin_trgm_ops", "gin_trgm_ops", "gin_trgm_ops");
        builder.HasIndex(booking => booking.CreatedAt);
        builder.HasIndex(booking => booking.HeldUntil).HasFilter("state = 'Held'");
        builder.HasIndex(booking => booking.FreePlaceApplicationId).IsUnique();
        builder.HasIndex(booking => booking.NetworkHash).HasFilter("network_hash is not null");
        builder.HasIndex(booking => booking.Id, "IxBookingsPaidToStaff").HasFilter("payment_method = 'Desk'");
        builder.HasIndex(booking => booking.OrganisationId);
        builder.HasIndex(booking => booking.AddedToId).HasFilter("added_to_id is not null");
        builder.HasOne<Booking>().WithMany().HasForeignKey(booking => booking.AddedToId);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(booking => booking.OrganisationId);
        builder.HasOne<Sector>().WithMany().HasForeignKey(booking => booking.SectorId);
        builder.HasOne<Area>().WithMany().HasForeignKey(booking => booking.AreaId);
        builder.Property(booking => booking.CancellationPolicyId).ValueGeneratedOnAdd();
        builder.HasIndex(booking => booking.CancellationPolicyId);
        builder.HasOne<CancellationPolicy>().WithMany().HasForeignKey(booking => booking.CancellationPolicyId);
        builder.HasOne<FreePlaceApplication>().WithMany().HasForeignKey(booking => booking.FreePlaceApplicationId);
    }
}
