namespace TrainingHub.Load.Hosting;

/// <summary>What is no figure goes to standard error.</summary>
internal static class Notes
{
    public static void Say(string words) => Console.Error.WriteLine(words);
}
