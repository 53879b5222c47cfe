using System.Globalization;

namespace TrainingHub.Surveys;

/// <summary>How many of those who were asked have answered; the only place where that is divided.</summary>
/// <param name="Sent">Invitations sent.</param>
/// <param name="Undelivered">Of them, those that came back or could not be sent and were not answered.</param>
/// <param name="Answered">Of them, those that were answered.</param>
internal sealed record ResponseRate(int Sent, int Undelivered, int Answered)
{
    /// <summary>Printed beside every rate.</summary>
    public const string Definition =
        "The response rate is the surveys answered, divided by the invitations sent and delivered. Invitations that came back or could not be sent are left out. "
        + "A survey belongs to the period in which it was due. Imported answers are not counted.";

    public int Asked => Sent - Undelivered;

    /// <summary>Per cent, one decimal; null when nobody was asked.</summary>
    public decimal? PerCent => Asked == 0 ? null : Math.Round(100m * Answered / Asked, 1, MidpointRounding.AwayFromZero);

    /// <summary>"37.5%"; "not known" when nobody was asked.</summary>
    public string Words => PerCent is { } known ? known.ToString("0.0", CultureInfo.InvariantCulture) + "%" : "not known";

    public static ResponseRate operator +(ResponseRate left, ResponseRate right) =>
        new(left.Sent + right.Sent, left.Undelivered + right.Undelivered, left.Answered + right.Answered);
}
