using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.Surveys;

/// <summary>Each survey in its first version, on a database that has none of that moment. What is there stays as it is.</summary>
internal sealed class SeedSurvey(TrainingHubDb db, TimeProvider clock) : ISeed
{
    public static int Order => 800;

    public static bool DemoOnly => false;

    public async Task RunAsync(CancellationToken ct)
    {
        await AddAsync(Survey.ThreeMonths, "Three months later", SurveyMoment.ThreeMonths, PublishedSurvey.Read(), ct);
        await AddAsync(Survey.EndOfCourse, "End of the course", SurveyMoment.End, PublishedSurvey.Read(Survey.EndOfCourse), ct);
        await AddAsync(Survey.BeforeCourse, "Before the course", SurveyMoment.Before, PublishedSurvey.Read(Survey.BeforeCourse), ct);
        await AddAsync(Survey.Managers, "Line managers", SurveyMoment.Manager, PublishedSurvey.Read(Survey.Managers), ct);
        await AddAsync(Survey.Events, "Events", SurveyMoment.Event, PublishedSurvey.Read(Survey.Events), ct);
    }

    private async Task AddAsync(string key, string title, SurveyMoment moment, PublishedSurvey published, CancellationToken ct)
    {
        if (await db.Surveys.AnyAsync(survey => survey.Moment == moment, ct))
        {
            return;
        }

        var survey = new Survey { Id = Guid.CreateVersion7(), Key = key, Title = title, Moment = moment };
        var version = new SurveyVersion { Id = Guid.CreateVersion7(), SurveyId = survey.Id, Number = 1 };
        db.AddRange(survey, version);
        db.AddRange(published.QuestionsOf(version.Id));
        db.AddRange(published.OptionsOf(version.Id));
        await db.SaveChangesAsync(ct);
        version.Publish(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
