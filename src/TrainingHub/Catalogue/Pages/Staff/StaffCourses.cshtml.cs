using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>Coming dates and their places; past dates are counted, their attendance is the reports' matter.</summary>
internal sealed record StaffCourse(
    Guid Id, string Slug, string Title, CourseStanding Standing, int Coming, int Taken, int Capacity, DateOnly? NextOn, int Past, int Wishes,
    IReadOnlyList<string> OtherTitles);

[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class StaffCoursesModel(TrainingHubDb db, TimeProvider clock) : PageModel
{
    public const int QueryLength = 100;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"offer", "draft", "not-offered" or "archived"; anything else is all but the archive.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>Within each group, "title", "coming", "taken" or "past", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    public static IReadOnlyList<SelectListItem> Choices { get; } =
    [
        new("All but archived", ""), new("In the offer", "offer"), new("Drafts", "draft"), new("Not offered now", "not-offered"), new("Archived", "archived"),
    ];

    public IReadOnlyList<(CourseStanding Standing, IReadOnlyList<StaffCourse> Courses)> Groups { get; private set; } = [];

    public bool IsFiltered => Q is not null || Show is not (null or "");

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var courses = await Wanted()
            .OrderBy(course => course.OfferOrder == null).ThenBy(course => course.OfferOrder).ThenBy(course => course.ModuleNumber).ThenBy(course => course.Title)
            .ToListAsync(ct);
        var titles = (await db.CourseTitles.OrderBy(title => title.Title).Select(title => new { title.CourseId, title.Title }).ToListAsync(ct))
            .ToLookup(title => title.CourseId, title => title.Title);
        var wishes = await db.DateWishes.Where(wish => wish.RunId == null).GroupBy(wish => wish.CourseId).Select(wish => new { wish.Key, Count = wish.Count() }).ToDictionaryAsync(wish => wish.Key, wish => wish.Count, ct);
        var dates = await (
            from run in DateLines.Coming(db, now).Concat(DateLines.Delivered(db, now))
            group run by new { run.CourseId, IsComing = run.StartsAt > now } into runs
            select new
            {
                runs.Key.CourseId,
                runs.Key.IsComing,
                Count = runs.Count(),
                Taken = runs.Sum(run => run.PlacesTaken),
                Capacity = runs.Sum(run => run.Capacity),
                First = runs.Min(run => run.RunsOn),
            }).ToListAsync(ct);
        var coming = dates.Where(runs => runs.IsComing).ToDictionary(runs => runs.CourseId);
        var past = dates.Where(runs => !runs.IsComing).ToDictionary(runs => runs.CourseId, runs => runs.Count);
        var lines = Ordered(courses.Select(course =>
        {
            var next = coming.GetValueOrDefault(course.Id);
            return new StaffCourse(
                course.Id, course.Slug, course.Title, course.Standing, next?.Count ?? 0, next?.Taken ?? 0, next?.Capacity ?? 0, next?.First,
                past.GetValueOrDefault(course.Id), wishes.GetValueOrDefault(course.Id), [.. titles[course.Id].Where(title => title != course.Title)]);
        })).ToLookup(course => course.Standing);
        Groups = [.. Enum.GetValues<CourseStanding>().Where(standing => lines[standing].Any()).Select(standing => (standing, (IReadOnlyList<StaffCourse>)[.. lines[standing]]))];
        return ListFile.IsWanted(Request) ? await ListFile.AnswerAsync(Request, "courses", FileOf(Groups.SelectMany(group => group.Courses)), ct) : Page();
    }

    private IEnumerable<StaffCourse> Ordered(IEnumerable<StaffCourse> courses) => Sort switch
    {
        "title" => courses.OrderBy(course => course.Title, StringComparer.InvariantCultureIgnoreCase),
        "-title" => courses.OrderByDescending(course => course.Title, StringComparer.InvariantCultureIgnoreCase),
        "coming" => courses.OrderBy(course => course.Coming),
        "-coming" => courses.OrderByDescending(course => course.Coming),
        "taken" => courses.OrderBy(course => course.Taken),
        "-taken" => courses.OrderByDescending(course => course.Taken),
        "past" => courses.OrderBy(course => course.Past),
        "-past" => courses.OrderByDescending(course => course.Past),
        _ => courses,
    };

    private static TextTable FileOf(IEnumerable<StaffCourse> courses) => new(
        ["course", "other_titles", "standing", "coming_dates", "next_date", "places_taken", "places", "past_dates", "want_to_be_told"],
        [.. courses.Select(course => new[]
        {
            course.Title, string.Join("; ", course.OtherTitles), CourseWords.Of(course.Standing), Number(course.Coming),
            course.NextOn?.ToString("O", CultureInfo.InvariantCulture) ?? "", Number(course.Taken), Number(course.Capacity), Number(course.Past), Number(course.Wishes),
        })]);

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private IQueryable<Course> Wanted()
    {
        var courses = Show switch
        {
            "offer" => db.Courses.Where(Course.IsPublic).Where(course => course.OfferOrder != null),
            "draft" => db.Courses.Where(course => course.IsDraft && course.ArchivedAt == null),
            "not-offered" => db.Courses.Where(Course.IsPublic).Where(course => course.OfferOrder == null),
            "archived" => db.Courses.Where(course => course.ArchivedAt != null),
            _ => db.Courses.Where(course => course.ArchivedAt == null),
        };
        if (Q is not { Length: <= QueryLength } words)
        {
            return courses.AsNoTracking();
        }

        var part = Likeness.Part(words);
        return courses.AsNoTracking().Where(course => db.CourseTitles.Any(title => title.CourseId == course.Id && EF.Functions.ILike(title.Title, part))
            || EF.Functions.ILike(course.Title, part));
    }
}
