using Microsoft.AspNetCore.Mvc.ModelBinding;
using TrainingHub.Platform.Web.Binding;

namespace TrainingHub.Surveys.Pages;

/// <summary>
/// The survey as it is typed: every answer a text, so that whatever arrives can be shown again. Fields are named by the questions: a page
/// that was open when the next version of the program came sends what this one reads.
/// </summary>
internal sealed class SurveyForm
{
    public const string Yes = "yes";
    public const string No = "no";
    public const string None = "none";
    private const string Start = "Form.";
    private readonly Dictionary<string, IReadOnlyList<string>> chosen = [];
    private readonly Dictionary<string, string?> texts = [];

    public static string NameOf(Question question) => Start + string.Concat(question.Key.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The box of a question's free text.</summary>
    public static string TextNameOf(Question question) => question.Kind == QuestionKind.Text ? NameOf(question) : NameOf(question) + "Example";

    /// <summary>What the form sends for an option: a word where people may read it, else its id.</summary>
    public static string ValueOf(AskedQuestion question, VersionOption option) =>
        option.IsExclusive ? None
        : question.Asked.Kind != QuestionKind.YesNo ? $"{option.OptionId}"
        : option == question.Options[0] ? Yes : No;

    /// <summary>What was sent for each question of a version.</summary>
    public static SurveyForm Read(IFormCollection sent, Questionnaire asked)
    {
        var form = new SurveyForm();
        foreach (var question in asked.Questions)
        {
            form.chosen[question.Key] = question.Asked.Kind == QuestionKind.Text ? [] : [.. sent[NameOf(question.Asked)].OfType<string>()];
            if (question.HasText)
            {
                form.texts[question.Key] = Tidy(sent[TextNameOf(question.Asked)]);
            }
        }

        return form;
    }

    /// <summary>The free texts of a form whose questions are not known, or came too late: for the sender to keep.</summary>
    public static List<string> TextsIn(IFormCollection sent) =>
        [.. sent.Where(field => field.Key.StartsWith(Start, StringComparison.Ordinal)).SelectMany(field => field.Value).Select(Tidy).OfType<string>()
            .Where(text => text is not (Yes or No or None) && !Guid.TryParse(text, out _))];

    public static SurveyForm Of(SurveyAnswers answers, Questionnaire asked)
    {
        var form = new SurveyForm();
        foreach (var question in asked.Questions)
        {
            form.chosen[question.Key] = [.. question.Among(answers.OptionIds).Select(option => ValueOf(question, option))];
            form.texts[question.Key] = answers.Texts.GetValueOrDefault(question.Key);
        }

        return form;
    }

    public IReadOnlyList<string> ChosenOf(AskedQuestion question) => chosen.GetValueOrDefault(question.Key, []);

    public string? TextOf(AskedQuestion question) => texts.GetValueOrDefault(question.Key);

    /// <summary>
    /// What of a question is offered to somebody who works there, with what they chose before it was archived. Nothing where there is
    /// nothing but "None" to choose: the question is left out.
    /// </summary>
    public IReadOnlyList<VersionOption> Offered(AskedQuestion question, Guid areaId)
    {
        var before = question.Options.Where(option => ChosenOf(question).Contains(ValueOf(question, option))).Select(option => option.OptionId).ToList();
        var offered = question.Offered(areaId, before);
        return offered.All(option => option.IsExclusive) ? [] : offered;
    }

    /// <summary>The questions that somebody who works there is asked, each with what is offered to them.</summary>
    public IEnumerable<(AskedQuestion Question, IReadOnlyList<VersionOption> Offered)> Shown(Questionnaire asked, Guid areaId) =>
        from question in asked.Questions
        let offered = Offered(question, areaId)
        where question.Asked.Kind == QuestionKind.Text || offered.Count > 0
        select (question, offered);

    /// <summary>
    /// The answers, or null with an error beside each question that needs one and has none. An exclusive answer excludes every other. An
    /// answer that is not offered counts as not given.
    /// </summary>
    public SurveyAnswers? Check(Questionnaire asked, Guid areaId, ModelStateDictionary errors)
    {
        var given = new List<Guid>();
        foreach (var question in asked.Questions)
        {
            var offered = Offered(question, areaId);
            List<VersionOption> taken = [.. offered.Where(option => ChosenOf(question).Contains(ValueOf(question, option)))];
            var name = NameOf(question.Asked);
            if (question.Asked.Kind == QuestionKind.Text ? question.Asked.IsRequired && TextOf(question) is null : question.Asked.IsRequired && taken.Count == 0 && offered.Count > 0)
            {
                errors.AddModelError(name, question.Asked.MissingWords ?? "");
            }
            else if (taken.Count > 1 && taken.Find(option => option.IsExclusive) is { } exclusive)
            {
                errors.AddModelError(name, $"Select answers or “{exclusive.Label}”. You cannot select both");
            }

            if (TextOf(question)?.Length > SurveyComment.TextLength)
            {
                errors.AddModelError(TextNameOf(question.Asked), $"{(question.Asked.Kind == QuestionKind.Text ? "Your answer" : "Examples")} must be {SurveyComment.TextLength} characters or fewer");
            }

            given.AddRange((question.TakesSeveral ? taken : taken.Take(1)).Select(option => option.OptionId));
            // Who is offered none of them uses none.
            given.AddRange(question.Exclusive is { } none && offered.Count == 0 ? [none.OptionId] : []);
        }

        return errors.IsValid ? new SurveyAnswers(asked.Id, [.. given.Order()], texts) : null;
    }

    /// <summary>The fields in the order of the page.</summary>
    public static IReadOnlyList<string> Fields(Questionnaire asked) =>
        [.. asked.Questions.SelectMany(question => new[] { NameOf(question.Asked), TextNameOf(question.Asked) })];

    private static string? Tidy(string? typed) => TidyTextBinder.Tidy(typed ?? "") is { Length: > 0 } text ? text : null;
}

/// <summary>The questions of a survey as they are shown, in the survey and in the preview of its next version.</summary>
internal sealed record SurveyFields(SurveyForm Form, IEnumerable<(AskedQuestion Question, IReadOnlyList<VersionOption> Offered)> Questions);
