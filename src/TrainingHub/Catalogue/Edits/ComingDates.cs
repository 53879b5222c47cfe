using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

/// <summary>How much of the coming programme depends on a record.</summary>
/// <param name="Dates">Coming dates that are not cancelled.</param>
/// <param name="WithPeople">Those of them on which places are taken.</param>
/// <param name="People">The places taken on them.</param>
/// <param name="NextOn">The first.</param>
internal sealed record ComingDates(int Dates, int WithPeople, int People, DateOnly? NextOn)
{
    public static readonly ComingDates None = new(0, 0, 0, NextOn: null);

    public static async Task<ComingDates> CountAsync(IQueryable<CourseRun> coming, CancellationToken ct) =>
        await coming.GroupBy(_ => 1)
            .Select(all => new ComingDates(
                all.Count(), all.Count(run => run.PlacesTaken > 0), all.Sum(run => run.PlacesTaken), all.Min(run => (DateOnly?)run.RunsOn)))
            .SingleOrDefaultAsync(ct) ?? None;

    /// <summary>"3 coming dates, 2 of them with 24 people".</summary>
    public string Words => (Dates, WithPeople) switch
    {
        (0, _) => "no coming dates",
        (1, 0) => "1 coming date, with nobody on it yet",
        (1, _) => $"1 coming date with {PeopleWords}",
        (_, 0) => $"{Dates} coming dates, with nobody on them yet",
        _ when WithPeople == Dates => $"{Dates} coming dates with {PeopleWords}",
        _ => $"{Dates} coming dates, {WithPeople} of them with {PeopleWords}",
    };

    private string PeopleWords => People == 1 ? "1 person" : $"{People} people";
}
