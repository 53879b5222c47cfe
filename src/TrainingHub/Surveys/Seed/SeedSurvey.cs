using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.Surveys;

/// <summary>The three-month survey in its first version, on a database that has no survey. What is there stays as it is.</summary>
internal sealed class SeedSurvey(TrainingHubDb db, TimeProvider clock) : ISeed
{
    public static int Order => 800;

    public static bool DemoOnly => false;

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.Surveys.AnyAsync(survey => survey.Key == Survey.ThreeMonths, ct))
        {
            return;
        }

        var survey = new Survey { Id = Guid.CreateVersion7(), Key = Survey.ThreeMonths, Title = "Three months later", Moment = SurveyMoment.ThreeMonths };
        var version = new SurveyVersion { Id = Guid.CreateVersion7(), SurveyId = survey.Id, Number = 1 };
        var published = PublishedSurvey.Read();
        db.AddRange(survey, version);
        db.AddRange(published.QuestionsOf(version.Id));
        db.AddRange(published.OptionsOf(version.Id));
        await db.SaveChangesAsync(ct);
        version.Publish(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
