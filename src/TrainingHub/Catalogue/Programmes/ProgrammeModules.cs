using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// The modules of a programme as they are and as a form wants them. They are numbered 1, 2 … as they are ordered; the first needs no other
/// of them, so that nobody has to take two modules before each other.
/// </summary>
internal sealed class ProgrammeModules
{
    private readonly Guid programme;
    private readonly ProgrammeFacts facts;
    private readonly List<Course> courses;
    private readonly List<(Guid CourseId, ModuleBefore Before)> wanted;

    private ProgrammeModules(Guid programme, ProgrammeFacts facts, List<Course> courses, Dictionary<Guid, string> titles)
    {
        (this.programme, this.facts, this.courses, Titles) = (programme, facts, courses, titles);
        wanted = [.. facts.InOrder];
    }

    /// <summary>Of the modules, and of what is to be taken before them.</summary>
    public IReadOnlyDictionary<Guid, string> Titles { get; }

    /// <summary>The courses are tracked.</summary>
    public static async Task<ProgrammeModules> ReadAsync(TrainingHubDb db, Guid programme, ProgrammeFacts facts, CancellationToken ct)
    {
        var wanted = facts.InOrder.Select(module => module.CourseId).ToList();
        var courses = await db.Courses.Where(course => course.ProgrammeId == programme || wanted.Contains(course.Id)).ToListAsync(ct);
        var named = courses.Select(course => course.Id).Concat(courses.Select(course => course.PrerequisiteId).OfType<Guid>()).ToList();
        var titles = await db.Courses.Where(course => named.Contains(course.Id)).ToDictionaryAsync(course => course.Id, course => course.Title, ct);
        return new(programme, facts, courses, titles);
    }

    public ProgrammeRefusal? WhyNot()
    {
        if (wanted.DistinctBy(module => module.CourseId).Count() < wanted.Count)
        {
            return ProgrammeRefusal.CourseTwice;
        }

        return wanted.TrueForAll(module => courses.Exists(course => course.Id == module.CourseId && (course.ProgrammeId is null || course.ProgrammeId == programme)))
            ? null
            : ProgrammeRefusal.CourseNotFree;
    }

    /// <summary>What the form of a programme shows of what is stored.</summary>
    public ProgrammeFacts FactsOf(Programme stored)
    {
        var modules = courses.Where(course => course.ProgrammeId == programme).OrderBy(course => course.ModuleNumber).ToList();
        return new()
        {
            Title = stored.Title,
            Summary = stored.Summary,
            Modules = modules.ConvertAll(course => new ModuleFacts { Number = course.ModuleNumber, CourseId = course.Id, Before = BeforeOf(course, modules[0]) }),
        };
    }

    /// <summary>Numbers the courses and sets what is to be taken before each, with their history; the caller saves.</summary>
    /// <returns>What became different of the prerequisites: the programme's own history says it too.</returns>
    public IReadOnlyList<HistoryChange> Set(TrainingHubDb db, Actor by, DateTimeOffset now)
    {
        var told = new List<HistoryChange>();
        foreach (var course in courses)
        {
            var index = wanted.FindIndex(module => module.CourseId == course.Id);
            var before = BeforeAt(index, course);
            var prerequisite = new HistoryChange("Course to take before", TitleOf(course.PrerequisiteId), TitleOf(before));
            var module = new HistoryChange("Module", course.ProgrammeId == programme ? Words(course.ModuleNumber) : null, index < 0 ? null : Words(index + 1));
            var changes = HistoryChange.Of(module, prerequisite);
            if (changes.Count == 0)
            {
                continue;
            }

            var entry = db.Entry(course);
            entry.Property(edited => edited.ProgrammeId).CurrentValue = index < 0 ? null : programme;
            entry.Property(edited => edited.ModuleNumber).CurrentValue = index < 0 ? null : index + 1;
            entry.Property(edited => edited.PrerequisiteId).CurrentValue = before;
            entry.Property(edited => edited.Version).CurrentValue = course.Version + 1;
            HistoryEntry.Add<Course>(db, course.Id, by, "Changed", changes, now);
            told.AddRange(HistoryChange.Of(prerequisite with { What = $"To take before “{course.Title}”" }));
        }

        return told;
    }

    private Guid? BeforeAt(int index, Course course)
    {
        if (index < 0)
        {
            return course.PrerequisiteId;
        }

        if (index == 0)
        {
            return wanted.Exists(module => module.CourseId == course.PrerequisiteId) ? null : course.PrerequisiteId;
        }

        return wanted[index].Before switch
        {
            ModuleBefore.AsTheCourseSays => course.PrerequisiteId,
            ModuleBefore.FirstModule => wanted[0].CourseId,
            ModuleBefore.Nothing => null,
        };
    }

    private static ModuleBefore BeforeOf(Course course, Course first) => course.PrerequisiteId switch
    {
        null => ModuleBefore.Nothing,
        var before when before == first.Id => ModuleBefore.FirstModule,
        _ => ModuleBefore.AsTheCourseSays,
    };

    private string? TitleOf(Guid? id) => id is { } known ? Titles.GetValueOrDefault(known) : null;

    private string Words(int? number) => string.Create(CultureInfo.InvariantCulture, $"{number} of {facts.Title}");
}
