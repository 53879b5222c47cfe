using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;

namespace TrainingHub.Surveys;

/// <summary>Finds the course of a title that a file names, under any title that it ever had. An unknown one becomes a new course.</summary>
internal sealed class CourseMatches
{
    private readonly Dictionary<string, Guid> byKey = [];
    private readonly Dictionary<Guid, string> titles = [];
    private readonly HashSet<string> slugs = [];

    public List<Course> NewCourses { get; } = [];
    public List<CourseTitle> NewTitles { get; } = [];

    public static async Task<CourseMatches> PrepareAsync(TrainingHubDb db, CancellationToken ct)
    {
        var matches = new CourseMatches();
        foreach (var title in await db.CourseTitles.AsNoTracking().ToListAsync(ct))
        {
            matches.byKey[title.TitleKey] = title.CourseId;
        }

        foreach (var course in await db.Courses.Select(course => new { course.Id, course.Title, course.Slug }).ToListAsync(ct))
        {
            matches.byKey.TryAdd(CourseTitle.KeyOf(course.Title), course.Id);
            matches.titles[course.Id] = course.Title;
            matches.slugs.Add(course.Slug);
        }

        return matches;
    }

    public string TitleOf(Guid courseId) => titles[courseId];

    public Guid Find(string title)
    {
        var key = CourseTitle.KeyOf(title);
        if (byKey.TryGetValue(key, out var known))
        {
            return known;
        }

        var course = new Course { Id = Guid.CreateVersion7(), Slug = SlugOf(title), Title = title };
        NewCourses.Add(course);
        NewTitles.Add(new CourseTitle { Id = Guid.CreateVersion7(), CourseId = course.Id, Title = title, TitleKey = key });
        byKey[key] = course.Id;
        titles[course.Id] = title;
        return course.Id;
    }

    private string SlugOf(string title)
    {
        var letters = title.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var plain = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        plain = plain.Length == 0 ? "course" : plain;
        var slug = plain;
        for (var number = 2; !slugs.Add(slug); number++)
        {
            slug = $"{plain}-{number}";
        }

        return slug;
    }
}
