using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Bookings;
using TrainingHub.People;

namespace TrainingHub.Payments;

/// <summary>
/// Whose money it was the last time that a bank line had this payer's words: an organisation's, or of one booking where there is none.
/// Only ever proposes. Forgotten two years after the last time.
/// </summary>
internal sealed class BankPayer
{
    public const int YearsKept = 2;

    public required Guid Id { get; init; }

    /// <summary>By <see cref="PayerWords.KeyOf"/>.</summary>
    public required string PayerKey { get; init; }
    public Guid? OrganisationId { get; init; }
    public Guid? BookingId { get; init; }
    public required DateOnly ForgetOn { get; init; }

    /// <summary>Remembers for whom a line was booked.</summary>
    public static Task RememberAsync(TrainingHubDb db, string payer, Guid bookingId, DateOnly today, CancellationToken ct) =>
        PayerWords.KeyOf(payer) is not { } key ? Task.CompletedTask : db.Database.ExecuteSqlAsync(
            $"""
            insert into bank_payers (id, payer_key, organisation_id, booking_id, forget_on)
            select {Guid.CreateVersion7()}, {key}, organisation_id, case when organisation_id is null then id end, {today.AddYears(YearsKept)}
            from bookings
            where id = {bookingId}
            on conflict (payer_key, organisation_id, booking_id) do update set forget_on = excluded.forget_on
            """,
            ct);
}

internal sealed class BankPayerMap : IEntityTypeConfiguration<BankPayer>
{
    public void Configure(EntityTypeBuilder<BankPayer> builder)
    {
        builder.Property(payer => payer.PayerKey).HasMaxLength(PayerWords.KeyLength);
        builder.HasIndex(payer => new { payer.PayerKey, payer.OrganisationId, payer.BookingId }).IsUnique().AreNullsDistinct(false);
        builder.HasIndex(payer => payer.OrganisationId);
        builder.HasIndex(payer => payer.BookingId);
        builder.HasIndex(payer => payer.ForgetOn);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(payer => payer.OrganisationId);
        builder.HasOne<Booking>().WithMany().HasForeignKey(payer => payer.BookingId);
        builder.ToTable(table => table.HasCheckConstraint("ck_bank_payers_means", "(organisation_id is null) <> (booking_id is null)"));
    }
}
