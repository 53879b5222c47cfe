using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>What staff say of a resource: the fields of its form, and what is saved.</summary>
internal sealed class ResourceFacts : IValidatableObject
{
    public const int TitleLength = 200;
    public const int LineLength = 500;

    [Display(Name = "Title"), Required(ErrorMessage = "Enter the title"), StringLength(TitleLength, ErrorMessage = "The title must be 200 characters or fewer"), PlainName]
    public string Title { get; set; } = "";

    [Display(Name = "What it is")]
    public ResourceKind Kind { get; set; }

    [Display(Name = "What it is for (optional)", Description = "One or two sentences. Name no child and no family.")]
    [StringLength(LineLength, ErrorMessage = "What it is for must be 500 characters or fewer")]
    public string? Summary { get; set; }

    [Display(Name = "Web address (optional)", Description = "Starts with https://. Without one, visitors are asked to write to you for it.")]
    [StringLength(LineLength, ErrorMessage = "The web address must be 500 characters or fewer")]
    public string? Url { get; set; }

    [Display(Name = "Area (optional)", Description = "Choose one only if it is for one area alone.")]
    public Guid? AreaId { get; set; }

    [Display(Name = "Courses in which it is taught")]
    public List<Guid> CourseIds { get; set; } = [];

    public static ResourceFacts Of(Resource resource, IEnumerable<Guid> courses) => new()
    {
        Title = resource.Title,
        Kind = resource.Kind,
        Summary = resource.Summary,
        Url = resource.Url,
        AreaId = resource.AreaId,
        CourseIds = [.. courses],
    };

    /// <summary>What became different, in the words of the form.</summary>
    /// <param name="before"></param>
    /// <param name="areas">Their names.</param>
    /// <param name="courses">Their titles.</param>
    public IReadOnlyList<HistoryChange> ChangesFrom(ResourceFacts? before, IReadOnlyDictionary<Guid, string> areas, IReadOnlyDictionary<Guid, string> courses) => HistoryChange.Of(
        new("Title", before?.Title, Title),
        new("What it is", before is null ? null : Resource.Words(before.Kind), Resource.Words(Kind)),
        new("What it is for", before?.Summary, Summary),
        new("Web address", before?.Url, Url),
        new("Area", Name(before?.AreaId, areas), Name(AreaId, areas)),
        new("Courses", before is null ? null : Names(before.CourseIds, courses), Names(CourseIds, courses)));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not null && (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0))
        {
            yield return new("Enter a web address that starts with https://", [nameof(Url)]);
        }
    }

    private static string? Name(Guid? id, IReadOnlyDictionary<Guid, string> names) => id is { } known ? names.GetValueOrDefault(known) : null;

    private static string? Names(IEnumerable<Guid> ids, IReadOnlyDictionary<Guid, string> names) =>
        string.Join(", ", ids.Select(id => names.GetValueOrDefault(id)).OfType<string>().Order(StringComparer.Ordinal)) is { Length: > 0 } all ? all : null;
}
