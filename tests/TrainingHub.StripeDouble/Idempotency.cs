using System.Security.Cryptography;
using System.Text;

namespace TrainingHub.StripeDouble;

/// <summary>
/// Idempotency keys: the first answer is repeated for 24 hours, the same key with another request is an error, and a second
/// request while the first is under way gets 409 (docs.stripe.com/api/idempotent_requests, 2026-11).
/// </summary>
internal sealed class Idempotency(Books books)
{
    private readonly HashSet<string> underWay = [];

    /// <summary>What identifies a request: its address and parameters.</summary>
    public static string Fingerprint(string path, string body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path + "\n" + body)));

    /// <summary>The kept answer, or null when the request is new and now under way; end it with <see cref="End"/>.</summary>
    public KeptAnswer? Begin(string key, string request)
    {
        if (key.Length > 255)
        {
            throw StripeRefusal.Invalid(null, "The idempotency key is longer than 255 characters.", null);
        }

        lock (books.Gate)
        {
            Forget();
            if (underWay.Contains(key))
            {
                throw new StripeRefusal(409, "idempotency_error", "idempotency_key_in_use",
                    $"There is currently another in-progress request using this Idempotent Key ({key}). Please try again later.");
            }
            if (books.Kept.GetValueOrDefault(key) is not { } kept)
            {
                underWay.Add(key);
                return null;
            }
            return kept.Request == request ? kept : throw new StripeRefusal(400, "idempotency_error", null,
                $"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request.");
        }
    }

    /// <summary>Keeps the answer unless it is null; called under <see cref="Books.Gate"/>, with the effect, before the books are saved.</summary>
    public void Keep(string key, KeptAnswer? answer)
    {
        if (answer is not null)
        {
            books.Kept[key] = answer;
        }
    }

    public void End(string key)
    {
        lock (books.Gate)
            underWay.Remove(key);
    }

    private void Forget()
    {
        foreach (var old in books.Kept.Where(one => one.Value.At < books.Now - 24 * 3600).Select(one => one.Key).ToList())
        {
            books.Kept.Remove(old);
        }
    }
}
