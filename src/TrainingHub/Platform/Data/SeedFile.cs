using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrainingHub.Platform.Data;

/// <summary>Data files that are embedded under a room's Seed folder. Throws when a file is missing or does not fit its type.</summary>
internal static class SeedFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, Converters = { new JsonStringEnumConverter() } };

    /// <param name="name">Room and file: "Catalogue.Seed.courses.json".</param>
    public static Stream Open(string name) =>
        typeof(SeedFile).Assembly.GetManifestResourceStream("TrainingHub." + name)
        ?? throw new InvalidOperationException($"{name} is not embedded.");

    public static T ReadJson<T>(string name)
    {
        using var file = Open(name);
        return JsonSerializer.Deserialize<T>(file, Options) ?? throw new InvalidOperationException($"{name} is empty.");
    }
}
