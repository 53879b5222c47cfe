using System.Globalization;
using TrainingHub.Platform.Files;

namespace TrainingHub.Portal;

/// <summary>The evidence as a workbook: what it is, the staff with each course, the gaps, the courses by year, and who is not on the list.</summary>
internal static class EvidenceBook
{
    public static string FileName(DateOnly today) => $"training-evidence-{Day(today)}.xlsx";

    public static async Task<byte[]> WriteAsync(EvidenceView view, CancellationToken ct)
    {
        var evidence = view.Evidence ?? throw new InvalidOperationException("There is no evidence before it is clear who is who.");
        using var output = new MemoryStream();
        await using (var book = await WorkbookWriter.CreateAsync(output, ct))
        {
            await book.AddSheetAsync("About", ["What", "Value"], About(view, evidence), ct);
            await book.AddSheetAsync("Staff", ["Row", "Name", "Role", "Known here as", "Course", "Level", "Last attended", "In part", "Certificate", "Valid until", "State"], [.. evidence.Lines.SelectMany(line => Staff(evidence, line))], ct);
            await book.AddSheetAsync("Gaps", ["Row", "Name", "Role", "What is missing"], [.. evidence.Lines.SelectMany(line => line.Gaps.Select(gap => new[] { Number(line.Member.Row), line.Member.Name, line.Member.Role ?? "", gap.Words }))], ct);
            await book.AddSheetAsync(
                "Courses", ["Course", "Level", .. evidence.Training.Years.Select(year => $"Attended {year}")],
                [.. evidence.Training.Courses.Where(course => course.Attended.Any(count => count > 0)).Select(course => new[] { course.Title, course.Level ?? "" }.Concat(course.Attended.Select(Number)).ToArray())], ct);
            await book.AddSheetAsync("Not on the list", ["Name", "Course", "Level", "Last attended"], [.. evidence.NotListed.SelectMany(person => person.Courses.Select(course => new[] { person.Name, evidence.TitleOf(course.CourseId), evidence.LevelOf(course.CourseId) ?? "", Day(course.LastOn) }))], ct);
            await book.FinishAsync(ct);
        }

        return output.ToArray();
    }

    private static string[][] About(EvidenceView view, StaffEvidence evidence) =>
    [
        ["Organisation", view.Organisation],
        ["Made on", Day(evidence.Training.Today)],
        ["People on the staff list", Number(evidence.Lines.Count)],
        ["Found among those who attended", Number(evidence.Found)],
        ["With a gap", Number(evidence.WithGap.Count)],
        ["Nothing missing, but a course ends soon", Number(evidence.Ending.Count)],
        ["Courses that everybody needs", evidence.Needed.Count == 0 ? "None named" : string.Join("; ", evidence.Needed.Select(course => course.Title))],
        ["What counts", EvidenceWords.WhatCounts(view.Organisation)],
        ["What a gap is", EvidenceWords.WhatIsAGap(evidence.Needed.Count > 0)],
    ];

    private static IEnumerable<string[]> Staff(StaffEvidence evidence, EvidenceLine line)
    {
        string[] who = [Number(line.Member.Row), line.Member.Name, line.Member.Role ?? "", line.KnownAs ?? ""];
        return line.Person is not { } person
            ? [[.. who, "", "", "", "", "", "", "No training here"]]
            : person.Courses.Select(course => (string[])
            [
                .. who, evidence.TitleOf(course.CourseId), evidence.LevelOf(course.CourseId) ?? "", Day(course.LastOn), course.IsPart ? "yes" : "no", course.Certificate ?? "",
                course.ValidUntil is { } until ? Day(until) : "", AttendedCourse.Words(course.StandingOn(evidence.Training.Today)),
            ]);
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>What the page and the workbook say of their own limits.</summary>
internal static class EvidenceWords
{
    public static string WhatCounts(string organisation) =>
        $"Courses that were booked here for {organisation} and that the register says were attended. Training elsewhere, and what somebody attended for another employer, is not in it.";

    public static string WhatIsAGap(bool hasNeeded) => hasNeeded
        ? "A course that you said everybody needs, and that somebody has not attended or has to attend again."
        : "Somebody who attended nothing here, or a course that somebody has to attend again.";
}
