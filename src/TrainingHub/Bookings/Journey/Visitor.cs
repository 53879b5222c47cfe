using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>
/// Who is booking, as far as a stranger can be told from the next: the browser, by the cookie of the booking form, and the network. A
/// stranger can throw the cookie away, and a whole council may share the network.
/// </summary>
internal sealed record Visitor(byte[] BrowserHash, byte[] NetworkHash)
{
    /// <summary>Live places that are not paid for, of one visitor at a time: held for a card payment or a decision. As many as the people of
    /// one order.</summary>
    public const int MostUnpaid = 30;

    /// <summary>Places of any kind that one visitor may get within an hour, such as by invoice or for nothing.</summary>
    public const int MostAnHour = 60;

    /// <summary>As <see cref="MostUnpaid"/> for all who share a network: each may hold one beside these.</summary>
    public const int MostUnpaidOfNetwork = 100;

    public static Visitor Of(string browser, string network) => new(Tries.SubjectOf("browser " + browser), Tries.SubjectOf("network " + network));
}
