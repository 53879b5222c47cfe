using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

/// <summary>
/// The courses that a programme file names: known ones by any of their titles, new ones put at the end of the offer, and titles
/// that are new to a course. Notes say what a person should know before agreeing.
/// </summary>
internal sealed class ImportedCourses
{
    private readonly CourseFinder finder;
    private readonly Dictionary<Guid, List<string>> newTitles = [];
    private readonly Dictionary<Guid, bool> notSeen;
    private readonly HashSet<Guid> drafts = [];
    private int lastInOffer;

    /// <param name="finder"></param>
    /// <param name="lastInOffer"></param>
    /// <param name="notSeen">Courses that visitors do not see, and whether they are archived; otherwise they are drafts.</param>
    private ImportedCourses(CourseFinder finder, int lastInOffer, Dictionary<Guid, bool> notSeen) =>
        (this.finder, this.lastInOffer, this.notSeen) = (finder, lastInOffer, notSeen);

    public List<string> Notes { get; } = [];

    public IReadOnlyList<Course> New => finder.NewCourses;

    /// <summary>By the course.</summary>
    public IReadOnlyDictionary<Guid, List<string>> NewTitles => newTitles;

    public static async Task<ImportedCourses> ReadAsync(TrainingHubDb db, CancellationToken ct) =>
        new(
            await CourseFinder.ReadAsync(db, ct),
            await db.Courses.MaxAsync(course => course.OfferOrder, ct) ?? 0,
            await db.Courses.Where(course => course.IsDraft || course.ArchivedAt != null).ToDictionaryAsync(course => course.Id, course => course.ArchivedAt != null, ct));

    public string TitleOf(Guid courseId) => finder.TitleOf(courseId);

    public Guid FindOrAdd(ProgrammeRow row) => finder.FindOrAdd(row.Course, (id, slug) =>
    {
        Notes.Add($"New course: {row.Course}.");
        return new Course
        {
            Id = id,
            Slug = slug,
            Title = row.Course,
            Tag = row.Tag,
            Level = row.Level,
            Length = row.Length,
            OfferOrder = ++lastInOffer,
        };
    });

    /// <summary>Notes the title under which the offer prints the course. Refuses one that belongs to another course.</summary>
    public void AddTitleOnOffer(ProgrammeRow row, Guid courseId)
    {
        if (row.TitleOnOffer is not { } title)
        {
            return;
        }

        if (finder.Find(title) is not { } owner)
        {
            finder.AddTitle(courseId, title);
            newTitles.TryAdd(courseId, []);
            newTitles[courseId].Add(title);
            Notes.Add($"{finder.TitleOf(courseId)} is also known as “{title}”.");
        }
        else if (owner != courseId)
        {
            row.Row.Fail("title_on_offer", $"This is a title of {finder.TitleOf(owner)}, not of {finder.TitleOf(courseId)}.");
        }
    }

    /// <summary>Of a coming date that is to be one of this course: refuses what nobody would ever see, and says what nobody sees yet.</summary>
    public void CheckSeen(ProgrammeRow row, Guid courseId)
    {
        if (!notSeen.TryGetValue(courseId, out var isArchived))
        {
            return;
        }

        if (isArchived)
        {
            row.Row.Fail("course", $"{finder.TitleOf(courseId)} is archived, so this date would not be seen. Restore the course on its page first.");
        }
        else if (drafts.Add(courseId))
        {
            Notes.Add($"{finder.TitleOf(courseId)} is a draft, so its dates are not seen until it is published.");
        }
    }

    /// <summary>Adds the new courses and titles to what is saved next.</summary>
    public void AddTo(TrainingHubDb db) => finder.AddTo(db);

    /// <summary>Makes new titles findable; after the rows were saved, in the same transaction.</summary>
    public async Task SaveSearchWordsAsync(TrainingHubDb db, CancellationToken ct)
    {
        foreach (var (courseId, added) in newTitles)
        {
            var words = " " + string.Join(' ', added);
            await db.Courses.Where(course => course.Id == courseId)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(course => course.SearchWords, course => course.SearchWords + words)
                        .SetProperty(course => course.Version, course => course.Version + 1),
                    ct);
        }
    }
}
