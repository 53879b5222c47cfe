using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>A question as staff type it: its answers one a line.</summary>
internal sealed class QuestionForm
{
    private const int MostOptions = 30;

    [Display(Name = "The question, as it is asked"), Required(ErrorMessage = "Enter the question"), StringLength(Question.WordingLength, ErrorMessage = "The question must be {1} characters or fewer")]
    public string? Wording { get; set; }

    [Display(Name = "The same in few words", Description = "For lists and narrow places, such as “How confident are you …?”"), Required(ErrorMessage = "Enter the question in few words"), StringLength(Question.ShortLength, ErrorMessage = "The few words must be {1} characters or fewer")]
    public string? ShortWording { get; set; }

    [Display(Name = "How it is answered"), Required(ErrorMessage = "Select how it is answered")]
    public QuestionKind? Kind { get; set; }

    [Display(Name = "Answers to choose from", Description = "One a line, a scale from the lowest. Not for numbers and free text, which need none. An answer that keeps its words keeps its results.")]
    [StringLength(MostOptions * (QuestionOption.LabelLength + 2), ErrorMessage = "The answers must be {1} characters or fewer in all")]
    public string? Options { get; set; }

    [Display(Name = "Answer that excludes the others (optional)", Description = "For several of a list, such as “None”."), StringLength(QuestionOption.LabelLength, ErrorMessage = "The answer must be {1} characters or fewer")]
    public string? Exclusive { get; set; }

    [Display(Name = "Offer the toolkits of the delegate’s area as answers", Description = "For several of a list. The toolkits are those of the settings.")]
    public bool OffersToolkits { get; set; }

    [Display(Name = "Hint below the question (optional)"), StringLength(Question.WordingLength, ErrorMessage = "The hint must be {1} characters or fewer")]
    public string? Hint { get; set; }

    [Display(Name = "It must be answered")]
    public bool IsRequired { get; set; }

    [Display(Name = "What we say when it is left out", Description = "Begin with what to do: “Select how confident you are”."), StringLength(Question.MissingLength, ErrorMessage = "What we say must be {1} characters or fewer")]
    public string? MissingWords { get; set; }

    [Display(Name = "Words above a box for free text below it (optional)", Description = "Leave empty for no box. Every text is read by the training team."), StringLength(Question.WordingLength, ErrorMessage = "The words above the box must be {1} characters or fewer")]
    public string? TextPrompt { get; set; }

    [Display(Name = "What its answers tell about")]
    public KirkpatrickLevel Level { get; set; } = KirkpatrickLevel.Reaction;

    [Display(Name = "Its results can be compared with those of the version before", Description = "Leave it ticked when the words changed and the meaning did not. Else earlier results are shown apart.")]
    public bool IsComparable { get; set; }

    /// <summary>Of a new question.</summary>
    public static QuestionForm New => new() { IsRequired = true, IsComparable = true };

    public static QuestionForm Of(AskedQuestion question) => new()
    {
        Wording = question.Asked.Wording,
        ShortWording = question.Asked.ShortWording,
        Kind = question.Asked.Kind,
        // Toolkits have a list of their own; numbers bring theirs.
        Options = question.Asked.Kind is QuestionKind.Number ? null
            : string.Join('\n', question.Own.Where(option => !option.IsExclusive).Select(option => option.Label)),
        Exclusive = question.Exclusive?.Label,
        OffersToolkits = question.Asked.OffersToolkits,
        Hint = question.Asked.Hint,
        IsRequired = question.Asked.IsRequired,
        MissingWords = question.Asked.MissingWords,
        TextPrompt = question.Asked.TextPrompt,
        Level = question.Asked.Level,
        IsComparable = question.Asked.IsComparable,
    };

    /// <summary>The question, or null with an error beside each field that is wrong.</summary>
    public QuestionFacts? Check(AskedQuestion? known, ModelStateDictionary errors)
    {
        List<string> labels = Kind is QuestionKind.Number or QuestionKind.Text ? []
            : [.. (Options ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        var exclusive = Kind == QuestionKind.Several ? Exclusive : null;
        var all = exclusive is null ? labels : [.. labels, exclusive];
        Need(!IsRequired || MissingWords is not null, nameof(MissingWords), "Enter what we say when it is left out");
        Need(Kind != QuestionKind.YesNo || labels.Count == 2, nameof(Options), "Enter two answers, yes first");
        Need(Kind is not (QuestionKind.Scale or QuestionKind.One) || labels.Count >= 2, nameof(Options), "Enter at least two answers, one a line");
        Need(Kind != QuestionKind.Several || OffersToolkits || labels.Count >= 2, nameof(Options), "Enter at least two answers, one a line, or offer the toolkits");
        Need(labels.Count <= MostOptions, nameof(Options), $"Enter {MostOptions} answers or fewer");
        Need(labels.TrueForAll(label => label.Length <= QuestionOption.LabelLength), nameof(Options), $"Each answer must be {QuestionOption.LabelLength} characters or fewer");
        Need(all.Distinct(StringComparer.OrdinalIgnoreCase).Count() == all.Count, nameof(Options), "Enter each answer once");
        return errors.IsValid && Kind is { } kind
            ? new QuestionFacts(
                known?.Key, kind, Level, Wording ?? "", ShortWording ?? "", Hint, MissingWords, TextPrompt, IsRequired, OffersToolkits, IsComparable,
                [.. all.Select(label => new OptionFacts(known?.Own.FirstOrDefault(option => option.Label == label)?.OptionId, label, label == exclusive))])
            : null;

        void Need(bool holds, string field, string message)
        {
            if (!holds)
            {
                errors.AddModelError($"Form.{field}", message);
            }
        }
    }
}
