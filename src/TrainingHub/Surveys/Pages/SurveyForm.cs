using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace TrainingHub.Surveys.Pages;

/// <summary>The survey as it is typed: every answer a text, so that whatever arrives can be shown again.</summary>
public sealed class SurveyForm
{
    public const string Yes = "yes";
    public const string No = "no";
    public const string None = "none";

    public string? Confidence { get; set; }
    public string? Knowledge { get; set; }
    public string? ChangedPractice { get; set; }

    [StringLength(SurveyComment.TextLength, ErrorMessage = "Examples must be {1} characters or fewer")]
    public string? ChangedPracticeExample { get; set; }
    public string? ImpactedFamilies { get; set; }

    [StringLength(SurveyComment.TextLength, ErrorMessage = "Examples must be {1} characters or fewer")]
    public string? ImpactedFamiliesExample { get; set; }
    public List<string> Toolkits { get; set; } = [];
    public string? Recommend { get; set; }

    internal static SurveyForm Of(SurveyAnswers answers) => new()
    {
        Confidence = answers.ConfidenceId.ToString(),
        Knowledge = answers.KnowledgeId.ToString(),
        ChangedPractice = Word(answers.ChangedPractice),
        ChangedPracticeExample = answers.ChangedPracticeExample,
        ImpactedFamilies = Word(answers.ImpactedFamilies),
        ImpactedFamiliesExample = answers.ImpactedFamiliesExample,
        Toolkits = answers.ToolkitIds.Count == 0 ? [None] : answers.ToolkitIds.ConvertAll(id => id.ToString()),
        Recommend = Word(answers.Recommend),
    };

    /// <summary>
    /// The answers, or null with an error beside each question that has none. "None" excludes every toolkit. A toolkit that is
    /// not offered, or an answer that is not on the list, counts as not given.
    /// </summary>
    internal SurveyAnswers? Check(SurveyLists lists, List<Toolkit> offered, ModelStateDictionary errors)
    {
        var confidence = Point(lists, Question.Confidence, Confidence);
        var knowledge = Point(lists, Question.Knowledge, Knowledge);
        var (changed, impacted, recommend) = (YesNo(ChangedPractice), YesNo(ImpactedFamilies), YesNo(Recommend));
        var toolkits = offered.Where(toolkit => Toolkits.Contains(toolkit.Id.ToString())).Select(toolkit => toolkit.Id).ToList();
        Need(confidence is not null, nameof(Confidence), "Select how confident you are");
        Need(knowledge is not null, nameof(Knowledge), "Select how you rate your knowledge");
        Need(changed is not null, nameof(ChangedPractice), "Select yes if you have applied changes in practice");
        Need(impacted is not null, nameof(ImpactedFamilies), "Select yes if your learning has impacted children, young people or families");
        Need(toolkits.Count > 0 || Toolkits.Contains(None), nameof(Toolkits), "Select each toolkit that you use, or select “None”");
        Need(toolkits.Count == 0 || !Toolkits.Contains(None), nameof(Toolkits), "Select toolkits or “None”. You cannot select both");
        Need(recommend is not null, nameof(Recommend), "Select yes if you would recommend this course");
        return errors.IsValid && confidence is { } confidenceId && knowledge is { } knowledgeId
            && changed is { } hasChanged && impacted is { } hasImpacted && recommend is { } recommends
            ? new SurveyAnswers(
                confidenceId, knowledgeId, hasChanged, ChangedPracticeExample, hasImpacted, ImpactedFamiliesExample, toolkits.Count > 0, toolkits,
                recommends)
            : null;

        void Need(bool isGiven, string field, string message)
        {
            if (!isGiven)
            {
                errors.AddModelError($"{nameof(AnswerModel.Form)}.{field}", message);
            }
        }
    }

    private static Guid? Point(SurveyLists lists, string question, string? chosen) =>
        lists.Scale(question).Where(option => option.Id.ToString() == chosen).Select(option => (Guid?)option.Id).FirstOrDefault();

    private static bool? YesNo(string? chosen) => chosen switch
    {
        Yes => true,
        No => false,
        _ => null,
    };

    private static string Word(bool yes) => yes ? Yes : No;
}
