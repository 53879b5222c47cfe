using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform.Files;
using TrainingHub.Surveys;

namespace TrainingHub.Reporting;

/// <summary>An answer, how many gave it and of how many. A toolkit's base is those who were offered it.</summary>
internal sealed record AnswerCount(string Label, int Count, int Base);

/// <summary>
/// One question's answers, every option listed, zeros too. <see cref="Base"/> is how many people answered it; toolkits are
/// counted in people, not ticks, so that they may add up to more than 100 %.
/// </summary>
internal sealed record QuestionFigures(string Key, string Wording, int Base, IReadOnlyList<AnswerCount> Answers)
{
    /// <summary>Whether one delegate may give several answers.</summary>
    public bool TakesSeveral { get; init; }

    /// <summary>What was asked before, and does not add up with what is asked now.</summary>
    public string? Note { get; init; }

    /// <summary>Whether some answers could not be given by everybody.</summary>
    public bool HasOwnBases => Answers.Any(answer => answer.Base != Base);
}

/// <summary>What attended delegates said three months later.</summary>
/// <param name="Rate">Null when too few invitations of the period are known, or for one course or sector: imported answers bring none.</param>
/// <param name="LeavesOut">Whether answers of the period are not counted, because too few belong together: see <see cref="Disclosure"/>.</param>
/// <param name="IsRounded">Whether every figure is rounded, as those of one course or sector are.</param>
internal sealed record ImpactReport(
    int Responses, string AreaName, IReadOnlyList<QuestionFigures> Questions, ResponseRate? Rate, bool LeavesOut, bool IsRounded)
{
    public TextTable Table => new(["question", "answer", "count", "base", "percent"],
    [
        ["responses", AreaName, Responses == 0 && LeavesOut ? "" : ReportNumbers.Number(Responses), Responses == 0 && LeavesOut ? "" : ReportNumbers.Number(Responses), ReportNumbers.Percent(Responses, Responses)],
        .. Questions.SelectMany(question => question.Answers.Select(answer => new[]
        {
            question.Key, answer.Label, ReportNumbers.Number(answer.Count), ReportNumbers.Number(answer.Base),
            ReportNumbers.Percent(answer.Count, answer.Base),
        })),
    ]);

    public static async Task<ImpactReport> ReadAsync(TrainingHubDb db, NpgsqlDataSource database, ReportFilter filter, CancellationToken ct)
    {
        var versions = await AskedVersions.ReadAsync(db, ct);
        var cells = await ReadAnswers.CellsAsync(database, versions, filter, ct);
        var blocks = Disclosure.Blocks(cells, filter);
        var counts = await ReadAnswers.CountsAsync(database, versions, filter, blocks, ct);
        var leavesOut = Disclosure.LeavesOut(cells, filter, blocks);
        var questions = new List<QuestionFigures>();
        if (counts.Responses > 0)
        {
            questions.AddRange(await ReadAboutAsync(db, counts, filter, ct));
            foreach (var series in versions.Series().Where(series => series.Latest.Asked.Kind != QuestionKind.Text))
            {
                // A question that only some were asked is a report of its own: blocks of those.
                var asked = cells.FindAll(cell => series.VersionIds.Contains(cell.VersionId));
                var own = asked.Count == cells.Count ? blocks : Disclosure.Blocks(asked, filter);
                leavesOut |= Disclosure.LeavesOut(asked, filter, own);
                questions.AddRange(QuestionAnswers.Of(series, asked.Count == cells.Count ? counts : await ReadAnswers.CountsAsync(database, versions, filter, own, ct), filter));
            }
        }

        return new(
            counts.Responses,
            filter.Area?.LongName ?? "All areas",
            questions,
            filter.Cut is null ? await ReadRateAsync(db, filter, ct) : null,
            leavesOut,
            IsRounded: filter.Cut is not null);
    }

    /// <summary>What the answers are about and where they come from.</summary>
    private static async Task<IEnumerable<QuestionFigures>> ReadAboutAsync(TrainingHubDb db, AnswerCounts counts, ReportFilter filter, CancellationToken ct)
    {
        var courseIds = counts.Of("course").Select(count => count.Id).OfType<Guid>().ToList();
        var courses = await db.Courses.AsNoTracking().Where(course => courseIds.Contains(course.Id))
            .Select(course => new { course.Id, Name = course.SurveyTitle ?? course.Title }).OrderBy(course => course.Name).ToListAsync(ct);
        var sectors = await db.Sectors.AsNoTracking().OrderBy(sector => sector.SortOrder).ToListAsync(ct);
        return
        [
            new("course", "Course attended around three months ago", counts.Responses, [.. courses.Select(course => Of("course", course.Id, course.Name)), .. NotKept("course")]),
            new("sector", "Agency", counts.Responses, [.. sectors.Select(sector => Of("sector", sector.Id, sector.Name)), .. NotKept("sector")]),
        ];

        AnswerCount Of(string what, Guid? id, string label) => new(label, counts.Total(counts.Of(what).Where(count => count.Id == id)), counts.Responses);

        // Of one course or sector, the other is not known of every answer.
        IEnumerable<AnswerCount> NotKept(string what) =>
            filter.Cut is not null && counts.Of(what).Any(count => count.Id is null) ? [Of(what, null, "Not kept")] : [];
    }

    private static async Task<ResponseRate?> ReadRateAsync(TrainingHubDb db, ReportFilter filter, CancellationToken ct)
    {
        var months = await (
            from sent in db.SentSurveys
            join place in db.Places on sent.PlaceId equals place.Id
            join booking in db.Bookings on place.BookingId equals booking.Id
            group sent by new { booking.AreaId, sent.DueOn.Year, sent.DueOn.Month } into month
            select new
            {
                Cell = new AnswerCell(month.Key.AreaId, new DateOnly(month.Key.Year, month.Key.Month, 1), SubmittedWithin.Day, null, Guid.Empty, month.Count()),
                Rate = new ResponseRate(month.Count(), month.Count(sent => sent.IsUndelivered), month.Count(sent => sent.IsAnswered)),
            }).ToListAsync(ct);
        var counted = Disclosure.Blocks(months.ConvertAll(month => month.Cell), filter).SelectMany(block => block).ToHashSet();
        var rates = months.Where(month => counted.Contains(month.Cell)).Select(month => month.Rate).ToList();
        return rates.Count == 0 ? null : rates.Aggregate((left, right) => left + right);
    }
}
