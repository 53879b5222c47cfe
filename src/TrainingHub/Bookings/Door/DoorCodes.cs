using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>
/// The code by which a trainer knows a delegate at the door: the place's id and 128 bits that only this database can derive from the
/// place and the person who has it. Nothing of it is stored. Once somebody else has the place, the former person's code is wrong. By itself it opens
/// nothing: who may use it is signed in.
/// </summary>
internal sealed class DoorCodes(NpgsqlDataSource database)
{
    private const string Purpose = "door";
    private const string DatePurpose = "room";
    private const int IdBytes = 16;
    private const int ProofBytes = 16;

    private byte[]? secret;

    public async Task<string> OfAsync(Guid place, PersonKey person, CancellationToken ct) =>
        Base64Url.EncodeToString([.. place.ToByteArray(), .. await ProofAsync(place, person, ct)]);

    /// <summary>
    /// The code of a date, short enough to be typed from a wall: eight letters without look-alikes, some 39 bits. It opens no more than a form
    /// about that date, for a few days.
    /// </summary>
    public async Task<string> OfDateAsync(Guid run, CancellationToken ct)
    {
        var hash = HMACSHA256.HashData(await SecretAsync(ct), Encoding.UTF8.GetBytes($"{DatePurpose}\n{run:N}"));
        return string.Concat(hash.Take(Reference.Length).Select(one => Reference.Alphabet[one % Reference.Alphabet.Length]));
    }

    /// <summary>The part of a place's code that says which place it is, less its last two bits: they share a letter with the proof.</summary>
    public static string BeginningOf(Guid place) => Base64Url.EncodeToString(place.ToByteArray())[..21];

    /// <returns>The place that the code names, which proves nothing yet; null when it is no code.</returns>
    public static Guid? PlaceOf(string code) => Read(code) is { } bytes ? new(bytes.AsSpan(0, IdBytes)) : null;

    /// <summary>Whether it is the code of this person for this place.</summary>
    public async Task<bool> IsRightAsync(string code, Guid place, PersonKey person, CancellationToken ct)
    {
        var proof = await ProofAsync(place, person, ct);
        return Read(code) is { } bytes && new Guid(bytes.AsSpan(0, IdBytes)) == place && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(IdBytes), proof);
    }

    private static byte[]? Read(string code) =>
        Base64Url.IsValid(code, out var length) && length == IdBytes + ProofBytes ? Base64Url.DecodeFromChars(code) : null;

    private async Task<byte[]> ProofAsync(Guid place, PersonKey person, CancellationToken ct)
    {
        var hash = HMACSHA256.HashData(await SecretAsync(ct), Encoding.UTF8.GetBytes($"{Purpose}\n{place:N}\n{person.Email}\n{person.Name}"));
        return hash[..ProofBytes];
    }

    // It never changes, so that two who read it at once read the same.
    private async Task<byte[]> SecretAsync(CancellationToken ct)
    {
        if (secret is null)
        {
            await using var command = database.CreateCommand("select secret from door_secrets");
            secret = (byte[]?)await command.ExecuteScalarAsync(ct) ?? throw new InvalidOperationException("The table door_secrets is empty.");
        }

        return secret;
    }
}
