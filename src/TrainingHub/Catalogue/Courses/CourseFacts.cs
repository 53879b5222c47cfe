using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>What staff say of a course: the fields of its form, and what is saved. The names are those of <see cref="Course"/>.</summary>
internal sealed class CourseFacts
{
    public const int LineLength = 500;
    public const int LevelLength = 40;
    public const int PriorityLength = 120;
    public const int TextLength = 5000;
    public const int CodeLength = 20;

    /// <summary>What a code of accounts may hold.</summary>
    public const string Code = "^[A-Za-z0-9][A-Za-z0-9 ./-]*$";
    public const string CodeWords = "A code has letters, figures, spaces, full stops, slashes and hyphens only";

    [Display(Name = "Title", Description = "A title that you change is kept: the course is still found and imported under it, and its address stays.")]
    [Required(ErrorMessage = "Enter the title of the course"), StringLength(Course.TitleLength), PlainName]
    public string Title { get; set; } = "";

    [Display(Name = "What it is", Description = "Everything but a course is listed with the events. It is booked and paid for in the same way; whoever came is asked about it once, soon after, and not again after three months.")]
    public CourseKind Kind { get; set; }

    [Display(Name = "Summary", Description = "One or two sentences. They stand in the list and at the top of the page."), StringLength(LineLength)]
    public string Summary { get; set; } = "";

    [Display(Name = "Who it is for", Description = "One sentence."), StringLength(LineLength)]
    public string Audience { get; set; } = "";

    [Display(Name = "Level (optional)", Description = "For example “Level 3”."), StringLength(LevelLength)]
    public string? Level { get; set; }

    [Display(Name = "Length", Description = "It decides the fee of dates that have none of their own. Places that are booked keep their price.")]
    public CourseLength? Length { get; set; }

    [Display(Name = "What you will be able to do", Description = "A list of five or six: each line starts with a hyphen."), StringLength(TextLength), Markdown]
    public string? Outcomes { get; set; }

    [Display(Name = "Programme of the day (optional)"), StringLength(TextLength), Markdown]
    public string? DayPlan { get; set; }

    [Display(Name = "What to bring or do before (optional)"), StringLength(TextLength), Markdown]
    public string? Bring { get; set; }

    [Display(Name = "How it runs (optional)", Description = "Group work, cameras, breaks, hard subjects and where to find support."), StringLength(TextLength), Markdown]
    public string? HowItRuns { get; set; }

    [Display(Name = "Guidance and tools (optional)", Description = "One link in a line, like - [Name of the guidance](https://www.example.org)."), StringLength(TextLength), Markdown]
    public string? Resources { get; set; }

    [Display(Name = "Tag (optional)", Description = "Why it is in the offer, as printed. What visitors read instead is set for each tag."), StringLength(Course.TagLength)]
    public string? Tag { get; set; }

    [Display(Name = "What led to it (optional)", Description = "In plain words: a local review, a change of law."), StringLength(LineLength)]
    public string? LinkedTo { get; set; }

    [Display(Name = "Priority of the partnership that it serves (optional)"), StringLength(PriorityLength)]
    public string? Priority { get; set; }

    [Display(Name = "Course to take before (optional)")]
    public Guid? PrerequisiteId { get; set; }

    [Display(Name = "What to do about the course to take before", Description = "What people answer is shown to staff beside what the registers say. Staff can book somebody without it, with a reason.")]
    public PrerequisiteRule PrerequisiteRule { get; set; }

    [Display(Name = "Months until it is taken again", Description = "Leave it empty when it need not be. For example 36."), Range(1, 120, ErrorMessage = "Enter a number of months between 1 and 120")]
    public int? RenewalMonths { get; set; }

    [Display(Name = "Show it as new")]
    public bool IsNew { get; set; }

    [Display(Name = "Nominal code (optional)", Description = "Under which your own books have its income. Without it the code of the settings counts.")]
    [StringLength(CodeLength), RegularExpression(Code, ErrorMessage = CodeWords)]
    public string? NominalCode { get; set; }

    [Display(Name = "Cost centre (optional)", Description = "Without it the one of the settings counts.")]
    [StringLength(CodeLength), RegularExpression(Code, ErrorMessage = CodeWords)]
    public string? CostCentre { get; set; }

    public static CourseFacts Of(Course course) => new()
    {
        Title = course.Title,
        Kind = course.Kind,
        Summary = course.Summary,
        Audience = course.Audience,
        Level = course.Level,
        Length = course.Length,
        Outcomes = course.Outcomes,
        DayPlan = course.DayPlan,
        Bring = course.Bring,
        HowItRuns = course.HowItRuns,
        Resources = course.Resources,
        Tag = course.Tag,
        LinkedTo = course.LinkedTo,
        Priority = course.Priority,
        PrerequisiteId = course.PrerequisiteId,
        PrerequisiteRule = course.PrerequisiteRule,
        RenewalMonths = course.RenewalMonths,
        IsNew = course.IsNew,
        NominalCode = course.NominalCode,
        CostCentre = course.CostCentre,
    };

    /// <summary>What became different, in the words of the form.</summary>
    /// <param name="before">As it was.</param>
    /// <param name="titles">The titles of the prerequisites before and after.</param>
    public IReadOnlyList<HistoryChange> ChangesFrom(CourseFacts before, IReadOnlyDictionary<Guid, string> titles) => HistoryChange.Of(
        new("Title", Given(before.Title), Given(Title)),
        new("What it is", CourseKindWords.Of(before.Kind), CourseKindWords.Of(Kind)),
        new("Summary", Given(before.Summary), Given(Summary)),
        new("Who it is for", Given(before.Audience), Given(Audience)),
        new("Level", before.Level, Level),
        new("Length", WordsOf(before.Length), WordsOf(Length)),
        new("What you will be able to do", before.Outcomes, Outcomes),
        new("Programme of the day", before.DayPlan, DayPlan),
        new("What to bring or do before", before.Bring, Bring),
        new("How it runs", before.HowItRuns, HowItRuns),
        new("Guidance and tools", before.Resources, Resources),
        new("Tag", before.Tag, Tag),
        new("What led to it", before.LinkedTo, LinkedTo),
        new("Priority", before.Priority, Priority),
        new("Course to take before", TitleOf(before.PrerequisiteId, titles), TitleOf(PrerequisiteId, titles)),
        new("About the course to take before", WordsOf(before.PrerequisiteRule), WordsOf(PrerequisiteRule)),
        new("Taken again after", Months(before.RenewalMonths), Months(RenewalMonths)),
        new("New", before.IsNew ? "Yes" : "No", IsNew ? "Yes" : "No"),
        new("Nominal code", before.NominalCode, NominalCode),
        new("Cost centre", before.CostCentre, CostCentre));

    public static string? WordsOf(CourseLength? length) => length switch
    {
        CourseLength.HalfDay => "Half day",
        CourseLength.FullDay => "Full day",
        null => null,
    };

    private static string WordsOf(PrerequisiteRule rule) => rule switch
    {
        PrerequisiteRule.Shown => "Said on the page",
        PrerequisiteRule.Asked => "People are asked",
        PrerequisiteRule.Required => "Who has not done it is refused",
    };

    private static string? Months(int? months) => months is null ? null : $"{months} months";

    private static string? TitleOf(Guid? id, IReadOnlyDictionary<Guid, string> titles) => id is { } known ? titles.GetValueOrDefault(known) : null;

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
