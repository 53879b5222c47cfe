using System.Security.Cryptography;

namespace TrainingHub.Platform;

/// <summary>
/// Eight characters that a person can read out over the phone, without look-alikes (no 0, O, 1, I, L, U). About 39 bits:
/// the unique index on each table is the last word.
/// </summary>
internal static class Reference
{
    public const int Length = 8;
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>What somebody typed, as stored: upper case without spaces and dashes.</summary>
    public static string Normalise(string typed) =>
        new([.. typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
