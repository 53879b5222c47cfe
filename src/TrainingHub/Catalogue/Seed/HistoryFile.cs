using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>Past years of which only totals are published: how many dates with how many places, and how many people came.</summary>
internal sealed record HistoryFile(IReadOnlyList<HistoryFile.Year> Years, IReadOnlyDictionary<string, int> CourseWeights)
{
    public static HistoryFile Read() => SeedFile.ReadJson<HistoryFile>("Catalogue.Seed.history.json");

    internal sealed record Places(int Capacity, int Count);

    /// <param name="StartsIn">2022 for 2022/23.</param>
    /// <param name="Prefix">References are the prefix, a dash and three digits from 001.</param>
    /// <param name="Runs">How many dates with how many places.</param>
    /// <param name="Attendances">Over all dates of the year.</param>
    internal sealed record Year(int StartsIn, string Prefix, IReadOnlyList<Places> Runs, int Attendances)
    {
        public FinancialYear Financial => new(StartsIn);

        public int RunCount => Runs.Sum(runs => runs.Count);

        public int PlaceCount => Runs.Sum(runs => runs.Count * runs.Capacity);
    }
}
