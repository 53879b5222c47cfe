using System.Globalization;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>One fee of a programme as a whole.</summary>
/// <param name="PayerClassId">Whose it is.</param>
/// <param name="IsEverybody">The class is everybody's.</param>
/// <param name="Words">Of the class, after "for"; empty for everybody's.</param>
/// <param name="StartsOn"></param>
/// <param name="Pence">For all modules together; null is none from that day on.</param>
internal sealed record WholeFee(Guid PayerClassId, bool IsEverybody, string Words, DateOnly StartsOn, int? Pence);

/// <summary>
/// The price of a programme as a whole (decision 110): it is one person's who is booked on every module in one order, if it is lower than the
/// fees of the modules together. It is divided over the places, so that price, charge and refund stay with each place.
/// </summary>
/// <param name="Programme">Its title.</param>
/// <param name="Modules">The courses that are its modules, archived ones excepted; at least two.</param>
/// <param name="Fees">Of all days and classes.</param>
internal sealed record WholePrice(string Programme, IReadOnlyList<Guid> Modules, IReadOnlyList<WholeFee> Fees)
{
    /// <summary>As many as an order has dates.</summary>
    public const int MostModules = 10;

    // places.price_rule
    private const int RuleLength = 200;

    /// <summary>What one person's places cost that are booked in one order.</summary>
    /// <param name="dates">On which they come, in the order in which they begin, each with a price.</param>
    /// <param name="wholes">Of the programmes that the order may complete.</param>
    /// <returns>The price of the place on each date, in pence and by its rule.</returns>
    public static IReadOnlyList<Price> PricesOf(IReadOnlyList<DateLine> dates, IReadOnlyList<WholePrice> wholes)
    {
        var prices = dates.Select(date => date.Price ?? throw new ArgumentException($"Date {date.Id} has no price.", nameof(dates))).ToArray();
        foreach (var whole in wholes)
        {
            whole.Apply(dates, prices);
        }

        return prices;
    }

    /// <summary>
    /// Divides a whole in proportion to the parts' own prices, to the penny: what each share lacks of a whole penny is cut off, and the pence that are
    /// left over go, one each, to the first parts that were cut. No share is more than the own price; what is free stays free.
    /// </summary>
    /// <param name="whole">In pence, less than the own prices together.</param>
    /// <param name="own">In pence, of each part.</param>
    public static int[] Divide(int whole, IReadOnlyList<int> own)
    {
        var sum = own.Sum(pence => (long)pence);
        if (whole < 0 || whole >= sum)
        {
            throw new ArgumentOutOfRangeException(nameof(whole), whole, "A whole is less than its parts.");
        }

        var shares = own.Select(pence => (int)((long)whole * pence / sum)).ToArray();
        var left = whole - shares.Sum();
        for (var part = 0; left > 0; part++)
        {
            if ((long)whole * own[part] % sum != 0)
            {
                shares[part]++;
                left--;
            }
        }

        return shares;
    }

    /// <summary>
    /// The fee in force on the first of the dates: that of the payer's class, else everybody's if the payer pays what everybody pays. Null when there is none.
    /// </summary>
    public WholeFee? FeeOn(IReadOnlyCollection<DateLine> dates)
    {
        var day = dates.Min(date => date.RunsOn);
        var payer = dates.First().PayerClassId;
        var own = InForce(day, fee => payer is null ? fee.IsEverybody : fee.PayerClassId == payer);
        return own is not null || payer is not { } known || dates.Any(date => date.ClassPrices?.Of(known) is not null)
            ? own
            : InForce(day, fee => fee.IsEverybody);
    }

    private WholeFee? InForce(DateOnly day, Func<WholeFee, bool> isTheirs) =>
        Fees.Where(fee => fee.StartsOn <= day && isTheirs(fee)).MaxBy(fee => fee.StartsOn);

    private void Apply(IReadOnlyList<DateLine> dates, Price[] prices)
    {
        // Of two dates of one module the first; the other is at its own price.
        var places = Modules.Select(module => Array.FindIndex([.. dates], date => date.CourseId == module)).Order().ToList();
        if (places.Contains(-1) || FeeOn([.. places.Select(place => dates[place])]) is not { Pence: { } whole } fee)
        {
            return;
        }

        var own = places.ConvertAll(place => prices[place].Each.Pence);
        if (whole >= own.Sum())
        {
            return;
        }

        var (shares, rule) = (Divide(whole, own), RuleOf(fee, whole, own));
        for (var part = 0; part < places.Count; part++)
        {
            prices[places[part]] = new(new(shares[part]), rule) { AlonePence = own[part] };
        }
    }

    /// <summary>"Quiet voices as a whole, £220 instead of 5 × £55"</summary>
    private string RuleOf(WholeFee fee, int whole, List<int> own)
    {
        var each = new Money(own[0]);
        var instead = own.TrueForAll(pence => pence == each.Pence)
            ? string.Create(CultureInfo.InvariantCulture, $"{own.Count} × {each}")
            : new Money(own.Sum()).ToString();
        var rest = $" as a whole, {new Money(whole)} instead of {instead}{(fee.IsEverybody ? "" : $" for {fee.Words}")}";
        return Programme.Length + rest.Length <= RuleLength ? Programme + rest : Programme[..(RuleLength - rest.Length - 1)] + "…" + rest;
    }
}
