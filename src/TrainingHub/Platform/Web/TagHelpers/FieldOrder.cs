using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>Puts ModelState entries into the order in which the model's classes declare their properties.</summary>
internal static class FieldOrder
{
    /// <param name="state"></param>
    /// <param name="model"></param>
    /// <param name="fields">The order of fields that are no properties of the model; they come first.</param>
    public static List<KeyValuePair<string, ModelStateEntry>> Sorted(ModelStateDictionary state, ModelMetadata model, IReadOnlyList<string>? fields = null) =>
        [.. state.Where(entry => entry.Value is { Errors.Count: > 0 })
            .Select(entry => new KeyValuePair<string, ModelStateEntry>(entry.Key, entry.Value ?? throw new InvalidOperationException()))
            .OrderBy(entry => fields?.ToList().IndexOf(entry.Key) is { } place and >= 0 ? place : int.MaxValue)
            .ThenBy(entry => Path(entry.Key, model), Comparer<int[]>.Create(Compare))];

    /// <summary>Each part of a key becomes its place: <c>Form.Delegates[2].Email</c> → 0, 4, 2, 1. An unknown part comes last.</summary>
    private static int[] Path(string key, ModelMetadata model)
    {
        var path = new List<int>();
        ModelMetadata? at = model;
        foreach (var part in key.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.EndsWith(']'))
            {
                path.Add(int.TryParse(part.AsSpan(0, part.Length - 1), CultureInfo.InvariantCulture, out var index) ? index : int.MaxValue);
                at = at?.ElementMetadata;
                continue;
            }
            var place = at?.Properties.ToList().FindIndex(property => property.PropertyName == part) ?? -1;
            path.Add(place < 0 ? int.MaxValue : place);
            at = place < 0 ? null : at?.Properties[place];
        }
        return [.. path];
    }

    private static int Compare(int[]? left, int[]? right) => left.AsSpan().SequenceCompareTo(right);
}
