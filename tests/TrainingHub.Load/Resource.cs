using System.Reflection;

namespace TrainingHub.Load;

/// <summary>The SQL and Lua files of this program.</summary>
internal static class Resource
{
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new ArgumentException($"No file {name} is embedded.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
