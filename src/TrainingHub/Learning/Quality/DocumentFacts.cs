using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>What staff say of a document: the fields of its form, and what is saved. The names are those of <see cref="ProviderDocument"/>.</summary>
internal sealed class DocumentFacts
{
    public const int NameLength = 120;

    [Display(Name = "Kind"), Required(ErrorMessage = "Select what kind of document it is")]
    public DocumentKind? Kind { get; set; }

    [Display(Name = "Name", Description = "For example “Public liability insurance 2026/27”.")]
    [Required(ErrorMessage = "Enter the name of the document"), StringLength(NameLength, ErrorMessage = "The name must be {1} characters or fewer")]
    public string Name { get; set; } = "";

    [Display(Name = "Last day on which it holds (optional)", Description = "For example 31 3 2027. Leave it empty if the document has no end.")]
    public DateOnly? LastOn { get; set; }

    public static DocumentFacts Of(ProviderDocument document) => new() { Kind = document.Kind, Name = document.Name, LastOn = document.LastOn };

    /// <summary>What became different, in the words of the form.</summary>
    public IReadOnlyList<HistoryChange> ChangesFrom(DocumentFacts before) => HistoryChange.Of(
        new("Kind", before.Kind is { } was ? QualityWords.Kind(was) : null, Kind is { } kind ? QualityWords.Kind(kind) : null),
        new("Name", before.Name.Length == 0 ? null : before.Name, Name),
        new("Last day", LearningWords.Day(before.LastOn), LearningWords.Day(LastOn)));
}
