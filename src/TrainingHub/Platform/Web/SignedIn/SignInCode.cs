using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform.Email;

namespace TrainingHub.Platform.Web;

/// <summary>
/// A code that was mailed to an address, as a hash. Its id is in the address of the page on which it was asked for, so that somebody
/// else's guesses count for what they asked for themselves and use up nobody's code.
/// </summary>
internal sealed class SignInCode
{
    public const int MostGuesses = 5;

    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    public required Guid Id { get; init; }

    /// <summary>As <see cref="EmailAddress.KeyOf"/> gives it.</summary>
    public required string Email { get; init; }
    public required byte[] CodeHash { get; init; }

    /// <summary>Wrong and right ones on the page where this code was asked for.</summary>
    public int GuessCount { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>Eight characters without look-alikes: 39 bits.</summary>
    public static string New() => Reference.New();

    /// <summary>"K7M2 P9QX", as an email shows it.</summary>
    public static string Words(string code) => $"{code[..4]} {code[4..]}";

    /// <param name="email">As <see cref="EmailAddress.KeyOf"/> gives it; the same code hashes differently for another address.</param>
    /// <param name="typed">In any case, with spaces and dashes or without.</param>
    public static byte[] HashOf(string email, string typed) => SHA256.HashData(Encoding.UTF8.GetBytes($"{email}\n{Reference.Normalise(typed)}"));
}

internal sealed class SignInCodeMap : IEntityTypeConfiguration<SignInCode>
{
    public void Configure(EntityTypeBuilder<SignInCode> builder)
    {
        builder.Property(code => code.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(code => code.GuessCount).HasDefaultValue(0);
        builder.HasIndex(code => code.Email);
        builder.HasIndex(code => code.ExpiresAt);
        builder.ToTable(table => table.HasCheckConstraint("ck_sign_in_codes_guess_count", "guess_count >= 0"));
    }
}
