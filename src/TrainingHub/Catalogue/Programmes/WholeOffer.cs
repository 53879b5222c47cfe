using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>One class's two ways to pay for a programme: what its modules cost on the next date of each, and as a whole.</summary>
/// <param name="Words">Of the class, after "for"; null for everybody's.</param>
/// <param name="Each">"£55" or "£55 to £82"</param>
/// <param name="Alone">All modules, each at its own fee.</param>
/// <param name="Whole">Null where the modules are not cheaper together.</param>
internal sealed record WholeOfferLine(string? Words, string Each, Money Alone, Money? Whole)
{
    public Money Saved => new(Alone.Pence - (Whole ?? Alone).Pence);
}

/// <summary>What a programme costs as a whole beside module by module, as long as every module has a date that can be booked.</summary>
/// <param name="Modules">How many there are.</param>
/// <param name="Lines">Everybody's first.</param>
internal sealed record WholeOffer(int Modules, IReadOnlyList<WholeOfferLine> Lines)
{
    /// <param name="db">Where the fees are.</param>
    /// <param name="next">The next date of each module that can be booked, with a price.</param>
    /// <param name="ct">To stop.</param>
    /// <returns>Null when nobody gets a lower price as a whole.</returns>
    public static async Task<WholeOffer?> ReadAsync(TrainingHubDb db, IReadOnlyCollection<DateLine> next, CancellationToken ct) =>
        await WholePrices.ReadAsync(db, next.Select(date => date.Id), ct) is [var whole] ? Of(whole, next) : null;

    private static WholeOffer? Of(WholePrice whole, IReadOnlyCollection<DateLine> next)
    {
        var others = next.SelectMany(date => date.ClassPrices?.All ?? []).Select(price => (Id: price.PayerClassId, price.Words))
            .Concat(whole.Fees.Where(fee => !fee.IsEverybody).Select(fee => (Id: fee.PayerClassId, fee.Words)))
            .DistinctBy(payer => payer.Id);
        var lines = others.Select(payer => LineOf(whole, next, payer.Id, payer.Words)).Prepend(LineOf(whole, next, null, null)).ToList();
        return lines.Exists(line => line.Whole is not null) ? new(whole.Modules.Count, lines) : null;
    }

    private static WholeOfferLine LineOf(WholePrice whole, IReadOnlyCollection<DateLine> next, Guid? payer, string? words)
    {
        var dates = next.Where(date => whole.Modules.Contains(date.CourseId)).Select(date => date with { PayerClassId = payer }).ToList();
        var pence = dates.ConvertAll(date => date.Price?.Each.Pence ?? 0);
        var (least, most, alone) = (new Money(pence.Min()), new Money(pence.Max()), new Money(pence.Sum()));
        return new(
            words, least == most ? $"{least}" : $"{least} to {most}", alone,
            whole.FeeOn(dates) is { Pence: { } together } && together < alone.Pence ? new Money(together) : null);
    }
}
