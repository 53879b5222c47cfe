using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>What forms offer to choose from: what is in use, and what is chosen already.</summary>
internal static class LearningChoices
{
    public static Task<List<SelectListItem>> ThemesAsync(TrainingHubDb db, Guid[] chosen, CancellationToken ct) => db.LearningThemes.AsNoTracking()
        .Where(theme => theme.ArchivedAt == null || chosen.Contains(theme.Id)).OrderBy(theme => theme.Name)
        .Select(theme => new SelectListItem(theme.Name, theme.Id.ToString())).ToListAsync(ct);

    public static async Task<List<SelectListItem>> PrioritiesAsync(TrainingHubDb db, Guid[] chosen, CancellationToken ct) => (await db.LearningPriorities.AsNoTracking()
        .Where(priority => priority.ArchivedAt == null || chosen.Contains(priority.Id)).OrderByDescending(priority => priority.FirstYear).ThenBy(priority => priority.Name).ToListAsync(ct))
        .ConvertAll(priority => new SelectListItem(priority.Words, priority.Id.ToString()));

    public static Task<List<SelectListItem>> CoursesAsync(TrainingHubDb db, Guid[] chosen, CancellationToken ct) => db.Courses.AsNoTracking()
        .Where(course => course.ArchivedAt == null || chosen.Contains(course.Id)).OrderBy(course => course.OfferOrder == null).ThenBy(course => course.OfferOrder).ThenBy(course => course.Title)
        .Select(course => new SelectListItem(course.Title, course.Id.ToString())).ToListAsync(ct);

    /// <summary>Who signs in here, and who is chosen already.</summary>
    public static Task<List<SelectListItem>> ColleaguesAsync(TrainingHubDb db, Guid? chosen, CancellationToken ct) => db.Users.AsNoTracking()
        .Where(user => user.ClosedAt == null || user.Id == chosen).OrderBy(user => user.Name)
        .Select(user => new SelectListItem(user.Name, user.Id.ToString())).ToListAsync(ct);

    public static bool Has(IEnumerable<SelectListItem> items, IEnumerable<Guid> chosen) => chosen.All(id => items.Any(item => item.Value == id.ToString()));
}
