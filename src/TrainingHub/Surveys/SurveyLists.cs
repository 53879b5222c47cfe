using Microsoft.EntityFrameworkCore;
using TrainingHub.People;

namespace TrainingHub.Surveys;

/// <summary>The survey's questions, scales and toolkits, in order.</summary>
internal sealed record SurveyLists(List<Question> Questions, List<ScaleOption> Options, List<Toolkit> Toolkits, List<Area> Areas)
{
    public static async Task<SurveyLists> ReadAsync(TrainingHubDb db, CancellationToken ct) => new(
        await db.Questions.AsNoTracking().OrderBy(question => question.Position).ToListAsync(ct),
        await db.ScaleOptions.AsNoTracking().OrderBy(option => option.Position).ToListAsync(ct),
        await db.Toolkits.AsNoTracking().OrderBy(toolkit => toolkit.SortOrder).ToListAsync(ct),
        await db.Areas.AsNoTracking().OrderBy(area => area.SortOrder).ToListAsync(ct));

    public Question Question(string key) => Questions.Single(question => question.Key == key);

    /// <summary>Lowest first.</summary>
    public IEnumerable<ScaleOption> Scale(string key) => Options.Where(option => option.QuestionKey == key);

    /// <summary>
    /// The toolkits that somebody who works there may use: those of the area and the shared ones. Who works in no area that has
    /// toolkits of its own (several areas, elsewhere) is offered all.
    /// </summary>
    public List<Toolkit> ToolkitsFor(Guid areaId) =>
        Toolkits.Exists(toolkit => toolkit.AreaId == areaId)
            ? Toolkits.FindAll(toolkit => toolkit.AreaId is null || toolkit.AreaId == areaId)
            : Toolkits;
}
