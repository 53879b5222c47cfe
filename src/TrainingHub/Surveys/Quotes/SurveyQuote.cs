using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;
using TrainingHub.People;

namespace TrainingHub.Surveys;

internal enum QuoteState
{
    Proposed,

    /// <summary>Reports and pages may show it.</summary>
    Approved,
    Withdrawn,
}

/// <summary>
/// Words of a free text that may be shown, with the names out, beside the text. Nothing is shown before somebody has approved it. The month is
/// kept and not the day, and the id is random: see 0129_comments_to_read.sql.
/// </summary>
internal sealed class SurveyQuote
{
    public required Guid Id { get; init; }

    /// <summary>The text that it is taken from; nobody reaches it from here who may not read comments.</summary>
    public required Guid CommentId { get; init; }
    public required string Text { get; set; }
    public required Guid VersionId { get; init; }
    public required string QuestionKey { get; init; }

    /// <summary>Null when fewer than <see cref="AnswerGroups.Smallest"/> answered about it.</summary>
    public required Guid? CourseId { get; init; }

    /// <summary>Null when fewer than that share it and the course.</summary>
    public required Guid? AreaId { get; init; }

    /// <summary>The first day of the financial year in which it was written.</summary>
    public required DateOnly YearFrom { get; init; }
    public QuoteState State { get; private set; }

    /// <summary>Like the other two the first day of the month.</summary>
    public required DateOnly ProposedIn { get; init; }
    public required Guid ProposedById { get; init; }
    public DateOnly? ApprovedIn { get; private set; }
    public Guid? ApprovedById { get; private set; }
    public DateOnly? WithdrawnIn { get; private set; }
    public Guid? WithdrawnById { get; private set; }

    /// <returns>False when it is not proposed.</returns>
    public bool Approve(Guid by, DateOnly today)
    {
        if (State != QuoteState.Proposed)
        {
            return false;
        }

        (State, ApprovedIn, ApprovedById) = (QuoteState.Approved, MonthOf(today), by);
        return true;
    }

    /// <returns>False when it was withdrawn before.</returns>
    public bool Withdraw(Guid by, DateOnly today)
    {
        if (State == QuoteState.Withdrawn)
        {
            return false;
        }

        (State, WithdrawnIn, WithdrawnById) = (QuoteState.Withdrawn, MonthOf(today), by);
        return true;
    }

    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}

/// <summary>What may be quoted: view <c>approved_quotes</c>, the only way to it for reports and pages.</summary>
internal sealed class ApprovedQuote
{
    public required Guid Id { get; init; }
    public required string Text { get; init; }
    public required string QuestionKey { get; init; }
    public required Guid? CourseId { get; init; }
    public required Guid? AreaId { get; init; }
    public required DateOnly YearFrom { get; init; }
}

internal sealed class SurveyQuoteMap : IEntityTypeConfiguration<SurveyQuote>
{
    public void Configure(EntityTypeBuilder<SurveyQuote> builder)
    {
        builder.Property(quote => quote.Text).HasMaxLength(SurveyComment.TextLength);
        builder.HasIndex(quote => quote.CommentId).IsUnique().HasFilter("state <> 'Withdrawn'");
        builder.HasOne<Question>().WithMany().HasForeignKey(quote => new { quote.VersionId, quote.QuestionKey });
        builder.HasOne<Course>().WithMany().HasForeignKey(quote => quote.CourseId);
        builder.HasOne<Area>().WithMany().HasForeignKey(quote => quote.AreaId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(quote => quote.ProposedById);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(quote => quote.ApprovedById);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(quote => quote.WithdrawnById);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_survey_quotes_approved", "(approved_in is null) = (approved_by_id is null) and (state <> 'Approved' or approved_in is not null)");
            table.HasCheckConstraint("ck_survey_quotes_withdrawn", "(withdrawn_in is null) = (withdrawn_by_id is null) and (withdrawn_in is not null) = (state = 'Withdrawn')");
        });
    }
}

internal sealed class ApprovedQuoteMap : IEntityTypeConfiguration<ApprovedQuote>
{
    public void Configure(EntityTypeBuilder<ApprovedQuote> builder) => builder.ToView("ApprovedQuotes").HasKey(quote => quote.Id);
}
