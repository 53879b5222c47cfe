using System.Globalization;

namespace TrainingHub.Reporting.Pages.Staff;

/// <summary>
/// A chart of horizontal bars, drawn on the server. Values are per cent, 0 to 100; the table beside it says the same in numbers.
/// </summary>
/// <param name="Id">Unique on the page.</param>
/// <param name="Title">Read out in place of the picture, with every bar's label and text.</param>
internal sealed record BarChart(string Id, string Title, IReadOnlyList<Bar> Bars)
{
    public const int RowHeight = 34;
    public const int LabelWidth = 262;
    public const int FullWidth = 290;

    public int Height => Math.Max(1, Bars.Count) * RowHeight;

    public static string Number(decimal value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Labels that do not fit are cut; the table has them whole.</summary>
    public static string Short(string label) => label.Length <= 32 ? label : string.Concat(label.AsSpan(0, 31).TrimEnd(), "…");
}

/// <param name="Percent">0 to 100; longer bars are cut at the full width.</param>
/// <param name="Text">The text at the bar's end: "91.5%".</param>
internal sealed record Bar(string Label, decimal Percent, string Text)
{
    public decimal Width => BarChart.FullWidth * Math.Clamp(Percent, 0, 100) / 100;
}
