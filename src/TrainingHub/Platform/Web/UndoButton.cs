using System.Globalization;

namespace TrainingHub.Platform.Web;

/// <summary>One button that undoes one act, or several that were done together. At least one can be undone.</summary>
internal sealed record UndoButton(IReadOnlyList<UndoOffer> Offers)
{
    private IReadOnlyList<UndoOffer> Open { get; } = [.. Offers.Where(offer => offer.WhyNot is null)];

    /// <summary>Of the act, or of the group.</summary>
    public Guid Id => Offers.Count > 1 && Offers[0].Act.GroupId is { } group ? group : Open[0].Act.Id;

    public static string Address(Guid id) => $"/staff/undo/{id}";

    /// <summary>What leaves, and when: "Emails go out at 2:32pm." Null when nothing does.</summary>
    public string? Waits => Open.Max(offer => offer.Act.HeldUntil) is { } until
        ? $"Emails and refunds that follow wait until {London.Words(TimeOnly.FromDateTime(London.At(until)))}."
        : null;

    public string Text => Open.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"Undo all {Open.Count}") : "Undo";

    public string Brings => Open.Count > 1 ? "" : Open[0].Brings;

    /// <summary>For who hears the button alone.</summary>
    public string What => Open.Count > 1 ? "" : $": {char.ToLowerInvariant(Open[0].Done.Act[0])}{Open[0].Done.Act[1..]}, {London.Moment(Open[0].Done.At)}";
}
