using System.Text.RegularExpressions;

namespace TrainingHub.Learning;

/// <summary>
/// What in a text may let somebody recognise a child: two capitalised words that look like a full name, an age or a date of birth. It
/// warns and decides nothing: the names under which reviews are published, such as ‘Charlie’, pass, and whoever writes can confirm the rest.
/// </summary>
internal static partial class NameWarning
{
    // Beside one of these a capitalised word is that of an office, a law, a place or a course.
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "Act", "Adult", "Adults", "Advisory", "Agency", "Allegations", "Annual", "April", "Audit", "August", "Authority", "Basic", "BCP", "Board", "Bournemouth", "Briefing", "Bulletin",
        "Care", "Case", "Cambridge", "Charity", "Chief", "Child", "Children", "Childrens", "Children’s", "Children's", "Christchurch", "Clinical", "College", "Commission", "Committee", "Community",
        "Constabulary", "Council", "County", "Court", "Crown", "December", "Department", "Designated", "Director", "District", "Domestic", "Dorset", "Early", "Education", "England", "Executive",
        "Extra", "Family", "Families", "February", "Fire", "Foundation", "Framework", "Friday", "General", "Government", "Great", "Group", "Guidance", "Harmful", "Health", "Home", "Hospital", "Hub",
        "Independent", "Integrated", "Intra", "Ireland", "January", "Joint", "July", "June", "Keeping", "King", "Learning", "Level", "Local", "London", "Lead", "Managing", "March", "May", "Mental",
        "Minister", "Ministry", "Missing", "Mobile", "Modern", "Monday", "Multi", "National", "Neglect", "New", "NHS", "Non", "Northern", "November", "Nurse", "Nursery", "October", "Office", "Officer",
        "Ofsted", "Online", "Panel", "Parliament", "Partnership", "Police", "Poole", "Practice", "Primary", "Private", "Probation", "Programme", "Project", "Protocol", "Public", "Pupil", "Rapid",
        "Recommendation", "Recruitment", "Regulations", "Report", "Review", "Rights", "Royal", "Safe", "Safeguarding", "Safer", "Saturday", "School", "Scotland", "Screening", "Secondary", "Secretary",
        "Section", "September", "Serious", "Service", "Services", "Sexual", "Social", "Society", "Special", "Standards", "State", "Sunday", "Team", "Thematic", "Therapeutic", "Thursday", "Together",
        "Toolkit", "Training", "Trauma", "Trust", "Tuesday", "United", "University", "Voluntary", "Wales", "Wednesday", "Work", "Workers", "Working", "Year", "Young", "Youth",
        // They begin sentences.
        "A", "After", "All", "An", "And", "As", "At", "Because", "Before", "Both", "But", "By", "Each", "For", "From", "He", "How", "If", "In", "It", "No", "Of", "On", "Our", "She", "So", "That",
        "The", "Their", "There", "These", "They", "This", "Those", "To", "We", "What", "When", "Where", "Who", "With",
    };

    /// <summary>What was found, each once, in the order of the texts.</summary>
    public static IReadOnlyList<string> Find(params IEnumerable<string?> texts) =>
        [.. texts.OfType<string>().SelectMany(Find).Distinct(StringComparer.Ordinal)];

    /// <summary>For the reader of the form.</summary>
    public static string Words(IReadOnlyList<string> found) =>
        $"{string.Join(", ", found.Select(words => $"“{words}”"))} may let somebody recognise a child. Take it out, or tick that nobody can be recognised";

    private static IEnumerable<string> Find(string text) => Names().Matches(text)
        .Where(found => !found.Value.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Any(Known.Contains))
        .Concat(Ages().Matches(text))
        .OrderBy(found => found.Index)
        .Select(found => found.Value);

    [GeneratedRegex(@"\b\p{Lu}[\p{L}’']*\p{Ll}(?:-\p{Lu}[\p{L}’']*\p{Ll})?[ \t]+\p{Lu}[\p{L}’']*\p{Ll}(?:-\p{Lu}[\p{L}’']*\p{Ll})?\b")]
    private static partial Regex Names();

    [GeneratedRegex(@"\bborn (?:on|in)\b|\bdate of birth\b|\bd\.?o\.?b\b|\baged? \d{1,2}\b|\b\d{1,2}[- ](?:years?|months?|weeks?)[- ]old\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ages();
}
