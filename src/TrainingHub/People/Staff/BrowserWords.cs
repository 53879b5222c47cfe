namespace TrainingHub.People;

/// <summary>
/// What a browser says it is, in words that its owner knows: "Firefox on Windows". It may lie, and nothing depends on it; no version and
/// nothing else of it is kept.
/// </summary>
internal static class BrowserWords
{
    public const int Length = 100;

    // In this order: Edge and Opera say that they are Chrome too, and Chrome that it is Safari.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "Mac"), ("Linux", "Linux")];

    public static string Of(string? userAgent) => (Name(Browsers, userAgent), Name(Systems, userAgent)) switch
    {
        ({ } browser, { } system) => $"{browser} on {system}",
        ({ } browser, null) => browser,
        (null, { } system) => $"A browser on {system}",
        (null, null) => "An unknown browser",
    };

    private static string? Name((string Mark, string Name)[] known, string? userAgent) =>
        Array.Find(known, one => userAgent?.Contains(one.Mark, StringComparison.Ordinal) == true).Name;
}
