namespace TrainingHub.Tests.House;

/// <summary>The pages on which staff read what people write.</summary>
internal static partial class AccessMatrix
{
    private static Dictionary<string, Access> Reading => new[]
    {
        "staff/surveys/comments/{id:guid}/concern",
        "staff/surveys/comments/{id:guid}/quote",
        "staff/surveys/comments/{id:guid}/themes",
        "staff/surveys/concerns",
        "staff/surveys/concerns/{id:guid}",
        "staff/surveys/concerns/{id:guid}/identity",
        "staff/surveys/concerns/{id:guid}/{act}",
        "staff/surveys/quotes",
        "staff/surveys/themes/{id:guid?}",
        "staff/surveys/themes/counts",
        "staff/surveys/words",
    }.ToDictionary(route => route, _ => Access.Staff);
}
