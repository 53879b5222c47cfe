using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.Learning;

/// <summary>What the room's values are called on screen, in files and in history.</summary>
internal static class LearningWords
{
    public static string Kind(SourceKind kind) => kind switch
    {
        SourceKind.LocalReview => "Local child safeguarding practice review",
        SourceKind.RapidReview => "Rapid review",
        SourceKind.NationalReview => "National review",
        SourceKind.ThematicAudit => "Thematic audit",
        SourceKind.CaseAudit => "Case audit",
        SourceKind.Guidance => "Guidance",
        SourceKind.Legislation => "Legislation",
        SourceKind.Briefing => "Briefing",
        SourceKind.PractitionerFeedback => "Feedback from practitioners",
        SourceKind.ImpactSurvey => "From the impact survey",
    };

    public static string Effect(TrainingEffect effect) => effect switch
    {
        TrainingEffect.None => "No training",
        TrainingEffect.Content => "Content of courses changes",
        TrainingEffect.NewCourse => "A new course",
        TrainingEffect.Briefing => "A briefing",
    };

    public static string Standing(ActionStanding standing) => standing switch
    {
        ActionStanding.Late => "Late",
        ActionStanding.Soon => "Due soon",
        ActionStanding.OnTrack => "On track",
        ActionStanding.Done => "Done",
        ActionStanding.Closed => "Closed: impact seen",
    };

    /// <summary>The colour of its tag; the words say the same.</summary>
    public static string Colour(ActionStanding standing) => standing switch
    {
        ActionStanding.Late => "govuk-tag--red",
        ActionStanding.Soon => "govuk-tag--yellow",
        ActionStanding.OnTrack => "govuk-tag--green",
        ActionStanding.Done => "govuk-tag--blue",
        ActionStanding.Closed => "govuk-tag--grey",
    };

    public static string State(NeedState state) => state switch
    {
        NeedState.Open => "Open",
        NeedState.Planned => "Planned",
        NeedState.Met => "Met",
        NeedState.NotPlanned => "Not planned",
    };

    public static string State(ProviderNoticeState state) => state switch
    {
        ProviderNoticeState.Sent => "Not acknowledged yet",
        ProviderNoticeState.Acknowledged => "Acknowledged",
        ProviderNoticeState.Withdrawn => "Withdrawn",
    };

    public static string? Day(DateOnly? day) => day is { } known ? London.Words(known) : null;

    /// <summary>In the order of the names; null for none.</summary>
    public static string? Names(IEnumerable<Guid> ids, IReadOnlyDictionary<Guid, string> names) =>
        ids.Select(id => names.GetValueOrDefault(id)).OfType<string>().Order(StringComparer.InvariantCultureIgnoreCase).ToList() is { Count: > 0 } known ? string.Join("; ", known) : null;
}

/// <summary>What areas, themes, priorities and courses are called, by their ids: for history and lists.</summary>
internal static class LearningNames
{
    public static async Task<IReadOnlyDictionary<Guid, string>> ReadAsync(TrainingHubDb db, CancellationToken ct)
    {
        var names = await db.Areas.ToDictionaryAsync(area => area.Id, area => area.LongName, ct);
        foreach (var theme in await db.LearningThemes.Select(one => new { one.Id, one.Name }).ToListAsync(ct))
        {
            names[theme.Id] = theme.Name;
        }

        foreach (var priority in await db.LearningPriorities.AsNoTracking().ToListAsync(ct))
        {
            names[priority.Id] = priority.Words;
        }

        foreach (var course in await db.Courses.Select(one => new { one.Id, one.Title }).ToListAsync(ct))
        {
            names[course.Id] = course.Title;
        }

        return names;
    }
}
