using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Surveys;

/// <summary>
/// A person has read a free text: nothing to do, or a concern. A concern tells the safeguarding lead once, in the same
/// transaction, by an email that holds nothing of the text.
/// </summary>
internal sealed partial class ReviewComment(
    TrainingHubDb db, IOptions<SiteOptions> site, TimeProvider clock, ILogger<ReviewComment> logger)
{
    /// <returns>False when there is no such text any more: its author has corrected it.</returns>
    public async Task<bool> MarkReadAsync(Guid commentId, Guid staffId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(commentId, ct) is not { } comment)
        {
            return false;
        }

        comment.MarkRead(staffId, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <inheritdoc cref="MarkReadAsync"/>
    public async Task<bool> RaiseConcernAsync(Guid commentId, Guid staffId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(commentId, ct) is not { } comment)
        {
            return false;
        }

        if (comment.RaiseConcern(staffId, now))
        {
            var staffName = await db.Users.Where(user => user.Id == staffId).Select(user => user.Name).SingleAsync(ct);
            var lead = site.Value.SafeguardingLeadEmail is { Length: > 0 } address ? address : site.Value.ContactEmail;
            var message = new SurveyConcernEmail(
                ReferenceOf(commentId), London.Moment(now), staffName, site.Value.Absolute(SurveyUrls.Concerns));
            db.Add(OutgoingEmail.To(lead, message, now, about: ReferenceOf(commentId)));
            LogConcern(commentId);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Eight characters by which the email and the page name the same text.</summary>
    public static string ReferenceOf(Guid commentId) => commentId.ToString("N")[..8].ToUpperInvariant();

    private async Task<SurveyComment?> LockAsync(Guid commentId, CancellationToken ct) =>
        await db.SurveyComments
            .FromSql($"select * from survey_comments where id = {commentId} for no key update")
            .FirstOrDefaultAsync(ct);

    [LoggerMessage(Level = LogLevel.Information, Message = "A concern was raised about survey comment {CommentId}")]
    private partial void LogConcern(Guid commentId);
}
