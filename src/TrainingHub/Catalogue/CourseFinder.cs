using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

/// <summary>
/// Finds the course that a file means by any title that it ever had, and makes the ones that are unknown. Every import asks here, so
/// that the same unknown title gives the same course and address whichever file names it first. Nothing is saved before
/// <see cref="AddTo"/>.
/// </summary>
internal sealed class CourseFinder
{
    private readonly Dictionary<string, Guid> byTitle;
    private readonly Dictionary<Guid, string> titles = [];
    private readonly HashSet<string> slugs = [];
    private readonly List<Course> courses = [];
    private readonly List<CourseTitle> courseTitles = [];

    private CourseFinder(Dictionary<string, Guid> byTitle) => this.byTitle = byTitle;

    public IReadOnlyList<Course> NewCourses => courses;

    public static async Task<CourseFinder> ReadAsync(TrainingHubDb db, CancellationToken ct)
    {
        var finder = new CourseFinder(await db.CourseTitles.AsNoTracking().ToDictionaryAsync(title => title.TitleKey, title => title.CourseId, ct));
        foreach (var course in await db.Courses.Select(course => new { course.Id, course.Slug, course.Title }).ToListAsync(ct))
        {
            finder.byTitle.TryAdd(CourseTitle.KeyOf(course.Title), course.Id);
            finder.titles[course.Id] = course.Title;
            finder.slugs.Add(course.Slug);
        }

        return finder;
    }

    public string TitleOf(Guid courseId) => titles[courseId];

    public Guid? Find(string title) => byTitle.TryGetValue(CourseTitle.KeyOf(title), out var known) ? known : null;

    public Guid FindOrAdd(string title) => FindOrAdd(title, (id, slug) => new Course { Id = id, Slug = slug, Title = title });

    /// <param name="make">Makes a course of its id and slug, with what else the file says.</param>
    public Guid FindOrAdd(string title, Func<Guid, string, Course> make)
    {
        if (Find(title) is { } known)
        {
            return known;
        }

        var course = make(Guid.CreateVersion7(), NewSlug(title));
        courses.Add(course);
        titles[course.Id] = course.Title;
        AddTitle(course.Id, title);
        return course.Id;
    }

    /// <summary>One more title of a course; it must be no other's.</summary>
    public void AddTitle(Guid courseId, string title)
    {
        var key = CourseTitle.KeyOf(title);
        byTitle.Add(key, courseId);
        courseTitles.Add(new CourseTitle { Id = Guid.CreateVersion7(), CourseId = courseId, Title = title, TitleKey = key });
    }

    /// <summary>Adds the new courses and titles to what is saved next.</summary>
    public void AddTo(TrainingHubDb db)
    {
        db.AddRange(courses);
        db.AddRange(courseTitles);
    }

    private string NewSlug(string title)
    {
        var slug = FreeSlug(SlugOf(title), slugs.Contains);
        slugs.Add(slug);
        return slug;
    }

    /// <summary>The slug, or with the first number that makes it one's own.</summary>
    internal static string FreeSlug(string slug, Func<string, bool> isTaken)
    {
        var free = slug;
        for (var number = 2; isTaken(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{slug}-{number}");
        }

        return free;
    }

    /// <summary>The address of the public course that has or had a title which would give this one; null when none had.</summary>
    public static async Task<string?> SlugOfTitleAsync(TrainingHubDb db, string slug, CancellationToken ct)
    {
        var wanted = slug.ToLowerInvariant();
        var titles = await db.CourseTitles
            .Join(db.Courses.Where(Course.IsPublic), title => title.CourseId, course => course.Id, (title, course) => new { title.Title, course.Slug })
            .ToListAsync(ct);
        return titles.Find(known => SlugOf(known.Title) == wanted)?.Slug;
    }

    /// <summary>"Siân's course (new)" → "sians-course-new".</summary>
    internal static string SlugOf(string title)
    {
        var slug = new StringBuilder();
        foreach (var letter in title.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if ((char.IsWhiteSpace(letter) || char.IsPunctuation(letter) || char.IsSymbol(letter)) && letter is not ('\'' or '’')
                && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? "course" : text;
    }
}
