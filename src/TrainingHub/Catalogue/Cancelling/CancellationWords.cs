using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>
/// The policy in words, written here and nowhere else: on the pages of courses and dates, before one books, in the booking, before one
/// cancels, and in emails.
/// </summary>
internal static class CancellationWords
{
    public const string Heading = "If your plans change";

    private const string Swap = "Somebody else can have the place until the course begins. That costs nothing.";
    private const string ByUs = "If we cancel the date, you owe nothing for it.";
    private const string NobodyCame = "If nobody comes, the price stays due.";

    private static readonly string[] Nothing = ["Cancelling costs nothing. Please cancel as soon as you know, so that somebody else gets the place.", Swap];

    /// <summary>Before one books a date: what holds for who pays, and for a free place.</summary>
    /// <param name="terms"></param>
    /// <param name="price">Of one place; null is not known.</param>
    /// <param name="length"></param>
    /// <param name="now"></param>
    public static IReadOnlyList<string> OfDate(CancellationTerms terms, Money? price, CourseLength? length, DateTimeOffset now) => price == Money.Zero
        ? Nothing
        : [.. Paid(terms, price, now), .. AbsentFree(terms.Policy, length), .. FreeLate(terms)];

    /// <summary>A place with a price, by the day on which each step ends. Steps that are over are left out.</summary>
    public static IReadOnlyList<string> Paid(CancellationTerms terms, Money? price, DateTimeOffset now)
    {
        var steps = Joined(terms.Steps).Where(step => now < step.Until).ToList();
        return
        [
            .. steps.Select((step, at) => step.Until == terms.StartsAt
                ? $"{(at == 0 ? "Cancel before the course begins" : "Cancel after that")}: {Due(step.Percent, price)}."
                : $"Cancel by the end of {LastDay(step.Until)}: {Due(step.Percent, price)}."),
            .. Changes(terms, now), NobodyCame, .. Late(terms.Policy), ByUs,
        ];
    }

    /// <summary>A free place: nothing of its price, and what may be charged when it is not used.</summary>
    public static IReadOnlyList<string> FreePlace(CancellationTerms terms, CourseLength? length, DateTimeOffset now) =>
    [
        .. terms.Policy.FreeLatePence == 0 ? ["A free place costs nothing to cancel before the course begins."] : FreeLate(terms), .. Changes(terms, now), .. AbsentFree(terms.Policy, length), .. Late(terms.Policy),
    ];

    /// <summary>What costs nothing to anybody.</summary>
    public static IReadOnlyList<string> Free => Nothing;

    /// <summary>For any date, by the number of working days.</summary>
    public static IReadOnlyList<string> Of(CancellationPolicy policy)
    {
        var lines = policy.Tiers.Select((tier, at) => tier.WorkingDays == 0
            ? $"{(at == 0 ? "Cancel before the course begins" : "Cancel later than that")}: {Due(tier.Percent, price: null)}."
            : $"Cancel {Days(tier.WorkingDays)} or more before the course: {Due(tier.Percent, price: null)}.").ToList();
        lines.Add(Swap);
        if (policy.MostMoves > 0)
        {
            lines.Add($"You can move a place to another date of the course, {Times(policy.MostMoves)}, until {(policy.MoveWorkingDays == 0 ? "it begins" : $"{Days(policy.MoveWorkingDays)} before")}.");
        }

        lines.Add(NobodyCame);
        if (policy.AbsentHalfDayPence + policy.AbsentFullDayPence > 0)
        {
            lines.Add($"For a free place on which nobody comes we may charge {Sum(policy.AbsentHalfDayPence)} for a half day and {Sum(policy.AbsentFullDayPence)} for a full day.");
        }

        return [.. lines, .. Late(policy), ByUs];
    }

    /// <summary>"Monday 14 December 2026" for a step that ends at the midnight after it.</summary>
    public static string LastDay(DateTimeOffset until) => London.LongWords(London.DateOf(until).AddDays(-1));

    /// <summary>What staff read of a version: "10 working days 0%, 5 working days 50%, later 100%".</summary>
    public static string Short(CancellationPolicy policy) => string.Join(
        ", ", policy.Tiers.Select(tier => tier.WorkingDays == 0 ? $"later {tier.Percent}%" : $"{Days(tier.WorkingDays)} {tier.Percent}%"));

    private static IEnumerable<string> Changes(CancellationTerms terms, DateTimeOffset now)
    {
        yield return Swap;
        if (terms.Policy.MostMoves > 0 && now < terms.MoveUntil)
        {
            yield return $"You can move a place to another date of the course, {Times(terms.Policy.MostMoves)}, until {(terms.MoveUntil == terms.StartsAt ? "it begins" : $"the end of {LastDay(terms.MoveUntil)}")}.";
        }
    }

    private static IEnumerable<string> AbsentFree(CancellationPolicy policy, CourseLength? length)
    {
        if (policy.AbsentPence(length) is var pence and > 0)
        {
            yield return $"For a free place on which nobody comes we may charge {new Money(pence)}.";
        }
    }

    private static IEnumerable<string> FreeLate(CancellationTerms terms)
    {
        if (terms.Policy.FreeLatePence > 0)
        {
            var when = terms.FreeUntil is { } free && free != terms.StartsAt ? $"after {LastDay(free)}" : "before the course begins";
            yield return $"For a free place that is cancelled {when} we may charge {new Money(terms.Policy.FreeLatePence)}.";
        }
    }

    private static IEnumerable<string> Late(CancellationPolicy policy)
    {
        if (policy.LateMinutes > 0)
        {
            yield return $"Who comes more than {policy.LateMinutes} minutes late may not be let in, and counts as not having come.";
        }
    }

    private static string Due(int percent, Money? price) => (percent, price) switch
    {
        (0, _) => "nothing is due",
        (100, null) => "the whole price stays due",
        (100, { } whole) => $"the whole price of {whole} stays due",
        (_, null) => $"{percent}% of the price stays due",
        (_, { } known) => $"{new Money(CancellationTerms.PenceOf(known.Pence, percent))} of {known} stays due",
    };

    private static string Sum(int pence) => pence == 0 ? "nothing" : new Money(pence).ToString();

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    private static string Days(int count) => count == 1 ? "1 working day" : $"{count} working days";

    // Two steps that cost the same are one.
    private static IEnumerable<CancellationStep> Joined(IReadOnlyList<CancellationStep> steps) =>
        steps.Where((step, at) => at == steps.Count - 1 || steps[at + 1].Percent != step.Percent);
}
