using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.Surveys;

/// <summary>
/// The questions and scales of Seed/survey.json. Adds what is missing and rewords questions; what was added in the
/// database beside them stays. Changes nothing the second time.
/// </summary>
internal sealed class SeedSurvey(TrainingHubDb db) : ISeed
{
    public static int Order => 800;

    public static bool DemoOnly => false;

    public async Task RunAsync(CancellationToken ct)
    {
        var file = SeedFile.ReadJson<SurveyFile>("Surveys.Seed.survey.json");
        await AddQuestionsAsync(file, ct);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private async Task AddQuestionsAsync(SurveyFile file, CancellationToken ct)
    {
        var questions = await db.Questions.ToDictionaryAsync(question => question.Key, ct);
        var options = await db.ScaleOptions.ToListAsync(ct);
        for (var position = 0; position < file.Questions.Count; position++)
        {
            var asked = file.Questions[position];
            if (!questions.TryGetValue(asked.Key, out var question))
            {
                question = new Question { Key = asked.Key, Position = position + 1, Kind = Enum.Parse<QuestionKind>(asked.Kind), Wording = asked.Wording };
                db.Add(question);
            }

            (question.Wording, question.ExamplePrompt) = (asked.Wording, asked.ExamplePrompt);
            for (var point = 0; point < asked.Options.Count; point++)
            {
                if (!options.Exists(option => option.QuestionKey == asked.Key && option.Label == asked.Options[point]))
                {
                    db.Add(new ScaleOption
                    {
                        Id = Guid.CreateVersion7(),
                        QuestionKey = asked.Key,
                        Position = point + 1,
                        Label = asked.Options[point],
                    });
                }
            }
        }
    }

    internal sealed record SurveyFile(List<QuestionLine> Questions, List<ToolkitLine> Toolkits);

    internal sealed record QuestionLine(string Key, string Kind, string Wording, string? ExamplePrompt)
    {
        public List<string> Options { get; init; } = [];
    }

    internal sealed record ToolkitLine(string Name, string? Area);
}
