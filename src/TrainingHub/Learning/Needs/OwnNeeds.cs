using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Learning;

/// <summary>A need as an organisation sees it: never who else asks for it.</summary>
/// <param name="Id"></param>
/// <param name="What"></param>
/// <param name="Stands">In words for the organisation.</param>
/// <param name="PublicWords">What staff say to organisations; null says nothing.</param>
/// <param name="CourseSlug">Of a course that visitors see and that answers it; null when there is none, or not yet.</param>
/// <param name="CourseTitle"></param>
/// <param name="Votes">Of organisations and survey comments, its own too.</param>
/// <param name="IsAsked">The organisation asks for it.</param>
/// <param name="CanStop">It can take that back.</param>
internal sealed record OwnNeed(Guid Id, string What, string Stands, string? PublicWords, string? CourseSlug, string? CourseTitle, int Votes, bool IsAsked, bool CanStop);

/// <summary>What one organisation asks for, and what is listed for all of them to vote for.</summary>
internal static class OwnNeeds
{
    private const int Most = 200;

    /// <summary>Those that an organisation can vote for.</summary>
    public static IQueryable<TrainingNeed> Listed(TrainingHubDb db) =>
        db.TrainingNeeds.Where(need => need.IsListed && need.ArchivedAt == null && (need.State == NeedState.Open || need.State == NeedState.Planned));

    /// <summary>Its own first, the newest first; then the listed ones, the most wanted first.</summary>
    public static async Task<IReadOnlyList<OwnNeed>> ReadAsync(TrainingHubDb db, Guid organisation, CancellationToken ct)
    {
        var listed = Listed(db);
        var rows = await (
            from need in db.TrainingNeeds.AsNoTracking()
            let isAsked = db.TrainingNeedVotes.Any(vote => vote.NeedId == need.Id && vote.OrganisationId == organisation)
            where isAsked || listed.Any(one => one.Id == need.Id)
            let votes = db.TrainingNeedVotes.Count(vote => vote.NeedId == need.Id)
            orderby isAsked descending, isAsked ? 0 : votes descending, need.AddedAt descending, need.Id
            select new
            {
                Need = need,
                IsAsked = isAsked,
                Votes = votes,
                Course = db.Courses.Where(course => course.Id == need.CourseId && !course.IsDraft && course.ArchivedAt == null).Select(course => new { course.Slug, course.Title }).FirstOrDefault(),
            }).Take(Most).ToListAsync(ct);
        return rows.ConvertAll(row =>
        {
            var course = row.Need.State is NeedState.Planned or NeedState.Met ? row.Course : null;
            return new OwnNeed(
                row.Need.Id, row.Need.What, StandsOf(row.Need), row.Need.PublicWords, course?.Slug, course?.Title, row.Votes, row.IsAsked,
                row.IsAsked && row.Need.ArchivedAt is null && row.Need.State is NeedState.Open or NeedState.Planned);
        });
    }

    private static string StandsOf(TrainingNeed need) => need switch
    {
        { ArchivedAt: not null } => "Closed",
        { AwaitsStaff: true } => "With the training team",
        _ => need.State switch
        {
            NeedState.Open => need.IsListed ? "On the list for all organisations" : "Noted by the training team",
            NeedState.Planned => "Planned",
            NeedState.Met => "Offered now",
            NeedState.NotPlanned => "Not planned",
        },
    };
}
