using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Surveys;

/// <summary>An invitation that was sent, as the response rate counts it: see <see cref="ResponseRate"/>.</summary>
internal sealed class SentSurvey
{
    public Guid InvitationId { get; init; }
    public Guid PlaceId { get; init; }
    public DateOnly DueOn { get; init; }
    public bool IsAnswered { get; init; }

    /// <summary>The invitation came back or could not be sent, and was not answered.</summary>
    public bool IsUndelivered { get; init; }
}

internal sealed class SentSurveyMap : IEntityTypeConfiguration<SentSurvey>
{
    public void Configure(EntityTypeBuilder<SentSurvey> builder) => builder.ToView("SentSurveys").HasKey(survey => survey.InvitationId);
}
