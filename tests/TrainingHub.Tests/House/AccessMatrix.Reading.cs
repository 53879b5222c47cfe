namespace TrainingHub.Tests.House;

/// <summary>The pages on which staff write what surveys ask, see who has not answered, read what people write and lay side by side what they chose.</summary>
internal static partial class AccessMatrix
{
    private static Dictionary<string, Access> Reading => new[]
    {
        "staff/reports/learning",
        "GET staff/reports/learning.csv",
        "GET staff/reports/learning.xlsx",
        "staff/reports/moments",
        "GET staff/reports/moments.csv",
        "GET staff/reports/moments.xlsx",
        "staff/reports/providers",
        "GET staff/reports/providers.csv",
        "GET staff/reports/providers.xlsx",
        "staff/surveys/comments/{id:guid}/concern",
        "staff/surveys/comments/{id:guid}/need",
        "staff/surveys/comments/{id:guid}/quote",
        "staff/surveys/comments/{id:guid}/themes",
        "staff/surveys/concerns",
        "staff/surveys/concerns/{id:guid}",
        "staff/surveys/concerns/{id:guid}/identity",
        "staff/surveys/concerns/{id:guid}/{act}",
        "staff/surveys/questions",
        "staff/surveys/questions/discard",
        "staff/surveys/questions/edit",
        "staff/surveys/questions/preview",
        "staff/surveys/questions/publish",
        "staff/surveys/quotes",
        "staff/surveys/themes/{id:guid?}",
        "staff/surveys/themes/counts",
        "staff/surveys/unanswered",
        "staff/surveys/unanswered/{run:guid}",
        "staff/surveys/words",
    }.ToDictionary(route => route, _ => Access.Staff);
}
