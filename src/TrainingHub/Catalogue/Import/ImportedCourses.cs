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
    private int lastInOffer;

    private ImportedCourses(CourseFinder finder, int lastInOffer) => (this.finder, this.lastInOffer) = (finder, lastInOffer);

    public List<string> Notes { get; } = [];

    public static async Task<ImportedCourses> ReadAsync(TrainingHubDb db, CancellationToken ct) =>
        new(await CourseFinder.ReadAsync(db, ct), await db.Courses.MaxAsync(course => course.OfferOrder, ct) ?? 0);

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

    /// <summary>Adds the new courses and titles to what is saved next.</summary>
    public void AddTo(TrainingHubDb db) => finder.AddTo(db);

    /// <summary>Makes new titles findable; after the rows were saved, in the same transaction.</summary>
    public async Task SaveSearchWordsAsync(TrainingHubDb db, CancellationToken ct)
    {
        foreach (var (courseId, added) in newTitles)
        {
            var words = " " + string.Join(' ', added);
            await db.Courses.Where(course => course.Id == courseId)
                .ExecuteUpdateAsync(set => set.SetProperty(course => course.SearchWords, course => course.SearchWords + words), ct);
        }
    }
}
