using TrainingHub.People;

namespace TrainingHub.Tests.People;

/// <summary>An authenticator app that has learned the key on a page.</summary>
internal sealed class TestAuthenticator(TestPage page, TestClock clock)
{
    private readonly byte[] key = Decode(string.Concat(page.Find(".app-key").TextContent.Where(char.IsLetterOrDigit)));

    /// <summary>What it shows now, or shows so many half-minutes from now.</summary>
    public string Code(int ahead = 0) => Totp.CodeOf(key, Totp.StepAt(clock.Now) + ahead);

    /// <summary>Enters what it shows where it is set up.</summary>
    public Task<TestPage> ConfirmAsync(TestPage setUp) => setUp.SubmitAsync(form => form["Code"] = Code());

    /// <summary>Waits until it shows another code.</summary>
    public string NextCode()
    {
        clock.Advance(TimeSpan.FromSeconds(30));
        return Code();
    }

    internal static byte[] Decode(string base32)
    {
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var letter in base32)
        {
            (bits, held) = ((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), held + 5);
            if (held >= 8)
            {
                bytes.Add((byte)(bits >> (held - 8)));
                held -= 8;
            }
        }

        return [.. bytes];
    }
}
