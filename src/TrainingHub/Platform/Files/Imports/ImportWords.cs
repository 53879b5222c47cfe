namespace TrainingHub.Platform.Files;

/// <summary>How the state of a file is said to staff.</summary>
internal static class ImportWords
{
    public static string Of(ImportState state) => state switch
    {
        ImportState.Checking => "Being checked",
        ImportState.Checked => "Waiting for you",
        ImportState.Importing => "Being imported",
        ImportState.Done => "Imported",
        ImportState.Interrupted => "Interrupted, nothing was written",
        ImportState.Failed => "Failed, nothing was written",
    };

    public static string Colour(ImportState state) => state switch
    {
        ImportState.Checking or ImportState.Importing => "yellow",
        ImportState.Checked => "blue",
        ImportState.Done => "green",
        ImportState.Interrupted or ImportState.Failed => "red",
    };
}
