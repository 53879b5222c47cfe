using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Surveys;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    /// <summary>An invitation that was due on that day and came too late to be sent.</summary>
    public async Task<SurveyInvitation> MissedInvitationAsync(Guid place, DateOnly dueOn, DateTimeOffset createdAt)
    {
        var invitation = NewInvitation(place, dueOn, createdAt);
        invitation.NotSend(SendRefusal.TooLate);
        return await AddedAsync(invitation);
    }

    /// <summary>An invitation that waits for its day.</summary>
    public static SurveyInvitation NewInvitation(Guid place, DateOnly dueOn, DateTimeOffset createdAt, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(),
        PlaceId = place,
        DueOn = dueOn,
        DueAt = London.Instant(dueOn, new TimeOnly(9, 0)),
        CreatedAt = createdAt,
    };

    /// <summary>An invitation that went out at that instant, by an email that is not kept.</summary>
    public static SurveyInvitation NewSentInvitation(Guid place, Questionnaire asked, DateTimeOffset sentAt, Guid? id = null)
    {
        var invitation = NewInvitation(place, London.DateOf(sentAt), sentAt, id);
        invitation.MarkSent(Guid.CreateVersion7(), asked.Id, sentAt);
        return invitation;
    }

    /// <summary>The private link to an invitation, with a token that the caller knows.</summary>
    public static SecretLink NewSurveyLink(Guid invitation, string token, DateTimeOffset at) => new()
    {
        Hash = SecretToken.HashOf(token),
        Purpose = SurveyInvitation.LinkPurpose,
        SubjectId = invitation,
        CreatedAt = at,
        ExpiresAt = at.AddDays(120),
    };

    /// <summary>Somebody has looked at the numbers to call when a child may be at risk, without which nothing is published.</summary>
    public Task NumbersCheckedAsync() => AddAsync(HistoryEntry.New<Setting>(SettingGroup.Urgent.Id, Actor.CommandLine, "Checked", [], Now));

    /// <summary>The version of the survey that is sent now.</summary>
    public async Task<Questionnaire> AskedAsync(SurveyMoment moment = SurveyMoment.ThreeMonths)
    {
        await using var db = Db();
        return (await AskedVersions.ReadAsync(db, moment, ct)).Published;
    }

    /// <summary>The next version, published: what is asked now, with these questions added or changed.</summary>
    public async Task<Questionnaire> NextVersionAsync(params QuestionFacts[] questions)
    {
        var (version, revision) = await DraftAsync(questions);
        await NumbersCheckedAsync();
        await using var db = Db();
        return await new PublishDraft(db, clock).RunAsync(version, revision, Actor.CommandLine, ct) is { } refusal
            ? throw new InvalidOperationException($"{refusal}")
            : await AskedAsync();
    }

    /// <summary>The same, not published yet.</summary>
    public async Task<(Guid Version, int Revision)> DraftAsync(params QuestionFacts[] questions)
    {
        await using var db = Db();
        var edit = new EditDraft(db, clock);
        var version = await edit.StartAsync(await db.Surveys.Where(survey => survey.Moment == SurveyMoment.ThreeMonths).Select(survey => survey.Id).SingleAsync(ct), Actor.CommandLine, ct);
        foreach (var facts in questions)
        {
            // Each act is another page's.
            db.ChangeTracker.Clear();
            if (await edit.SaveAsync(version, await RevisionAsync(), facts, Actor.CommandLine, ct) is { } refusal)
            {
                throw new InvalidOperationException($"{refusal}");
            }
        }

        return (version, await RevisionAsync());

        Task<int> RevisionAsync() => db.SurveyVersions.Where(one => one.Id == version).Select(one => one.Revision).SingleAsync(ct);
    }

    /// <summary>A new question of that kind that must be answered, called by its words.</summary>
    public static QuestionFacts NewQuestion(string words, QuestionKind kind, params string[] options) => new(
        null, kind, KirkpatrickLevel.Reaction, words, words, null, $"Answer: {words}", null, IsRequired: true, OffersToolkits: false, IsComparable: true,
        [.. options.Select(option => new OptionFacts(null, option, IsExclusive: false))]);

    /// <summary>The lowest point of each scale, "No" and "None", unless said otherwise, without a text.</summary>
    public static SurveyAnswers NewAnswers(Questionnaire asked, params (string Question, string Label)[] given) => new(
        asked.Id,
        [.. asked.Questions.SelectMany(question => given.Any(one => one.Question == question.Key)
            ? given.Where(one => one.Question == question.Key).Select(one => asked.Option(one.Question, one.Label))
            : (question.Asked.Kind is QuestionKind.YesNo or QuestionKind.Several ? question.Options.TakeLast(1) : question.Options.Take(1)).Select(option => option.OptionId)).Order()],
        asked.Questions.Where(question => question.HasText).ToDictionary(question => question.Key, _ => (string?)null));

    /// <summary>Answers about a course, by nobody that is known.</summary>
    public async Task<SurveyResponse> ResponseAsync(Guid course, DateOnly on) => (await ResponsesAsync(course, on, 1))[0];

    /// <param name="course"></param>
    /// <param name="on"></param>
    /// <param name="count"></param>
    /// <param name="answers">Null is everything better, three months after the course.</param>
    public async Task<IReadOnlyList<SurveyResponse>> ResponsesAsync(Guid course, DateOnly on, int count, SurveyAnswers? answers = null)
    {
        answers ??= NewAnswers(await AskedAsync(), AllYes);
        var (area, sector) = (await AreaIdAsync(), await SectorIdAsync());
        List<SurveyResponse> responses =
            [.. Enumerable.Range(0, count).Select(_ => NewResponse(course, area, sector, on, answers))];
        await AddAsync([.. responses]);
        return responses;
    }

    /// <summary>Everything changed for the better.</summary>
    public static readonly (string Question, string Label)[] AllYes = [("changed_practice", "Yes"), ("impacted_families", "Yes"), ("recommend", "Yes")];

    public static SurveyResponse NewResponse(
        Guid course, Guid area, Guid sector, DateOnly on, SurveyAnswers answers, ResponseOrigin origin = ResponseOrigin.Survey, Guid? run = null) => new()
        {
            Id = Guid.NewGuid(),
            RunId = run,
            CourseId = course,
            AreaId = area,
            SectorId = sector,
            SubmittedOn = on,
            VersionId = answers.VersionId,
            OptionIds = answers.OptionIds,
            Origin = origin,
        };

    /// <summary>What came out of a date, as it is made once: of each question how many answered well, and of how many.</summary>
    public Task EvaluationAsync(Guid run, SurveyMoment moment, params DateMeasure[] measures) => AddAsync(new DateEvaluation
    {
        RunId = run,
        Moment = moment,
        Responses = measures.Max(one => one.Base),
        Counts = [],
        Measures = measures,
        MadeAt = Now,
    });

    /// <summary>As the response to that invitation.</summary>
    public Task AnswersAsync(SurveyInvitation invitation, SurveyResponse response) =>
        AddAsync(new SurveyLink { InvitationId = invitation.Id, ResponseId = response.Id });

    /// <summary>An answer with a free text for each of these, a second apart.</summary>
    public async Task CommentsAsync(CommentState state, params string[] texts)
    {
        var course = await CourseAsync();
        var staff = state == CommentState.Unread ? Guid.Empty : await StaffAsync();
        var responses = await ResponsesAsync(course.Id, London.DateOf(Now), texts.Length);
        SurveyComment[] comments = [.. texts.Select((text, number) => NewComment(responses[number].Id, responses[number].VersionId, text, Now.AddSeconds(number), state, staff))];
        await AddAsync(comments);
        if (state == CommentState.Concern)
        {
            await AddAsync([.. comments.Select(comment => NewConcern(comment, staff))]);
        }
    }

    /// <summary>What its author wrote beside a text that had raised a concern.</summary>
    public async Task CorrectedCommentAsync(Guid earlier, string text)
    {
        await using var db = Db();
        var before = await db.SurveyComments.AsNoTracking().SingleAsync(comment => comment.Id == earlier, ct);
        await AddAsync(NewComment(before.ResponseId.GetValueOrDefault(), before.VersionId, text, Now, CommentState.Unread, Guid.Empty));
    }

    /// <summary>Raised by that member of staff when the text was read; it holds the text.</summary>
    private static Concern NewConcern(SurveyComment comment, Guid staff)
    {
        var concern = new Concern
        {
            Id = Guid.CreateVersion7(),
            Reference = Reference.New(),
            CommentId = comment.Id,
            Kind = ConcernKind.AtRisk,
            RaisedAt = comment.CreatedAt,
            RaisedById = staff,
        };
        concern.Hold(comment.ResponseId);
        return concern;
    }

    private static SurveyComment NewComment(Guid response, Guid version, string text, DateTimeOffset at, CommentState state, Guid staff)
    {
        var comment = new SurveyComment
        {
            Id = Guid.CreateVersion7(),
            ResponseId = response,
            VersionId = version,
            QuestionKey = "changed_practice",
            Text = text,
            CreatedAt = at,
        };
        switch (state)
        {
            case CommentState.Unread:
                break;
            case CommentState.Read:
                comment.MarkRead(staff, at);
                break;
            case CommentState.Concern:
                comment.RaiseConcern(staff, at);
                break;
        }

        return comment;
    }

    /// <summary>The row that says that a response came in a file, and whose it was.</summary>
    public Task ImportedAnswerAsync(SurveyResponse response, byte[] delegateKey, DateTimeOffset knownUntil) =>
        AddAsync(new ImportedAnswer { ResponseId = response.Id, DelegateKey = delegateKey, KnownUntil = knownUntil });
}
