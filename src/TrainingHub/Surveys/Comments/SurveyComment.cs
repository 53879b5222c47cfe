using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
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
/// a person's decision. A text that raised a concern is never overwritten: a later correction is added beside it.
/// </summary>
internal sealed class SurveyComment
{
    public const int TextLength = 2000;

    public required Guid Id { get; init; }

    /// <summary>Null once the answers are unlinked: who knows the writer by the text must not find the other answers.</summary>
    public required Guid? ResponseId { get; init; }

    /// <summary>Kept in place of the answers if at least <see cref="AnswerGroups.Smallest"/> people share it; else null.</summary>
    public Guid? CourseId { get; init; }

    /// <summary>The version that asked the question.</summary>
    public required Guid VersionId { get; init; }
    public required string QuestionKey { get; init; }
    public required string Text { get; init; }
    public CommentState State { get; private set; }
    public DateTimeOffset? ReadAt { get; private set; }
    public Guid? ReadById { get; private set; }

    /// <summary>Whether the page on which it was written said that the trainer may see it. Texts of before and of files are for their first readers alone.</summary>
    public bool MayBePassedOn { get; init; }

    /// <summary>The date whose trainer sees it, because a coordinator said so; null while none does.</summary>
    public Guid? TrainerRunId { get; private set; }

    /// <summary>The coordinator was told by email that it waits to be read.</summary>
    public bool IsWaitTold { get; private set; }

    /// <summary>Like <see cref="ReadAt"/> only the month, once unlinked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Read, and nothing in it asks for action. Does nothing to a text that raised a concern.</summary>
    /// <returns>False when it had been read.</returns>
    public bool MarkRead(Guid staffId, DateTimeOffset now)
    {
        if (State != CommentState.Unread)
        {
            return false;
        }

        (State, ReadAt, ReadById) = (CommentState.Read, now, staffId);
        return true;
    }

    /// <summary>It was marked as read by mistake.</summary>
    public void MarkUnread()
    {
        Ensure(CommentState.Read, nameof(MarkUnread));
        (State, ReadAt, ReadById) = (CommentState.Unread, null, null);
    }

    /// <summary>The concern was raised by mistake.</summary>
    public void WithdrawConcern()
    {
        Ensure(CommentState.Concern, nameof(WithdrawConcern));
        State = CommentState.Read;
    }

    /// <returns>False when the concern was raised before.</returns>
    public bool RaiseConcern(Guid staffId, DateTimeOffset now)
    {
        if (State == CommentState.Concern)
        {
            return false;
        }

        (State, ReadAt, ReadById, TrainerRunId) = (CommentState.Concern, now, staffId, null);
        return true;
    }

    /// <param name="run">The date that it is about.</param>
    /// <returns>False when it is not read, raised a concern, is shown before, or was written when nobody was told that it may be shown.</returns>
    public bool ShowToTrainer(Guid run)
    {
        if (State != CommentState.Read || !MayBePassedOn || TrainerRunId is not null)
        {
            return false;
        }

        TrainerRunId = run;
        return true;
    }

    /// <returns>False when it was not shown.</returns>
    public bool HideFromTrainer()
    {
        var wasShown = TrainerRunId is not null;
        TrainerRunId = null;
        return wasShown;
    }

    private void Ensure(CommentState needed, string verb)
    {
        if (State != needed)
        {
            throw new InvalidOperationException($"{verb}: comment {Id} is {State}.");
        }
    }
}

internal sealed class SurveyCommentMap : IEntityTypeConfiguration<SurveyComment>
{
    public void Configure(EntityTypeBuilder<SurveyComment> builder)
    {
        builder.Property(comment => comment.QuestionKey).HasMaxLength(Question.KeyLength);
        builder.Property(comment => comment.Text).HasMaxLength(SurveyComment.TextLength);
        builder.HasIndex(comment => new { comment.ResponseId, comment.QuestionKey }).IsUnique().HasFilter("state <> 'Concern'");
        builder.HasIndex(comment => comment.CreatedAt).HasFilter("state = 'Unread'");
        // Always null since concerns have a table of their own. They are dropped once no node runs a version that names them.
        builder.Property<DateTimeOffset?>("ClosedAt");
        builder.Property<Guid?>("ClosedById");
        builder.Property<string?>("Outcome").HasMaxLength(Concern.OutcomeLength);
        builder.HasIndex(comment => comment.ReadAt).HasFilter("state = 'Concern' and closed_at is null");
        builder.HasOne<SurveyResponse>().WithMany().HasForeignKey(comment => comment.ResponseId);
        builder.HasOne<Course>().WithMany().HasForeignKey(comment => comment.CourseId);
        builder.HasOne<Question>().WithMany().HasForeignKey(comment => new { comment.VersionId, comment.QuestionKey });
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(comment => comment.TrainerRunId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(comment => comment.ReadById);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey("ClosedById");
        builder.Property(comment => comment.MayBePassedOn).HasDefaultValue(false);
        builder.Property(comment => comment.IsWaitTold).HasDefaultValue(false);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_survey_comments_closed", "(closed_at is null) = (closed_by_id is null) and (closed_at is null) = (outcome is null)");
            table.HasCheckConstraint("ck_survey_comments_trainer", "trainer_run_id is null or (state = 'Read' and may_be_passed_on)");
        });
    }
}
