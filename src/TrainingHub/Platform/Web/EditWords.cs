namespace TrainingHub.Platform.Web;

internal static class EditWords
{
    /// <param name="since">What was done after the form was opened.</param>
    public static string ChangedSince(IReadOnlyList<HistoryEntry> since)
    {
        var names = since.Select(entry => entry.Actor).Distinct().ToList();
        var who = names.Count == 0 ? "Somebody" : string.Join(" and ", names);
        return $"{who} changed this while you had it open. Nothing of yours is saved yet. Look at what changed, then save again to keep what stands in the form";
    }
}
