namespace TrainingHub.Platform.Email;

/// <summary>
/// Guesses the address that was meant when somebody's finger slipped: "gmial.com", ".con", "nhs.ent". Only a guess, so it is asked
/// and never acted on. An address at a host that is not well known, with an ending that exists, is never doubted.
/// </summary>
internal static class EmailSlip
{
    // One slip away from one of these is doubted. Short hosts are left out: too many others differ by a letter.
    private static readonly string[] Hosts =
    [
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "yahoo.com", "yahoo.co.uk", "icloud.com",
        "btinternet.com", "talktalk.net", "virginmedia.com", "ntlworld.com", "nhs.net", "live.co.uk",
    ];

    // Hosts that exist although they are one letter away.
    private static readonly HashSet<string> RealHosts = ["mail.com", "email.com", "ymail.com", "hotmail.co.uk", "yahoo.co.uk"];

    // Hosts that are further away than one slip, and what they are taken for.
    private static readonly Dictionary<string, string> HostSlips = new()
    {
        ["gmail.co.uk"] = "gmail.com",
        ["googlemail.co.uk"] = "googlemail.com",
        ["gmail"] = "gmail.com",
        ["icloud.co.uk"] = "icloud.com",
        ["live.co"] = "live.com",
        ["nhs.net.uk"] = "nhs.net",
        ["nhs.co.uk"] = "nhs.net",
    };

    // Endings that no host has. Longer ones first.
    private static readonly (string Slip, string Meant)[] Endings =
    [
        (".orguk", ".org.uk"), (".schuk", ".sch.uk"), (".govuk", ".gov.uk"), (".nhsuk", ".nhs.uk"), (".couk", ".co.uk"), (".acuk", ".ac.uk"),
        (".co.u", ".co.uk"), (".co.ik", ".co.uk"), (".co.yk", ".co.uk"), (".co.uj", ".co.uk"), (".ku", ".uk"),
        (".comm", ".com"), (".con", ".com"), (".cmo", ".com"), (".ocm", ".com"), (".vom", ".com"), (".xom", ".com"), (".cpm", ".com"),
        (".ogr", ".org"), (".rog", ".org"), (".orh", ".org"), (".ent", ".net"), (".nte", ".net"), (".ney", ".net"),
    ];

    /// <summary>The address that was probably meant, or null when nothing looks wrong.</summary>
    public static string? MeantBy(string? address)
    {
        var at = address?.LastIndexOf('@') ?? -1;
        if (address is null || at < 1 || at == address.Length - 1)
        {
            return null;
        }

        var host = address[(at + 1)..].ToLowerInvariant();
        var meant = HostMeantBy(host);
        return meant == host ? null : address[..(at + 1)] + meant;
    }

    private static string HostMeantBy(string host)
    {
        if (RealHosts.Contains(host))
        {
            return host;
        }

        var ending = Endings.FirstOrDefault(ending => host.EndsWith(ending.Slip, StringComparison.Ordinal));
        var whole = ending.Slip is { } slip ? host[..^slip.Length] + ending.Meant : host;
        return HostSlips.GetValueOrDefault(whole) ?? Hosts.FirstOrDefault(known => IsOneSlipAway(whole, known)) ?? whole;
    }

    /// <summary>One letter too many, too few or wrong, or two neighbours swapped.</summary>
    private static bool IsOneSlipAway(string typed, string known)
    {
        var start = 0;
        while (start < typed.Length && start < known.Length && typed[start] == known[start])
        {
            start++;
        }

        var left = typed.AsSpan(start);
        var right = known.AsSpan(start);
        return (left.Length - right.Length) switch
        {
            1 => left[1..].SequenceEqual(right),
            -1 => right[1..].SequenceEqual(left),
            0 when left.Length == 0 => false,
            0 => left[1..].SequenceEqual(right[1..])
                || (left.Length > 1 && left[0] == right[1] && left[1] == right[0] && left[2..].SequenceEqual(right[2..])),
            _ => false,
        };
    }
}
