using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>What staff say of a meaning: the fields of its form, and what is saved. The names are those of <see cref="SearchMeaning"/>.</summary>
internal sealed class SearchMeaningFacts : IValidatableObject
{
    public const int NameLength = 120;
    public const int TypedLength = 2000;
    public const int SaysLength = 300;
    public const int LinkWordsLength = 80;
    public const int LinkLength = 500;
    public const int MostTyped = 60;
    public const int MostCourses = 5;

    [Display(Name = "What is meant", Description = "For example “Designated safeguarding lead”. It is found too."), Required(ErrorMessage = "Enter what is meant"), StringLength(NameLength), PlainName]
    public string Name { get; set; } = "";

    [Display(Name = "What people type", Description = "Abbreviations, older names, everyday words: one in a line. Capitals and accents make no difference."), Required(ErrorMessage = "Enter at least one word or phrase"), StringLength(TypedLength)]
    public string TypedLines { get; set; } = "";

    /// <summary>In the order in which they are found; null is an empty line.</summary>
    public List<Guid?> CourseIds { get; set; } = [];

    [Display(Name = "Sentence for visitors (optional)", Description = "Shown above the courses. Needed when no course answers."), StringLength(SaysLength), PlainName]
    public string? Says { get; set; }

    [Display(Name = "Words of the link (optional)"), StringLength(LinkWordsLength), PlainName]
    public string? LinkWords { get; set; }

    [Display(Name = "Address of the link (optional)", Description = "A page of this site, like /free-places, or an address that starts with https://."), StringLength(LinkLength)]
    public string? LinkAddress { get; set; }

    public string[] Typed => [.. Lines.Select(TypedWords.Tidy).Where(typed => typed.Length > 0).Distinct(StringComparer.Ordinal)];

    public Guid[] Courses => [.. CourseIds.OfType<Guid>().Distinct()];

    private string[] Lines => TypedLines.Split(['\n', '\r', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static SearchMeaningFacts Of(SearchMeaning meaning) => new()
    {
        Name = meaning.Name,
        TypedLines = string.Join('\n', meaning.Typed),
        CourseIds = [.. meaning.Courses],
        Says = meaning.Says,
        LinkWords = meaning.LinkWords,
        LinkAddress = meaning.LinkAddress,
    };

    /// <summary>What became different, in the words of the form.</summary>
    /// <param name="before"></param>
    /// <param name="titles">Of courses.</param>
    public IReadOnlyList<HistoryChange> ChangesFrom(SearchMeaningFacts before, IReadOnlyDictionary<Guid, string> titles) => HistoryChange.Of(
        new("What is meant", Given(before.Name), Given(Name)),
        new("What people type", Given(string.Join(", ", before.Typed)), Given(string.Join(", ", Typed))),
        new("Courses", Given(Titles(before.Courses, titles)), Given(Titles(Courses, titles))),
        new("Sentence for visitors", before.Says, Says),
        new("Link", Given($"{before.LinkWords} {before.LinkAddress}".Trim()), Given($"{LinkWords} {LinkAddress}".Trim())));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TypedLines.Length > 0 && Typed.Length == 0)
        {
            yield return new("Enter letters or digits that people type", [nameof(TypedLines)]);
        }

        if (Typed.Length > MostTyped)
        {
            yield return new($"Enter {MostTyped} words and phrases or fewer", [nameof(TypedLines)]);
        }

        if (Courses.Length == 0 && Says is null)
        {
            yield return new("Choose a course, or enter a sentence for visitors", [nameof(Says)]);
        }

        if (LinkAddress is not null && LinkWords is null)
        {
            yield return new("Enter the words of the link", [nameof(LinkWords)]);
        }

        if (LinkWords is not null && LinkAddress is null)
        {
            yield return new("Enter the address of the link", [nameof(LinkAddress)]);
        }

        if (LinkAddress is { } address && !IsOfThisSite(address) && !new HttpsAddressAttribute().IsValid(address))
        {
            yield return new("Enter an address that starts with https://, or with / for a page of this site", [nameof(LinkAddress)]);
        }
    }

    private static bool IsOfThisSite(string address) =>
        address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal);

    private static string Titles(IEnumerable<Guid> courses, IReadOnlyDictionary<Guid, string> titles) =>
        string.Join(", ", courses.Select(course => titles.GetValueOrDefault(course)).OfType<string>());

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
