using System.Globalization;

namespace TrainingHub.Load;

/// <summary>What a benchmark found, beside a ceiling that was measured in the same run. The share is value ÷ ceiling.</summary>
internal sealed record Figure(string Name, double Value, string Unit, string CeilingName, double Ceiling, Target? Target = null)
{
    public double Percent => 100 * Value / Ceiling;

    public override string ToString()
    {
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{Name} {Rounded(Value)} {Unit} | {CeilingName} {Rounded(Ceiling)} {Unit} | {Percent:0.0} %");
        return Target is null ? line : $"{line} | target {Target.Words}: {(Target.IsMetBy(this) ? "met" : "MISSED")}";
    }

    private static string Rounded(double value) =>
        value.ToString(value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}

internal abstract record Target(string Words)
{
    public abstract bool IsMetBy(Figure figure);

    /// <summary>Of the ceiling.</summary>
    public static Target AtLeastPercent(double percent) => new Share(percent);

    public static Target AtMost(double limit, string unit) => new Limit(limit, unit);

    private sealed record Share(double Least) : Target(string.Create(CultureInfo.InvariantCulture, $"at least {Least} %"))
    {
        public override bool IsMetBy(Figure figure) => figure.Percent >= Least;
    }

    private sealed record Limit(double Most, string Unit) : Target(string.Create(CultureInfo.InvariantCulture, $"at most {Most} {Unit}"))
    {
        public override bool IsMetBy(Figure figure) => figure.Value <= Most;
    }
}
