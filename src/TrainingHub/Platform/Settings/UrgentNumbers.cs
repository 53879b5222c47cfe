using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Platform;

/// <summary>Whether somebody has looked lately at the numbers to which surveys send people who are worried about a child.</summary>
internal static class UrgentNumbers
{
    public const int MonthsGood = 6;

    /// <summary>Where they are checked; saving the page is the check.</summary>
    public const string Page = "/staff/settings/urgent";

    /// <returns>What staff are asked to check, as Today says it; null when somebody looked in the last months.</returns>
    public static async Task<string?> WhyNotAsync(TrainingHubDb db, DateTimeOffset now, CancellationToken ct)
    {
        var last = await db.HistoryEntries.Where(entry => entry.RecordId == SettingGroup.Urgent.Id).MaxAsync(entry => (DateTimeOffset?)entry.At, ct);
        return last is null ? "Nobody has checked the numbers to call when a child may be at risk"
            : London.DateOf(last.Value).AddMonths(MonthsGood) < London.DateOf(now) ? $"The numbers to call when a child may be at risk were last checked on {London.Words(London.DateOf(last.Value))}"
            : null;
    }
}
