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
    public static SurveyInvitation NewSentInvitation(Guid place, DateTimeOffset sentAt, Guid? id = null)
    {
        var invitation = NewInvitation(place, London.DateOf(sentAt), sentAt, id);
        invitation.MarkSent(Guid.CreateVersion7(), sentAt);
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

    /// <summary>Answers about a course, by nobody that is known.</summary>
    public async Task<SurveyResponse> ResponseAsync(Guid course, DateOnly on) => (await ResponsesAsync(course, on, 1))[0];

    public async Task<IReadOnlyList<SurveyResponse>> ResponsesAsync(Guid course, DateOnly on, int count)
    {
        await using var db = Db();
        var lists = await SurveyLists.ReadAsync(db, ct);
        var (area, sector) = (await AreaIdAsync(), await SectorIdAsync());
        var (confidence, knowledge) = (lists.Scale(Question.Confidence).First().Id, lists.Scale(Question.Knowledge).First().Id);
        List<SurveyResponse> responses =
            [.. Enumerable.Range(0, count).Select(_ => NewResponse(course, area, sector, on, confidence, knowledge))];
        await AddAsync([.. responses]);
        return responses;
    }

    /// <summary>Everything changed for the better, and no toolkit is used.</summary>
    public static SurveyResponse NewResponse(
        Guid course, Guid area, Guid sector, DateOnly on, Guid confidence, Guid knowledge, ResponseOrigin origin = ResponseOrigin.Survey,
        bool changedPractice = true, bool impactedFamilies = true, bool recommend = true, params Guid[] toolkits) => new()
        {
            Id = Guid.NewGuid(),
            CourseId = course,
            AreaId = area,
            SectorId = sector,
            SubmittedOn = on,
            ConfidenceId = confidence,
            KnowledgeId = knowledge,
            ChangedPractice = changedPractice,
            ImpactedFamilies = impactedFamilies,
            Recommend = recommend,
            UsesToolkits = toolkits.Length > 0,
            ToolkitIds = [.. toolkits],
            Origin = origin,
        };

    /// <summary>As the response to that invitation.</summary>
    public Task AnswersAsync(SurveyInvitation invitation, SurveyResponse response) =>
        AddAsync(new SurveyLink { InvitationId = invitation.Id, ResponseId = response.Id });

    /// <summary>An answer with a free text for each of these, a second apart.</summary>
    public async Task CommentsAsync(CommentState state, params string[] texts)
    {
        var course = await CourseAsync();
        var staff = state == CommentState.Unread ? Guid.Empty : await StaffAsync();
        var responses = await ResponsesAsync(course.Id, London.DateOf(Now), texts.Length);
        SurveyComment[] comments = [.. texts.Select((text, number) => NewComment(responses[number].Id, text, Now.AddSeconds(number), state, staff))];
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
        var response = await db.SurveyComments.Where(comment => comment.Id == earlier).Select(comment => comment.ResponseId).SingleAsync(ct);
        await AddAsync(NewComment(response.GetValueOrDefault(), text, Now, CommentState.Unread, Guid.Empty));
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

    private static SurveyComment NewComment(Guid response, string text, DateTimeOffset at, CommentState state, Guid staff)
    {
        var comment = new SurveyComment
        {
            Id = Guid.CreateVersion7(),
            ResponseId = response,
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
