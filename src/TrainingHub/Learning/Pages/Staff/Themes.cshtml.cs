using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>Themes of learning, priorities with their years, and which courses carry them.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ThemesModel(TrainingHubDb db) : PageModel
{
    private const int Most = 300;

    internal sealed record ThemeRow(Guid Id, string Name, bool IsArchived, int Sources, int Courses);

    internal sealed record CourseRow(Guid Id, string Title, string? Carries);

    public IReadOnlyList<ThemeRow> Themes { get; private set; } = [];
    public IReadOnlyList<LearningPriority> Priorities { get; private set; } = [];
    public IReadOnlyList<CourseRow> Courses { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        Themes = await db.LearningThemes.AsNoTracking().OrderBy(theme => theme.ArchivedAt != null).ThenBy(theme => theme.Name).Take(Most)
            .Select(theme => new ThemeRow(
                theme.Id, theme.Name, theme.ArchivedAt != null,
                db.LearningSources.Count(source => source.ArchivedAt == null && source.ThemeIds.Contains(theme.Id)),
                db.CourseThemes.Count(course => course.ThemeIds.Contains(theme.Id)))).ToListAsync(ct);
        Priorities = await db.LearningPriorities.AsNoTracking().OrderBy(one => one.ArchivedAt != null).ThenByDescending(one => one.FirstYear).ThenBy(one => one.Name).Take(Most).ToListAsync(ct);
        var names = await LearningNames.ReadAsync(db, ct);
        var carried = await db.CourseThemes.AsNoTracking().ToDictionaryAsync(one => one.CourseId, ct);
        Courses = (await db.Courses.AsNoTracking().Where(course => course.ArchivedAt == null)
            .OrderBy(course => course.OfferOrder == null).ThenBy(course => course.OfferOrder).ThenBy(course => course.Title).Take(Most).Select(course => new { course.Id, course.Title }).ToListAsync(ct))
            .ConvertAll(course => new CourseRow(
                course.Id, course.Title, carried.TryGetValue(course.Id, out var one) ? LearningWords.Names(one.ThemeIds.Concat(one.PriorityIds), names) : null));
    }
}
