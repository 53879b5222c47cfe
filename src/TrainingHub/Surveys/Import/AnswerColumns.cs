using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>
/// The columns of a file of answers: who, when and about what, and one for each question, under its key; free text below a question has
/// the key and "_example". A file must have what every version asks for; to which version it belongs follows from its columns.
/// </summary>
internal static class AnswerColumns
{
    private const int SeveralLength = 1000;

    /// <summary>Those of the survey as it was published first, which are agreed with whoever brings files.</summary>
    public static readonly FileKind Agreed = KindOf([[.. PublishedSurvey.Read().QuestionsOf(Guid.Empty)]]);

    public static string TextOf(Question question) => question.Kind == QuestionKind.Text ? question.Key : question.Key + "_example";

    /// <param name="versions">The questions of each, newest first.</param>
    public static FileKind KindOf(IReadOnlyList<IReadOnlyList<Question>> versions)
    {
        var questions = versions.SelectMany(version => version).DistinctBy(question => question.Key).ToList();
        var yesNo = questions.Where(question => question.Kind == QuestionKind.YesNo).ToList();
        var firstText = questions.Find(question => question.TextPrompt is not null);
        return new("survey-responses", "Survey answers", "survey answers",
        [
            FileColumn.Optional(ResponseRow.RunReference, CourseRun.ReferenceLength).Like("NEG-2027-03"),
            FileColumn.Required(ResponseRow.Course, Course.TitleLength).Like("Neglect"),
            FileColumn.Required(ResponseRow.Area, ColumnKind.Listed),
            FileColumn.Required(ResponseRow.Sector, ColumnKind.Listed),
            FileColumn.Required(ResponseRow.SubmittedOnColumn, ColumnKind.Date).Like("2027-06-18"),
            .. questions.SelectMany(Columns),
            FileColumn.Optional(ResponseRow.DelegateEmail, EmailAddress.MaxLength).Like("amina.okafor@example.org"),
            FileColumn.Optional(ResponseRow.DelegateName, Person.NameLength).Like("Amina Okafor"),
        ]);

        IEnumerable<FileColumn> Columns(Question question)
        {
            if (question.Kind != QuestionKind.Text)
            {
                yield return new(question.Key, KindOf(question.Kind), versions.All(version => version.Any(other => other.Key == question.Key && MustBeFilled(other))),
                    question.Kind == QuestionKind.Several ? SeveralLength : FileColumn.UsualLength)
                {
                    // Not all the same, so that an example is one.
                    Example = question.Kind switch
                    {
                        QuestionKind.YesNo => yesNo.IndexOf(question) % 2 == 0 ? "Yes" : "No",
                        QuestionKind.Number => "8",
                        QuestionKind.Scale or QuestionKind.Several or QuestionKind.One or QuestionKind.Text => "",
                    },
                };
            }

            if (question.Kind == QuestionKind.Text || question.TextPrompt is not null)
            {
                yield return FileColumn.Text(TextOf(question), SurveyComment.TextLength).Like(question == firstText ? "I ask the child first." : "");
            }
        }
    }

    /// <summary>In a file, several of a list may be left blank: not everybody was asked.</summary>
    public static bool MustBeFilled(Question question) => question.IsRequired && question.Kind is not (QuestionKind.Several or QuestionKind.Text);

    private static ColumnKind KindOf(QuestionKind kind) => kind switch
    {
        QuestionKind.YesNo => ColumnKind.YesNo,
        QuestionKind.Number => ColumnKind.Whole,
        QuestionKind.Text => ColumnKind.LongText,
        QuestionKind.Scale or QuestionKind.Several or QuestionKind.One => ColumnKind.Listed,
    };
}
