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

    // Letters of the usual size.
    private const int LineLength = 32;

    public int Height => Math.Max(1, Bars.Count) * RowHeight;

    public static string Number(decimal value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A label as it stands beside its bar: on one line, or in smaller letters on two, parted at a space.</summary>
    public static IReadOnlyList<string> Lines(string label)
    {
        if (label.Length <= LineLength)
        {
            return [label];
        }

        // Two of about the same length, so that neither runs into the bars.
        var at = label.LastIndexOf(' ', Math.Min(label.Length - 1, (label.Length / 2) + 4));
        return at < 1 ? [label] : [label[..at], label[(at + 1)..]];
    }
}

/// <param name="Percent">0 to 100; longer bars are cut at the full width.</param>
/// <param name="Text">The text at the bar's end: "91.5%".</param>
internal sealed record Bar(string Label, decimal Percent, string Text)
{
    public decimal Width => BarChart.FullWidth * Math.Clamp(Percent, 0, 100) / 100;
}
