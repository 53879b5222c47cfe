using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

/// <summary>
/// Finds the course that a programme file means by any of its titles, and adds the ones that are new, together with new
/// titles. Notes say what a person should know before agreeing.
/// </summary>
internal sealed class ImportedCourses
{
    private readonly TrainingHubDb db;
    private readonly Dictionary<string, Guid> byTitle;
    private readonly Dictionary<Guid, string> titles;
    private readonly HashSet<string> slugs;
    private readonly Dictionary<Guid, List<string>> newTitles = [];
    private int lastInOffer;

    private ImportedCourses(TrainingHubDb db, Dictionary<string, Guid> byTitle, Dictionary<Guid, string> titles, HashSet<string> slugs, int lastInOffer)
    {
        this.db = db;
        this.byTitle = byTitle;
        this.titles = titles;
        this.slugs = slugs;
        this.lastInOffer = lastInOffer;
    }

    public List<string> Notes { get; } = [];

    public static async Task<ImportedCourses> ReadAsync(TrainingHubDb db, CancellationToken ct)
    {
        var courses = await db.Courses.AsNoTracking().Select(course => new { course.Id, course.Slug, course.Title, course.OfferOrder }).ToListAsync(ct);
        var byTitle = await db.CourseTitles.AsNoTracking().ToDictionaryAsync(title => title.TitleKey, title => title.CourseId, ct);
        foreach (var course in courses)
        {
            byTitle.TryAdd(CourseTitle.KeyOf(course.Title), course.Id);
        }

        return new ImportedCourses(
            db,
            byTitle,
            courses.ToDictionary(course => course.Id, course => course.Title),
            [.. courses.Select(course => course.Slug)],
            courses.Max(course => course.OfferOrder) ?? 0);
    }

    public string TitleOf(Guid courseId) => titles[courseId];

    public Guid FindOrAdd(ProgrammeRow row)
    {
        if (byTitle.TryGetValue(CourseTitle.KeyOf(row.Course), out var known))
        {
            return known;
        }

        var course = new Course
        {
            Id = Guid.CreateVersion7(),
            Slug = NewSlug(row.Course),
            Title = row.Course,
            Tag = row.Tag,
            Level = row.Level,
            Length = row.Length,
            OfferOrder = ++lastInOffer,
        };
        db.Add(course);
        titles[course.Id] = course.Title;
        AddTitle(course.Id, row.Course);
        Notes.Add($"New course: {course.Title}.");
        return course.Id;
    }

    /// <summary>Notes the title under which the offer prints the course. Refuses one that belongs to another course.</summary>
    public void AddTitleOnOffer(ProgrammeRow row, Guid courseId)
    {
        if (row.TitleOnOffer is not { } title)
        {
            return;
        }

        if (!byTitle.TryGetValue(CourseTitle.KeyOf(title), out var owner))
        {
            AddTitle(courseId, title);
            newTitles.TryAdd(courseId, []);
            newTitles[courseId].Add(title);
            Notes.Add($"{titles[courseId]} is also known as “{title}”.");
        }
        else if (owner != courseId)
        {
            row.Row.Fail("title_on_offer", $"This is a title of {titles[owner]}, not of {titles[courseId]}.");
        }
    }

    /// <summary>Makes new titles findable; after the rows were saved, in the same transaction.</summary>
    public async Task SaveSearchWordsAsync(CancellationToken ct)
    {
        foreach (var (courseId, added) in newTitles)
        {
            var words = " " + string.Join(' ', added);
            await db.Courses.Where(course => course.Id == courseId)
                .ExecuteUpdateAsync(set => set.SetProperty(course => course.SearchWords, course => course.SearchWords + words), ct);
        }
    }

    private void AddTitle(Guid courseId, string title)
    {
        var key = CourseTitle.KeyOf(title);
        byTitle[key] = courseId;
        db.Add(new CourseTitle { Id = Guid.CreateVersion7(), CourseId = courseId, Title = title, TitleKey = key });
    }

    private string NewSlug(string title)
    {
        var slug = SlugOf(title);
        var unique = slug;
        for (var number = 2; !slugs.Add(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{slug}-{number}");
        }

        return unique;
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
