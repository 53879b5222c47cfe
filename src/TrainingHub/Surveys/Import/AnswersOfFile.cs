using System.Globalization;
using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>Reads what a row answers to the questions of one version; says of each cell what is wrong with it.</summary>
internal sealed class AnswersOfFile
{
    private readonly Questionnaire asked;
    private readonly Dictionary<string, KnownNames<Guid>> names;
    private readonly HashSet<string> askedByAll;

    public AnswersOfFile(Questionnaire asked, AskedVersions versions, ToolkitsOfFile toolkits)
    {
        this.asked = asked;
        askedByAll = [.. versions.All[0].Questions.Select(question => question.Key)
            .Where(key => versions.All.All(version => version.Find(key) is { } question && AnswerColumns.MustBeFilled(question.Asked)))];
        names = asked.Questions.ToDictionary(
            question => question.Key,
            question => question.Asked.OffersToolkits
                ? toolkits.Names
                : new KnownNames<Guid>(question.Options.Where(option => !option.IsExclusive).Select(option => KeyValuePair.Create(option.Label, option.OptionId))));
    }

    /// <summary>
    /// The newest version of which the file has all columns that must be filled. One that has not refuses the file: it would be answers
    /// to nothing that was ever asked.
    /// </summary>
    public static Questionnaire VersionOf(FileTable table, AskedVersions versions)
    {
        if (versions.All.FirstOrDefault(version => version.Questions.Where(question => AnswerColumns.MustBeFilled(question.Asked)).All(question => table.Has(question.Key))) is { } fits)
        {
            return fits;
        }

        var missing = versions.All[0].Questions.Select(question => question.Asked).Where(question => AnswerColumns.MustBeFilled(question) && !table.Has(question.Key));
        table.Add(new FileError(0, "", $"These columns fit no version of the survey. For the latest the file lacks: {string.Join(", ", missing.Select(question => question.Key))}."));
        return versions.All[0];
    }

    /// <returns>Null when an answer is missing or wrong, which the table's errors say.</returns>
    public SurveyAnswers? Read(FileRow row)
    {
        var given = new List<Guid>();
        var texts = new Dictionary<string, string?>();
        var isWhole = true;
        foreach (var question in asked.Questions)
        {
            List<Guid> chosen = [.. Chosen(row, question)];
            given.AddRange(chosen);
            if (chosen.Count == 0 && AnswerColumns.MustBeFilled(question.Asked))
            {
                isWhole = false;
                // Of a column that every version asks for, whoever read the row has said so.
                if (row.Text(question.Key) is null && !askedByAll.Contains(question.Key))
                {
                    row.Fail(question.Key, "Fill this in.");
                }
            }

            if (question.HasText)
            {
                texts[question.Key] = row.Text(AnswerColumns.TextOf(question.Asked))?.ReplaceLineEndings("\n");
            }
        }

        return isWhole ? new SurveyAnswers(asked.Id, [.. given.Order()], texts) : null;
    }

    private IEnumerable<Guid> Chosen(FileRow row, AskedQuestion question) => question.Asked.Kind switch
    {
        QuestionKind.Scale or QuestionKind.One => One(row.OneOf(question.Key, names[question.Key])),
        QuestionKind.YesNo => row.YesNo(question.Key) is { } yes ? [question.Options[yes ? 0 : 1].OptionId] : [],
        QuestionKind.Number => row.Whole(question.Key, 0, question.Options.Count - 1) is { } number
            ? question.Options.Where(option => option.Label == number.ToString(CultureInfo.InvariantCulture)).Select(option => option.OptionId)
            : [],
        QuestionKind.Several => Several(row, question),
        QuestionKind.Text => [],
    };

    private static IEnumerable<Guid> One(Guid? chosen) => chosen is { } one ? [one] : [];

    private List<Guid> Several(FileRow row, AskedQuestion question)
    {
        if (row.Text(question.Key) is not { } cell)
        {
            return [];
        }

        var (written, none) = (cell.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), question.Exclusive);
        if (none is not null && written.Contains(none.Label, StringComparer.OrdinalIgnoreCase))
        {
            if (written.Length > 1)
            {
                row.Fail(question.Key, $"Write answers or {none.Label}, not both.");
            }

            return [none.OptionId];
        }

        var advice = none is null ? "Separate by ; any of:" : $"Write {none.Label}, or separate by ; any of:";
        return [.. written.Select(name => row.OneOf(question.Key, name, names[question.Key], advice)).OfType<Guid>().Distinct()];
    }
}
