using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Surveys;

internal enum CommentState
{
    /// <summary>Nobody has read it yet. It may be about a child at risk.</summary>
    Unread,
    Read,
    Concern,
}

/// <summary>
/// Free text of a response. Nothing shows it but the staff queue, where a person reads each one; it is never published without
/// a person's decision.
/// </summary>
internal sealed class SurveyComment
{
    public const int TextLength = 2000;

    public required Guid Id { get; init; }
    public required Guid ResponseId { get; init; }
    public required string QuestionKey { get; init; }
    public required string Text { get; set; }
    public CommentState State { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
    public Guid? ReadById { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class SurveyCommentMap : IEntityTypeConfiguration<SurveyComment>
{
    public void Configure(EntityTypeBuilder<SurveyComment> builder)
    {
        builder.Property(comment => comment.Text).HasMaxLength(SurveyComment.TextLength);
        builder.HasIndex(comment => new { comment.ResponseId, comment.QuestionKey }).IsUnique();
        builder.HasIndex(comment => comment.CreatedAt).HasFilter("state = 'Unread'");
        builder.HasOne<SurveyResponse>().WithMany().HasForeignKey(comment => comment.ResponseId);
        builder.HasOne<Question>().WithMany().HasForeignKey(comment => comment.QuestionKey);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(comment => comment.ReadById);
    }
}
