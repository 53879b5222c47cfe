using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning;

/// <summary>What staff say of a source: the fields of its form, and what is saved. The names are those of <see cref="LearningSource"/>.</summary>
internal sealed class SourceFacts
{
    public const int TitleLength = 200;
    public const int PublisherLength = 150;
    public const int AddressLength = 500;
    public const int WordsLength = 500;
    public const int NoteLength = 2000;

    [Display(Name = "Kind"), Required(ErrorMessage = "Select what kind of source it is")]
    public SourceKind? Kind { get; set; }

    [Display(Name = "Title", Description = "As it was published, for example “Child safeguarding practice review ‘Charlie’”. Course pages can show it.")]
    [Required(ErrorMessage = "Enter the title"), StringLength(TitleLength, ErrorMessage = "The title must be {1} characters or fewer")]
    public string Title { get; set; } = "";

    [Display(Name = "Date published (optional)", Description = "For example 27 3 2026. Leave it empty while it is not known.")]
    public DateOnly? PublishedOn { get; set; }

    [Display(Name = "Published by (optional)"), StringLength(PublisherLength, ErrorMessage = "The publisher must be {1} characters or fewer")]
    public string? Publisher { get; set; }

    [Display(Name = "Link to the publication (optional)", Description = "The full address, starting with https://"), StringLength(AddressLength, ErrorMessage = "The link must be {1} characters or fewer"), HttpsAddress]
    public string? Address { get; set; }

    [Display(Name = "Area (optional)", Description = "Choose one only if it is about one area.")]
    public Guid? AreaId { get; set; }

    [Display(Name = "Themes (optional)")]
    public Guid[] ThemeIds { get; set; } = [];

    [Display(Name = "Priorities of the partnership (optional)")]
    public Guid[] PriorityIds { get; set; } = [];

    [Display(Name = "What it is about, in words for anybody (optional)", Description = "One or two sentences. Nothing by which a child, a family or a worker could be recognised."), StringLength(WordsLength, ErrorMessage = "The words must be {1} characters or fewer")]
    public string? PublicWords { get; set; }

    [Display(Name = "Note for staff (optional)", Description = "The same holds here: no names, no ages, no places."), StringLength(NoteLength, ErrorMessage = "The note must be {1} characters or fewer")]
    public string? Note { get; set; }

    public static SourceFacts Of(LearningSource source) => new()
    {
        Kind = source.Kind,
        Title = source.Title,
        PublishedOn = source.PublishedOn,
        Publisher = source.Publisher,
        Address = source.Address,
        AreaId = source.AreaId,
        ThemeIds = source.ThemeIds,
        PriorityIds = source.PriorityIds,
        PublicWords = source.PublicWords,
        Note = source.Note,
    };

    /// <summary>What became different, in the words of the form.</summary>
    /// <param name="before"></param>
    /// <param name="names">Of areas, themes and priorities, by their ids.</param>
    public IReadOnlyList<HistoryChange> ChangesFrom(SourceFacts before, IReadOnlyDictionary<Guid, string> names) => HistoryChange.Of(
        new("Kind", before.Kind is { } was ? LearningWords.Kind(was) : null, Kind is { } kind ? LearningWords.Kind(kind) : null),
        new("Title", before.Title.Length == 0 ? null : before.Title, Title),
        new("Date published", LearningWords.Day(before.PublishedOn), LearningWords.Day(PublishedOn)),
        new("Published by", before.Publisher, Publisher),
        new("Link", before.Address, Address),
        new("Area", before.AreaId is { } area ? names.GetValueOrDefault(area) : null, AreaId is { } now ? names.GetValueOrDefault(now) : null),
        new("Themes", LearningWords.Names(before.ThemeIds, names), LearningWords.Names(ThemeIds, names)),
        new("Priorities", LearningWords.Names(before.PriorityIds, names), LearningWords.Names(PriorityIds, names)),
        new("Words for anybody", before.PublicWords, PublicWords),
        new("Note", before.Note, Note));
}
