using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Learning;

/// <summary>
/// Demo: from published reviews to changed courses, with actions in several states, a change of a past year with dates and answers since,
/// a notice that one provider acknowledged and another let go by, and a meeting. Nobody invented is written to. Does nothing when there is any source.
/// </summary>
internal sealed class SeedLearning(TrainingHubDb db, SaveContentChange changes, TimeProvider clock) : ISeed
{
    public static int Order => 90;

    public static bool DemoOnly => true;

    private readonly Dictionary<string, Guid> ids = [];

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.LearningSources.AnyAsync(ct))
        {
            return;
        }

        var (file, now) = (LearningFile.Read(), clock.GetUtcNow());
        var today = London.DateOf(now);
        foreach (var course in await db.Courses.Select(course => new { course.Id, course.Slug }).ToListAsync(ct))
        {
            ids["/" + course.Slug] = course.Id;
        }

        AddLists(file);
        var shown = file.Reviews.SelectMany(review => AddReview(review, today)).ToList();
        await AddNeedsAsync(file, now, ct);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        foreach (var change in shown)
        {
            await changes.PublishAsync(change, version: 0, Actor.Automatic, ct);
        }

        await AddNoticesAsync(now, ct);
        await AddMeetingAsync(file.Minutes, now, ct);
    }

    private void AddLists(LearningFile file)
    {
        foreach (var name in file.Themes)
        {
            db.Add(new LearningTheme { Id = ids[name] = Guid.CreateVersion7(), Name = name });
        }

        foreach (var (name, first, last) in file.Priorities)
        {
            db.Add(new LearningPriority { Id = ids[name] = Guid.CreateVersion7(), Name = name, FirstYear = first, LastYear = last });
        }

        foreach (var course in file.Courses)
        {
            db.Add(new CourseThemes { CourseId = ids["/" + course.Slug], ThemeIds = Of(course.Themes), PriorityIds = Of(course.Priorities) });
        }
    }

    /// <returns>The changes that the course pages show.</returns>
    private List<Guid> AddReview(LearningFile.Review review, DateOnly today)
    {
        var source = new LearningSource
        {
            Id = Guid.CreateVersion7(),
            Kind = review.Kind,
            Title = review.Title,
            PublishedOn = review.PublishedOn,
            Publisher = review.Publisher,
            Address = review.Address,
            ThemeIds = Of(review.Themes),
            PriorityIds = Of(review.Priorities),
            PublicWords = review.PublicWords,
        };
        db.Add(source);
        var shown = new List<Guid>();
        foreach (var line in review.Recommendations)
        {
            var recommendation = new Recommendation { Id = Guid.CreateVersion7(), SourceId = source.Id, Number = line.Number, Text = line.Text, Effect = line.Effect };
            db.Add(recommendation);
            foreach (var action in line.Actions)
            {
                AddAction(action, recommendation.Id, today);
                if (action.Change is { } what && AddChange(what, ids[action.Key], today) is var change && what.IsPublished)
                {
                    shown.Add(change);
                }
            }
        }

        return shown;
    }

    private void AddAction(LearningFile.ActionLine line, Guid recommendation, DateOnly today)
    {
        var action = new LearningAction
        {
            Id = ids[line.Key] = Guid.CreateVersion7(),
            RecommendationId = recommendation,
            What = line.What,
            Agency = line.Agency,
            Owner = line.Owner,
            DueOn = Day(line.Due, line.DueIn, today),
        };
        if (line is { LaterIn: { } later, Because: { } because })
        {
            action.Revise(today.AddDays(later), because);
        }

        if (line.Done is not null || line.DoneIn is not null)
        {
            action.Finish(Day(line.Done, line.DoneIn, today));
        }

        if (line.Impact is { } impact)
        {
            action.Close(impact);
        }

        db.Add(action);
    }

    private Guid AddChange(LearningFile.ChangeLine line, Guid action, DateOnly today)
    {
        var change = new ContentChange
        {
            Id = Guid.CreateVersion7(),
            ActionId = action,
            What = line.What,
            FromOn = Day(line.From, line.FromIn, today),
            CourseIds = [.. line.Courses.Select(slug => ids["/" + slug])],
            PublicWords = line.PublicWords,
        };
        db.Add(change);
        return change.Id;
    }

    private async Task AddNeedsAsync(LearningFile file, DateTimeOffset now, CancellationToken ct)
    {
        var organisations = await db.Organisations.Where(one => one.IsApproved && one.MergedIntoId == null).OrderBy(one => one.Name).Select(one => one.Id).Take(file.Needs.Max(need => need.Votes)).ToListAsync(ct);
        foreach (var line in file.Needs)
        {
            var need = new TrainingNeed
            {
                Id = Guid.CreateVersion7(),
                What = line.What,
                ThemeId = line.Theme is { } theme ? ids[theme] : null,
                CourseId = line.Course is { } course ? ids["/" + course] : null,
                State = line.State,
                Because = line.Because,
                AddedAt = now,
            };
            db.Add(need);
            db.AddRange(organisations.Take(line.Votes).Select(organisation => new TrainingNeedVote { Id = Guid.CreateVersion7(), NeedId = need.Id, OrganisationId = organisation, VotedAt = now }));
        }
    }

    // By hand: no command sends a notice whose deadline is over.
    private async Task AddNoticesAsync(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (provider, number) in (await db.Providers.Where(one => one.IsInvented && one.Email == null).OrderBy(one => one.Name).ToListAsync(ct)).Select((one, index) => (one, index + 1)))
        {
            db.Entry(provider).CurrentValues.SetValues(new { Email = $"office{number}@provider.example" });
        }

        // All have acknowledged the one of the past year; of the one that is running one provider has, and the other let the deadline go by.
        foreach (var (index, to, sentAt) in await AddNoticeAsync("guidance", London.Instant(new(2025, 7, 21), new(9, 0)), new(2025, 8, 15), now, ct))
        {
            to.Acknowledge("Robin Example", index == 0 ? "Our slides are changed." : null, sentAt.AddDays(4 + index));
        }

        foreach (var (index, to, sentAt) in await AddNoticeAsync("neglect", now.AddDays(-25), London.DateOf(now).AddDays(-5), now, ct))
        {
            if (index == 0)
            {
                to.Acknowledge("Robin Example", "We teach it from the next date on.", sentAt.AddDays(5));
            }
            else
            {
                to.Remind(now.AddDays(-8));
                to.Chase(now.AddDays(-4));
            }
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    /// <summary>Tells two providers: those who deliver the courses, or where there are fewer, any.</summary>
    private async Task<List<(int Index, ProviderNotice To, DateTimeOffset SentAt)>> AddNoticeAsync(string action, DateTimeOffset sentAt, DateOnly dueOn, DateTimeOffset now, CancellationToken ct)
    {
        var change = await db.ContentChanges.SingleAsync(one => one.ActionId == ids[action], ct);
        var concerned = (await NoticeProviders.OfAsync(db, change.CourseIds, London.DateOf(now), ct)).ConvertAll(one => one.Id);
        if (concerned.Count < 2)
        {
            concerned = await db.Providers.OrderBy(provider => provider.Name).Select(provider => provider.Id).Take(2).ToListAsync(ct);
        }

        var notice = new ContentNotice
        {
            Id = Guid.CreateVersion7(),
            ChangeId = change.Id,
            CourseIds = change.CourseIds,
            FromOn = change.FromOn,
            Text = change.What,
            DueOn = dueOn,
            SentAt = sentAt,
        };
        var told = concerned.Take(2)
            .Select((provider, index) => (Index: index, To: new ProviderNotice { Id = Guid.CreateVersion7(), NoticeId = notice.Id, ProviderId = provider, RemindOn = ProviderNotice.RemindOnOf(London.DateOf(sentAt), dueOn) }, SentAt: sentAt))
            .ToList();
        db.Add(notice);
        db.AddRange(told.Select(one => one.To));
        return told;
    }

    private async Task AddMeetingAsync(LearningFile.MinutesLine line, DateTimeOffset now, CancellationToken ct)
    {
        var meeting = new LearningMeeting { Id = Guid.CreateVersion7(), HeldOn = London.DateOf(now).AddDays(line.HeldIn), Minutes = line.Minutes, Decisions = line.Decisions };
        db.Add(meeting);
        foreach (var row in await ActionRow.ReadAsync(db, ActionRow.InUse(db).Where(action => action.State != ActionState.Closed && (action.DoneOn == null || action.DoneOn > meeting.HeldOn)), most: 100, ct))
        {
            // It was open on that day.
            var minute = new MeetingMinute { MeetingId = meeting.Id, ActionId = row.Id, Words = line.OfActions.FirstOrDefault(words => ids[words.Key] == row.Id).Value };
            minute.Fix(row with { State = ActionState.Open, RevisedOn = null, DoneOn = null }, meeting.HeldOn);
            db.Add(minute);
        }

        await db.SaveChangesAsync(ct);
        meeting.Close(by: null, London.Instant(meeting.HeldOn, new TimeOnly(12, 0)));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private static DateOnly Day(DateOnly? day, int? fromToday, DateOnly today) => day ?? today.AddDays(fromToday ?? throw new InvalidOperationException("A line of the story has no day."));

    private Guid[] Of(IEnumerable<string> names) => [.. names.Select(name => ids[name])];
}
