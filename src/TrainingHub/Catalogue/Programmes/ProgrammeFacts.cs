using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>What is to be taken before a module.</summary>
internal enum ModuleBefore
{
    /// <summary>What the page of the course says; nothing is changed.</summary>
    [Display(Name = "As the course says")]
    AsTheCourseSays,

    [Display(Name = "The first module")]
    FirstModule,

    [Display(Name = "Nothing")]
    Nothing,
}

/// <summary>One line of the form: a course and its place among the modules.</summary>
internal sealed class ModuleFacts
{
    /// <summary>Null stands after all that have a number.</summary>
    [Display(Name = "Number"), Range(1, ProgrammeFacts.MostModules, ErrorMessage = "Enter a module number between 1 and 30")]
    public int? Number { get; set; }

    /// <summary>Null is an empty line, or a module that is taken out.</summary>
    [Display(Name = "Course")]
    public Guid? CourseId { get; set; }

    [Display(Name = "Take before it")]
    public ModuleBefore Before { get; set; }
}

/// <summary>What staff say of a programme: the fields of its form, and what is saved. The names are those of <see cref="Programme"/>.</summary>
internal sealed class ProgrammeFacts
{
    public const int SummaryLength = 500;
    public const int MostModules = 30;

    [Display(Name = "Title"), Required(ErrorMessage = "Enter the title of the programme"), StringLength(Course.TitleLength), PlainName]
    public string Title { get; set; } = "";

    [Display(Name = "Summary", Description = "One to three sentences: what the modules are about together, and for whom."), Required(ErrorMessage = "Enter a summary"), StringLength(SummaryLength)]
    public string Summary { get; set; } = "";

    public List<ModuleFacts> Modules { get; set; } = [];

    /// <summary>The lines that name a course, in the order of their numbers; those with one number in the order of the form.</summary>
    public IReadOnlyList<(Guid CourseId, ModuleBefore Before)> InOrder =>
    [
        .. Modules.Where(module => module.CourseId is not null).OrderBy(module => module.Number ?? int.MaxValue)
            .Select(module => (module.CourseId ?? Guid.Empty, module.Before)),
    ];

    public IReadOnlyList<HistoryChange> ChangesFrom(ProgrammeFacts before, IReadOnlyDictionary<Guid, string> titles) => HistoryChange.Of(
        new("Title", Given(before.Title), Given(Title)),
        new("Summary", Given(before.Summary), Given(Summary)),
        new("Modules", before.ModuleWords(titles), ModuleWords(titles)));

    /// <summary>"1. Beginnings; 2. Listening".</summary>
    private string? ModuleWords(IReadOnlyDictionary<Guid, string> titles) => Given(string.Join("; ", InOrder.Select(
        (module, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {titles.GetValueOrDefault(module.CourseId)}"))));

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
