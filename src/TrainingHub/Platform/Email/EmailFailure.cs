namespace TrainingHub.Platform.Email;

/// <summary>Why one email did not arrive and what to do about it, by what was answered (numbers: RFC 3463).</summary>
/// <param name="Meaning">A sentence.</param>
/// <param name="Act">What to do.</param>
internal sealed record EmailFailure(string Meaning, string Act)
{
    private const string Keeper = "Tell whoever looks after this site.";

    private static readonly IReadOnlyList<(string Sign, EmailFailure Failure)> Known =
    [
        ("could not be put into words", new("This site could not put it into words. That is a fault of the site.", Keeper)),
        ("outside Production", new("This is not the real site, and it may not mail this address.", "Nothing is to be done.")),
        ("took longer than", new("The mail server did not answer in time, again and again.", "Send it again now. If it fails once more: " + Keeper)),
        ("5.2.2", new("The mailbox is full.", "Send it again in a day or two, or ask the person for another address.")),
        ("5.2.3", new("The mailbox does not take a message of this size.", "Ask the person for another address.")),
        ("5.3.4", new("The mailbox does not take a message of this size.", "Ask the person for another address.")),
        ("4.7", new("Their mail server would not take it for days.", "Send it again. If that fails, ask the person for another address.")),
        ("5.7", new(
            "Their mail server does not want it: it may take it for spam, or let nobody outside the organisation write to this address.",
            "Ask the person for another address, or to have their IT let in what comes from this site.")),
        ("5.4", new("Their mail server cannot be reached, or passes email round in a circle.", "Check the part after the @. Else send it again in a day.")),
        ("4.", new("It was tried for days, and their mail server did not take it.", "Check the part after the @. If it is right, send it again.")),
    ];

    /// <summary>Null for an email that has arrived, as far as is known, or waits.</summary>
    public static EmailFailure? Of(EmailState state, string address, string? error) => state switch
    {
        EmailState.Bounced => new($"There is no such mailbox, says the mail server of {HostOf(address)}.", "Correct the address and send it again."),
        EmailState.Failed => Known.FirstOrDefault(known => error?.Contains(known.Sign, StringComparison.OrdinalIgnoreCase) == true).Failure
            ?? new("The mail server did not take it.", "Check the address, and send it again."),
        EmailState.Queued or EmailState.Sending or EmailState.Sent or EmailState.Waiting or EmailState.Withheld or EmailState.Stopped => null,
    };

    private static string HostOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}
