using TrainingHub.People;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The words of one list of names.</summary>
/// <param name="Key">In its address.</param>
/// <param name="Title">Of its page.</param>
/// <param name="One">"an area".</param>
/// <param name="Lead">What it is for.</param>
/// <param name="Empty">What is so as long as it has none.</param>
internal sealed record NameListWords(string Key, string Title, string One, string Lead, string Empty)
{
    public const string Areas = "areas";
    public const string Sectors = "sectors";
    public const string Toolkits = "toolkits";

    public bool HasKinds => Key == Areas;

    public bool HasAreas => Key == Toolkits;

    public int LongestName => Key == Areas ? Area.NameLength : ListedFacts.NameLength;

    /// <returns>Null when there is no such list.</returns>
    public static NameListWords? Find(string list) => list switch
    {
        Areas => new(
            Areas, "Areas", "an area",
            "Where delegates work and where dates are held. Bookers choose one; reports, fees and surveys go by them.",
            "There are no areas yet. Add those of your councils, then one for people who work in several of them, and one for people from elsewhere."),
        Sectors => new(
            Sectors, "Sectors", "a sector",
            "The kinds of agency that people work for. Bookers choose one; reports and fees go by them.",
            "There are no sectors yet. Nobody can book until there is one."),
        Toolkits => new(
            Toolkits, "Toolkits", "a toolkit",
            "The practice toolkits that the three-month survey asks about. One of an area is asked about where people work in that area.",
            "There are no toolkits yet. The survey does not ask about them until there is one."),
        _ => null,
    };
}
