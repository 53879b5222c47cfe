using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <param name="Until">Before this instant.</param>
/// <param name="Percent">Of the price, what stays due.</param>
internal readonly record struct CancellationStep(DateTimeOffset Until, int Percent);

/// <summary>
/// A policy on one date. A whole working day lies between the day of cancelling and the day of the course, Monday to Friday without
/// England's bank holidays, so each step ends at midnight in London, and the last one when the course begins.
/// </summary>
internal sealed record CancellationTerms(CancellationPolicy Policy, DateTimeOffset StartsAt, IReadOnlyList<CancellationStep> Steps, DateTimeOffset MoveUntil)
{
    public static CancellationTerms Of(CancellationPolicy policy, DateTimeOffset startsAt) => new(
        policy,
        startsAt,
        [.. policy.Tiers.Select(tier => new CancellationStep(EndOf(tier.WorkingDays, startsAt), tier.Percent))],
        EndOf(policy.MoveWorkingDays, startsAt));

    /// <summary>What stays due of the price of a place that is cancelled then, in per cent. All of it once the course has begun.</summary>
    public int PercentAt(DateTimeOffset now)
    {
        foreach (var step in Steps)
        {
            if (now < step.Until)
            {
                return step.Percent;
            }
        }

        return 100;
    }

    /// <summary>The same in pence: rounded once, down, to the payer's good.</summary>
    public int PenceAt(int pricePence, DateTimeOffset now) => PenceOf(pricePence, PercentAt(now));

    public static int PenceOf(int pricePence, int percent) => (int)((long)pricePence * percent / 100);

    /// <summary>Until then nothing is due; null when it costs something from the first.</summary>
    public DateTimeOffset? FreeUntil => Steps.LastOrDefault(step => step.Percent == 0) is { Until: var until } && until != default ? until : null;

    /// <summary>When it costs something else next; null when nothing changes until the course begins.</summary>
    public DateTimeOffset? NextChangeAt(DateTimeOffset now)
    {
        var percent = PercentAt(now);
        for (var at = 0; at < Steps.Count - 1; at++)
        {
            if (now < Steps[at].Until && Steps[at + 1].Percent != percent)
            {
                return Steps[at].Until;
            }
        }

        return null;
    }

    private static DateTimeOffset EndOf(int workingDays, DateTimeOffset startsAt) => workingDays == 0
        ? startsAt
        : London.Instant(WorkingDays.Before(London.DateOf(startsAt), workingDays), TimeOnly.MinValue);
}
