namespace TrainingHub.Bookings;

/// <summary>The statements of this room that are too long to stand in the middle of C#.</summary>
internal static class BookingSql
{
    public static readonly string BookPlace = Read("BookPlace");
    public static readonly string BookableRun = Read("BookableRun");

    private static string Read(string name)
    {
        using var stream = typeof(BookingSql).Assembly.GetManifestResourceStream($"TrainingHub.Bookings.Sql.{name}.sql")
            ?? throw new InvalidOperationException($"Sql/{name}.sql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
