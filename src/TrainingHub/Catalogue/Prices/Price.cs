using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>What one place costs and the rule that says so: "Full-day fee from 1 April 2024".</summary>
internal sealed record Price(Money Each, string Rule)
{
    public bool IsFree => Each == Money.Zero;
}
