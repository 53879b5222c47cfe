using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>How long the name, email address and phone of a person at a provider or venue are kept: as the privacy notice says.</summary>
internal static class KeptContacts
{
    /// <summary>Stands where a trainer was named.</summary>
    public const string FormerTrainer = "Former trainer";

    /// <returns>The first day without them; null while nothing ends.</returns>
    /// <param name="archivedAt">When it went out of use.</param>
    /// <param name="contractUntil">The last day of the contract, for who is still in use.</param>
    /// <param name="months">That they are kept after it.</param>
    public static DateOnly? ClearedOn(DateTimeOffset? archivedAt, DateOnly? contractUntil, int months) =>
        (archivedAt is { } at ? London.DateOf(at) : contractUntil)?.AddMonths(months);

    /// <summary>For the page of the record.</summary>
    /// <param name="purpose">"to arrange training".</param>
    /// <param name="end">"the contract ends or the provider is archived".</param>
    /// <param name="clearedOn"></param>
    /// <param name="months"></param>
    public static string Words(string purpose, string end, DateOnly? clearedOn, int months) => clearedOn is { } on
        ? $"Names, email addresses and phone numbers of people are kept {purpose}. They are cleared on {London.Words(on)}, or after the last coming date."
        : $"Names, email addresses and phone numbers of people are kept {purpose}, and cleared {months} {(months == 1 ? "month" : "months")} after {end}.";
}
