using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

internal enum PublishRefusal
{
    /// <summary>It is published or cancelled already.</summary>
    NotADraft,
    InThePast,
    CourseArchived,

    /// <summary>Nothing says what it costs, and visitors never see such a date.</summary>
    NoFee,
}

/// <summary>A date that staff prepare, with what decides whether it can be published and what it still lacks.</summary>
/// <param name="Line">What is shown of it.</param>
/// <param name="IsArchived">Its course is.</param>
/// <param name="IsOfDraftCourse">Visitors see it only when its course is published too.</param>
/// <param name="HasLink">Where to join online is known.</param>
internal sealed record DraftDate(DateLine Line, bool IsArchived, bool IsOfDraftCourse, bool HasLink)
{
    /// <summary>Those of the dates that there are, the first one first.</summary>
    public static Task<List<DraftDate>> ReadAsync(TrainingHubDb db, IQueryable<CourseRun> runs, CancellationToken ct) => DateLines.Of(db, runs)
        .Join(db.Courses, line => line.CourseId, course => course.Id, (line, course) => new { Line = line, Course = course })
        .Join(db.CourseRuns, both => both.Line.Id, run => run.Id, (both, run) => new { both.Line, both.Course, Run = run })
        .OrderBy(all => all.Line.StartsAt).ThenBy(all => all.Line.Id)
        .Select(all => new DraftDate(all.Line, all.Course.ArchivedAt != null, all.Course.IsDraft, all.Run.JoiningLink != null))
        .ToListAsync(ct);

    public static IQueryable<CourseRun> All(TrainingHubDb db) => db.CourseRuns.Where(run => run.State == RunState.Draft);

    public PublishRefusal? WhyNotPublish(DateTimeOffset now) =>
        Line.State != RunState.Draft ? PublishRefusal.NotADraft
        : Line.StartsAt <= now ? PublishRefusal.InThePast
        : IsArchived ? PublishRefusal.CourseArchived
        : Line.Pence is null ? PublishRefusal.NoFee
        : null;

    public static string Words(PublishRefusal refusal) => refusal switch
    {
        PublishRefusal.NotADraft => "It is no draft any more.",
        PublishRefusal.InThePast => "It is in the past. Give it another day, or delete it.",
        PublishRefusal.CourseArchived => "Its course is archived. Use the course again first, or delete the date.",
        PublishRefusal.NoFee => "Nothing says what it costs.",
    };

    /// <summary>"venue", "trainer" …: what visitors will miss. None of it keeps the date from being published.</summary>
    public IEnumerable<string> Missing()
    {
        if (Line is { Delivery: DeliveryMode.InPerson, Venue: null })
        {
            yield return "venue";
        }

        if (Line.Provider is null)
        {
            yield return "trainer";
        }

        if (Line.Delivery == DeliveryMode.Online && !HasLink)
        {
            yield return "joining link";
        }
    }

    /// <summary>"No venue and no trainer yet."; null when nothing is missing.</summary>
    public string? MissingWords
    {
        get
        {
            var all = Missing().Select(what => $"no {what}").ToList();
            return all.Count == 0 ? null : $"N{string.Join(" and ", all)[1..]} yet.";
        }
    }
}
