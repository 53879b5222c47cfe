using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Data;

namespace TrainingHub.Surveys;

/// <summary>
/// Demo: what came out of past dates of invented providers, invented as they are and the same every time, so that providers can be compared.
/// Does nothing when anything came out of any date.
/// </summary>
internal sealed class SeedEvaluations(TrainingHubDb db, TimeProvider clock) : ISeed
{
    public static int Order => 820;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.DateEvaluations.AnyAsync(ct))
        {
            return;
        }

        var now = clock.GetUtcNow();
        var invented = await db.Providers.Where(one => one.IsInvented).OrderBy(one => one.Name).Select(one => one.Id).ToListAsync(ct);
        // Whose answers can be over by now, and who has a register.
        var runs = await db.CourseRuns.Where(run => run.State == RunState.Scheduled && run.EndsAt < now.AddMonths(-6) && run.PlacesTaken >= 15 && run.ProviderId != null)
            .OrderBy(run => run.Reference).Select(run => new { run.Id, Provider = run.ProviderId!.Value, run.EndsAt }).ToListAsync(ct);
        foreach (var (run, number) in runs.Index().Select(one => (one.Item, one.Index)).Where(one => invented.Contains(one.Item.Provider)))
        {
            foreach (var moment in (SurveyMoment[])[SurveyMoment.End, SurveyMoment.ThreeMonths])
            {
                var asked = moment == SurveyMoment.End ? 15 : 5 * (1 + (number % 2));
                db.Add(new DateEvaluation
                {
                    RunId = run.Id,
                    Moment = moment,
                    Responses = asked,
                    Counts = [],
                    Measures = [.. StandardMeasures.All.Index().Where(one => one.Item.Moment == moment)
                        .Select(one => new DateMeasure(one.Item.Question, IsGood(number, one.Index, invented.IndexOf(run.Provider)) ? asked : asked - 5, asked))],
                    MadeAt = run.EndsAt.AddDays(moment == SurveyMoment.End ? 60 : 150),
                });
            }
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    // One provider does a little better than another.
    private static bool IsGood(int date, int question, int provider) => ((date * 7) + (question * 3)) % 10 < 7 + (provider % 3);
}
