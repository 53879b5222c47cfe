using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Surveys;

/// <summary>
/// The demo's answers to the first version of the survey: of 2024/25 those of the BCP area with exactly the published totals, and an invented set for the Dorset
/// area; of 2026/27 invented ones, so that a course that changed in between has a year before and a year after.
/// The files hold totals; which answers go together and on which day is made up, the same every time.
/// </summary>
internal sealed class SeedAnswers(TrainingHubDb db) : ISeed
{
    public static int Order => 810;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var name in (string[])["answers-bcp-2024-25.json", "answers-dorset-2024-25.json", "answers-bcp-2026-27.json", "answers-dorset-2026-27.json"])
        {
            await AddAsync(SeedFile.ReadJson<AnswerTotals>($"Surveys.Seed.{name}"), ct);
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private async Task AddAsync(AnswerTotals totals, CancellationToken ct)
    {
        var courses = await db.CourseTitles.ToDictionaryAsync(title => title.TitleKey, title => title.CourseId, ct);
        var sectors = await db.Sectors.ToDictionaryAsync(sector => sector.Name, sector => sector.Id, ct);
        var areas = await db.Areas.ToDictionaryAsync(area => area.Name, area => area.Id, ct);
        var asked = (await AskedVersions.ReadAsync(db, ct)).All[^1];
        var origin = Enum.Parse<ResponseOrigin>(totals.Origin);
        var responses = new List<SurveyResponse>();
        foreach (var answer in totals.Spread())
        {
            var response = new SurveyResponse
            {
                Id = Guid.NewGuid(),
                CourseId = courses.TryGetValue(CourseTitle.KeyOf(answer.Course), out var course)
                    ? course
                    : throw new InvalidOperationException($"The catalogue has no course with the title “{answer.Course}”."),
                AreaId = areas[totals.Area],
                SectorId = sectors[answer.Sector],
                SubmittedOn = answer.SubmittedOn,
                VersionId = asked.Id,
                OptionIds = [.. answer.Given.Select(given => asked.Option(given.Question, given.Label)).Order()],
                Origin = origin,
            };
            responses.Add(response);
        }

        db.AddRange(responses);
        AddComments(totals, responses, asked);
    }

    private void AddComments(AnswerTotals totals, List<SurveyResponse> responses, Questionnaire asked)
    {
        var commented = new HashSet<Guid>();
        foreach (var comment in totals.Comments)
        {
            var response = responses.First(response => !commented.Contains(response.Id)
                && response.OptionIds.Contains(asked.Option(comment.Question, AnswerTotals.Yes)));
            commented.Add(response.Id);
            db.Add(new SurveyComment
            {
                Id = Guid.NewGuid(),
                ResponseId = response.Id,
                VersionId = asked.Id,
                QuestionKey = comment.Question,
                Text = comment.Text,
                CreatedAt = London.Instant(response.SubmittedOn, new TimeOnly(12, 0)),
            });
        }
    }
}
