using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Catalogue;

namespace TrainingHub.Surveys;

/// <summary>How many gave an answer, to the nearest five.</summary>
/// <param name="Question">Its key.</param>
/// <param name="Label">The answer, as it was worded.</param>
/// <param name="Count"></param>
internal sealed record DateCount(string Question, string Label, int Count);

/// <summary>
/// What came out of one date at one moment, for its trainer. Made once, when that survey about it is over for everybody, from <see cref="AnswerGroups.Smallest"/>
/// answers or more, each figure rounded as those of one course are: neither a later answer nor another report leads from it to one person.
/// It stays when the answers are unlinked from the date.
/// </summary>
internal sealed class DateEvaluation
{
    public required Guid RunId { get; init; }
    public SurveyMoment Moment { get; init; } = SurveyMoment.ThreeMonths;

    /// <summary>To the nearest five.</summary>
    public required int Responses { get; init; }
    public required IReadOnlyList<DateCount> Counts { get; init; }

    /// <summary>Of the standard questions, to be added up for whoever delivers several dates. Not shown of one date.</summary>
    public IReadOnlyList<DateMeasure> Measures { get; init; } = [];
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Adds what can be made by now to what is saved next. Answers of files and of a demonstration are nobody's date.</summary>
    public static async Task AddAsync(TrainingHubDb db, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var moment in (SurveyMoment[])[SurveyMoment.End, SurveyMoment.Event, SurveyMoment.ThreeMonths])
        {
            await AddAsync(db, moment, now, ct);
        }
    }

    private static async Task AddAsync(TrainingHubDb db, SurveyMoment moment, DateTimeOffset now, CancellationToken ct)
    {
        var linked = db.SurveyResponses.AsNoTracking().Where(response => response.RunId != null && (response.Origin == ResponseOrigin.Survey || response.Origin == ResponseOrigin.Room)
            && db.SurveyVersions.Any(version => version.Id == response.VersionId && db.Surveys.Any(survey => survey.Id == version.SurveyId && survey.Moment == moment)));
        // What came by the code in the room has no invitation that says until when.
        var roomOpen = SurveyTimes.RoomOpenSince(now);
        var runs = await linked
            .Where(response => !db.DateEvaluations.Any(made => made.RunId == response.RunId && made.Moment == moment)
                && !db.SurveyInvitations.Any(invitation => invitation.Moment == moment && db.Places.Any(place => place.Id == invitation.PlaceId && place.RunId == response.RunId)
                    && (invitation.State == InvitationState.Scheduled || invitation.ClosesAt > now)))
            .Where(response => !linked.Any(other => other.RunId == response.RunId && other.Origin == ResponseOrigin.Room && other.SubmittedOn > roomOpen))
            .GroupBy(response => response.RunId)
            .Where(group => group.Count() >= AnswerGroups.Smallest)
            .Select(group => group.Key)
            .ToListAsync(ct);
        if (runs.Count == 0)
        {
            return;
        }

        var versions = await AskedVersions.ReadAsync(db, moment, ct);
        foreach (var run in runs.OfType<Guid>())
        {
            var answers = await linked.Where(response => response.RunId == run).ToListAsync(ct);
            db.Add(new DateEvaluation
            {
                RunId = run,
                Moment = moment,
                Responses = AnswerGroups.Rounded(answers.Count),
                Counts = [.. CountsOf(versions, answers)],
                Measures = [.. StandardMeasures.Of(moment, versions, answers)],
                MadeAt = now,
            });
        }
    }

    /// <summary>Of each question that enough of them were asked. Toolkits differ by area, and a date may have people from several.</summary>
    private static IEnumerable<DateCount> CountsOf(AskedVersions versions, List<SurveyResponse> answers) =>
        from series in versions.Series()
        let ids = series.VersionIds
        let asked = answers.FindAll(answer => ids.Contains(answer.VersionId))
        where asked.Count >= AnswerGroups.Smallest && !series.Latest.Asked.OffersToolkits
        from option in series.Latest.Asked.Kind == QuestionKind.YesNo ? series.Options.Take(1) : series.Options
        select new DateCount(series.Key, option.Label, AnswerGroups.Rounded(asked.Count(answer => answer.OptionIds.Contains(option.OptionId))));
}

internal sealed class DateEvaluationMap : IEntityTypeConfiguration<DateEvaluation>
{
    public void Configure(EntityTypeBuilder<DateEvaluation> builder)
    {
        builder.HasKey(made => new { made.RunId, made.Moment });
        builder.Property(made => made.Moment).HasDefaultValue(SurveyMoment.ThreeMonths).HasSentinel(SurveyMoment.ThreeMonths);
        Stored(builder.Property(made => made.Counts));
        Stored(builder.Property(made => made.Measures)).HasDefaultValueSql("'[]'");
        builder.HasOne<CourseRun>().WithMany().HasForeignKey(made => made.RunId);
        builder.ToTable(table => table.HasCheckConstraint("ck_date_evaluations_responses", "responses >= 5"));
    }

    private static PropertyBuilder<IReadOnlyList<T>> Stored<T>(PropertyBuilder<IReadOnlyList<T>> property) => property.HasColumnType("jsonb").HasConversion(
        list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
        stored => JsonSerializer.Deserialize<List<T>>(stored, JsonSerializerOptions.Default) ?? new List<T>(),
        // It never changes, so what it holds is compared as one thing.
        new ValueComparer<IReadOnlyList<T>>((one, other) => ReferenceEquals(one, other), list => list.Count, list => list));
}
