using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Attendance;

/// <summary>What a bookings file did, one entry for each date: how many, and never whom, for history outlives their names.</summary>
internal static class BookingsHistory
{
    public static IEnumerable<HistoryEntry> Of(ImportPlan plan, IEnumerable<CourseRun> runs, ImportRun import, DateTimeOffset now)
    {
        var (added, cancelled) = (plan.Add.ToLookup(row => row.Run.Id), plan.Cancel.ToLookup(place => place.RunId));
        var (remarked, paid) = (plan.Remark.ToLookup(change => change.Place.RunId), plan.Pay.ToLookup(change => change.Place.RunId));
        foreach (var run in runs)
        {
            var seats = added[run.Id].Count(row => !row.IsCancelled) - cancelled[run.Id].Count();
            string[] done =
            [
                .. Said(added[run.Id].Count(), "added"),
                .. Said(cancelled[run.Id].Count(), "cancelled"),
                .. Said(remarked[run.Id].Count(), "marked otherwise"),
                .. Said(paid[run.Id].Count(), "paid"),
            ];
            if (done.Length > 0)
            {
                yield return HistoryEntry.New<CourseRun>(
                    run.Id, import.By, "Bookings imported",
                    HistoryChange.Of(new HistoryChange("Places taken", $"{run.PlacesTaken}", $"{run.PlacesTaken + seats}")),
                    now, $"{import.Source} Bookings {string.Join(", ", done)}.");
            }
        }
    }

    private static string[] Said(int count, string what) => count == 0 ? [] : [$"{what}: {count}"];
}
