using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Surveys;

/// <summary>
/// What can be chosen as an answer to a question of a version: its own options, and each toolkit of the partnership's list where the
/// question offers toolkits. A toolkit's id is the option's, so that there is one list, whatever staff call it later.
/// </summary>
internal sealed class VersionOption
{
    public Guid VersionId { get; init; }
    public string QuestionKey { get; init; } = "";
    public Guid OptionId { get; init; }
    public int Position { get; init; }
    public string Label { get; init; } = "";
    public bool IsExclusive { get; init; }

    /// <summary>Of a toolkit that is not everybody's.</summary>
    public Guid? AreaId { get; init; }

    /// <summary>Of the partnership's list.</summary>
    public bool IsToolkit { get; init; }

    /// <summary>A toolkit that is offered no more, except to who chose it before.</summary>
    public bool IsArchived { get; init; }
}

/// <summary>One answer that was chosen, as a row; see <see cref="SurveyResponse.OptionIds"/>.</summary>
internal sealed class SurveyAnswer
{
    public Guid ResponseId { get; init; }
    public Guid VersionId { get; init; }
    public string QuestionKey { get; init; } = "";
    public Guid OptionId { get; init; }
    public int Position { get; init; }
    public string Label { get; init; } = "";
}

internal sealed class VersionOptionMap : IEntityTypeConfiguration<VersionOption>
{
    public void Configure(EntityTypeBuilder<VersionOption> builder) =>
        builder.ToView("VersionOptions").HasKey(option => new { option.VersionId, option.QuestionKey, option.OptionId });
}

internal sealed class SurveyAnswerMap : IEntityTypeConfiguration<SurveyAnswer>
{
    public void Configure(EntityTypeBuilder<SurveyAnswer> builder) =>
        builder.ToView("SurveyAnswers").HasKey(answer => new { answer.ResponseId, answer.OptionId });
}
