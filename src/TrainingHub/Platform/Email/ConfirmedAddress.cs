using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform.Email;

/// <summary>
/// A mailbox whose owner has shown that our emails are wanted: paid for what was booked with it, sent a form behind a link that was
/// mailed to it, or was vouched for by staff. Opening a link shows nothing, because mail scanners open every link. Kept as a hash.
/// </summary>
internal sealed class ConfirmedAddress
{
    public required byte[] AddressHash { get; init; }
    public required DateTimeOffset ConfirmedAt { get; init; }

    /// <summary>Joins its caller's transaction.</summary>
    public static Task ConfirmAsync(DbContext db, string address, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into confirmed_addresses (address_hash, confirmed_at)
            values ({HashOf(address)}, {now})
            on conflict (address_hash) do update set confirmed_at = excluded.confirmed_at
            """,
            ct);

    public static byte[] HashOf(string address) => Tries.SubjectOf(EmailAddress.MailboxOf(address));
}

internal sealed class ConfirmedAddressMap : IEntityTypeConfiguration<ConfirmedAddress>
{
    public void Configure(EntityTypeBuilder<ConfirmedAddress> builder)
    {
        builder.ToTable("ConfirmedAddresses");
        builder.HasKey(address => address.AddressHash);
    }
}
