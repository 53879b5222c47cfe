using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform.Email;

/// <summary>
/// A mailbox of which a mail server has said for good that it does not exist. What is sent to one person because of what they did is
/// still tried; a message to many people leaves it out. The mark ends when staff send to the address again, and after two years. Kept
/// as a hash, so who only reads the table learns no address.
/// </summary>
internal sealed class UndeliverableAddress
{
    public required byte[] AddressHash { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>The number of the answer (RFC 3463), such as "5.1.1", or an empty string.</summary>
    public required string Reason { get; init; }

    public static byte[] HashOf(string address) => ConfirmedAddress.HashOf(address);

    /// <summary>Joins its caller's transaction. The first time stays.</summary>
    public static Task MarkAsync(TrainingHubDb db, string address, DateTimeOffset now, string reason, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into undeliverable_addresses (address_hash, since, reason)
            values ({HashOf(address)}, {now}, {StatusIn(reason)})
            on conflict do nothing
            """,
            ct);

    /// <summary>Joins its caller's transaction.</summary>
    public static Task<int> ClearAsync(TrainingHubDb db, string address, CancellationToken ct)
    {
        var hash = HashOf(address);
        return db.UndeliverableAddresses.Where(one => one.AddressHash == hash).ExecuteDeleteAsync(ct);
    }

    /// <summary>Those of the addresses that are marked, by <see cref="EmailAddress.KeyOf"/>.</summary>
    public static async Task<IReadOnlySet<string>> AmongAsync(TrainingHubDb db, IEnumerable<string?> addresses, CancellationToken ct)
    {
        var byHash = addresses.OfType<string>().Select(EmailAddress.KeyOf).Distinct().ToLookup(key => Convert.ToHexString(HashOf(key)));
        var hashes = byHash.Select(group => Convert.FromHexString(group.Key)).ToArray();
        var marked = await db.UndeliverableAddresses.Where(one => hashes.Contains(one.AddressHash)).Select(one => one.AddressHash).ToListAsync(ct);
        return marked.SelectMany(hash => byHash[Convert.ToHexString(hash)]).ToHashSet();
    }

    // What else the answer says may hold the address.
    private static string StatusIn(string answer) => BounceReport.StatusNumber().Match(answer).Value;
}

internal sealed class UndeliverableAddressMap : IEntityTypeConfiguration<UndeliverableAddress>
{
    public void Configure(EntityTypeBuilder<UndeliverableAddress> builder)
    {
        builder.ToTable("UndeliverableAddresses");
        builder.HasKey(address => address.AddressHash);
    }
}
