using TrainingHub.Platform.Files;

namespace TrainingHub.Surveys;

/// <summary>The toolkits of Seed/survey.json, new: the demonstration's, and those that a file may name while a partnership has named none.</summary>
internal static class PublishedToolkits
{
    /// <summary>Those that are everybody's, and those of an area that is known.</summary>
    public static IReadOnlyList<Toolkit> In(KnownNames<Guid> areas)
    {
        var lines = PublishedSurvey.Read().Toolkits;
        return
        [
            .. lines.Select((line, order) => (Line: line, Order: order + 1, Area: line.Area is null ? null : areas.Find(line.Area)))
                .Where(one => one.Line.Area is null || one.Area is not null)
                .Select(one => new Toolkit { Id = Guid.CreateVersion7(), Name = one.Line.Name, AreaId = one.Area, SortOrder = one.Order }),
        ];
    }
}
