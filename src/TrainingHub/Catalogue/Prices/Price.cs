using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>What one place costs and the rule that says so: "Full-day fee from 1 April 2024".</summary>
internal sealed record Price(Money Each, string Rule)
{
    /// <summary>What others pay, as long as it is not known who asks; null when everybody pays the same.</summary>
    public ClassPrices? Others { get; init; }

    /// <summary>What the place would cost by itself, when this is its share of a programme as a whole; else null.</summary>
    public int? AlonePence { get; init; }

    public bool IsFree => Each == Money.Zero;

    public bool IsFreeForAll => IsFree && Others is null;

    /// <summary>"£55", or "£55, or £82 for organisations outside the county".</summary>
    public string Words => $"{Each}{OtherWords}";

    /// <summary>", or £82 for organisations outside the county"; empty when everybody pays the same.</summary>
    public string OtherWords => Others is null ? "" : $", or {string.Join(", or ", Others.Words)}";

    /// <summary>"£55 or £82", where there is no room to say who pays what.</summary>
    public string Amounts => Others is null ? $"{Each}" : string.Join(" or ", Others.All.Select(one => new Money(one.Pence)).Prepend(Each).Distinct());
}
