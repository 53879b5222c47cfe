using System.Globalization;

namespace TrainingHub.Reporting;

/// <summary>Numbers as reports write them.</summary>
internal static class ReportNumbers
{
    /// <summary>One decimal, halves away from zero as published figures round; empty when there is nothing to divide by.</summary>
    public static string Percent(long part, long whole) => whole == 0 ? "" : OneDecimal(100m * part / whole);

    public static string OneDecimal(decimal value) =>
        Math.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
