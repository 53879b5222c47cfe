using System.Globalization;
using TrainingHub.Platform;

namespace TrainingHub.Portal;

internal enum GapKind
{
    NeverAttended,
    Ended,
    EndsSoon,
}

/// <param name="Kind"></param>
/// <param name="Course">Its title; null when they attended nothing at all.</param>
/// <param name="On">When it ended or ends.</param>
internal sealed record TrainingGap(GapKind Kind, string? Course, DateOnly? On)
{
    public string Words => Kind switch
    {
        GapKind.NeverAttended => Course is null ? "No training here" : $"{Course}: not attended",
        GapKind.Ended => $"{Course}: ended on {London.Words(On!.Value)}",
        GapKind.EndsSoon => $"{Course}: ends on {London.Words(On!.Value)}",
    };
}

/// <summary>Somebody of the list with their training and what they lack.</summary>
internal sealed record EvidenceLine(StaffMember Member, TrainedPerson? Person, IReadOnlyList<TrainingGap> Gaps)
{
    /// <summary>How they are called here, when the list calls them otherwise.</summary>
    public string? KnownAs => Person is { } person && person.Name != Member.Name ? person.Name : null;
}

/// <summary>
/// A staff list laid beside the training of an organisation, as an audit asks for it. A gap is a needed course that was never attended or
/// has ended; where no course is named, somebody who attended nothing, or a course that has ended.
/// </summary>
internal sealed record StaffEvidence(OrganisationTraining Training, IReadOnlyList<AttendedPlaces> Needed, IReadOnlyList<EvidenceLine> Lines, IReadOnlyList<TrainedPerson> NotListed)
{
    /// <param name="training"></param>
    /// <param name="members"></param>
    /// <param name="who">By the row of the list; nobody for those who are not found.</param>
    /// <param name="needed">Courses that everybody needs.</param>
    public static StaffEvidence Of(OrganisationTraining training, IReadOnlyList<StaffMember> members, IReadOnlyDictionary<int, Guid> who, IReadOnlyCollection<Guid> needed)
    {
        var people = training.People.ToDictionary(person => person.Id);
        var courses = training.Courses.Where(course => needed.Contains(course.Id)).ToList();
        var titles = training.Courses.ToDictionary(course => course.Id, course => course.Title);
        var found = who.Values.ToHashSet();
        return new(
            training,
            courses,
            [
                .. members.Select(member =>
                {
                    var person = who.TryGetValue(member.Row, out var id) ? people[id] : null;
                    return new EvidenceLine(member, person, [.. Gaps(person, courses, titles, training.Today)]);
                }),
            ],
            [.. training.People.Where(person => !found.Contains(person.Id))]);
    }

    public int Found => Lines.Count(line => line.Person is not null);

    /// <summary>Those who lack something now.</summary>
    public IReadOnlyList<EvidenceLine> WithGap => [.. Lines.Where(line => line.Gaps.Any(gap => gap.Kind != GapKind.EndsSoon))];

    /// <summary>Those who lack nothing now, but will soon.</summary>
    public IReadOnlyList<EvidenceLine> Ending => [.. Lines.Except(WithGap).Where(line => line.Gaps.Count > 0)];

    public string TitleOf(Guid course) => Training.Courses.First(one => one.Id == course).Title;

    public string? LevelOf(Guid course) => Training.Courses.First(one => one.Id == course).Level;

    /// <summary>"64 of 80 (80%)".</summary>
    public string Share(int count) => Lines.Count == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{count} of {Lines.Count} ({100 * count / Lines.Count}%)");

    private static IEnumerable<TrainingGap> Gaps(TrainedPerson? person, List<AttendedPlaces> needed, Dictionary<Guid, string> titles, DateOnly today)
    {
        var attended = person?.Courses ?? [];
        if (needed.Count == 0)
        {
            return attended.Count == 0 ? [new(GapKind.NeverAttended, null, null)] : attended.Select(course => Gap(course, titles[course.CourseId], today)).OfType<TrainingGap>();
        }

        return needed.Select(course => attended.FirstOrDefault(one => one.CourseId == course.Id) is { } own ? Gap(own, course.Title, today) : new TrainingGap(GapKind.NeverAttended, course.Title, null))
            .OfType<TrainingGap>();
    }

    private static TrainingGap? Gap(AttendedCourse course, string title, DateOnly today) => course.StandingOn(today) switch
    {
        Standing.Ended => new(GapKind.Ended, title, course.ValidUntil),
        Standing.EndsSoon => new(GapKind.EndsSoon, title, course.ValidUntil),
        Standing.Valid => null,
    };
}
