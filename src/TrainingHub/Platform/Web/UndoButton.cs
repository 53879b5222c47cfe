using System.Globalization;

namespace TrainingHub.Platform.Web;

/// <summary>One button that undoes one act, or several that were done together. At least one can be undone.</summary>
internal sealed record UndoButton(IReadOnlyList<UndoOffer> Offers)
{
    private IReadOnlyList<UndoOffer> Open { get; } = [.. Offers.Where(offer => offer.WhyNot is null)];

    /// <summary>Of the act, or of the group.</summary>
    public Guid Id => Offers.Count > 1 && Offers[0].Act.GroupId is { } group ? group : Open[0].Act.Id;

    public static string Address(Guid id) => $"/staff/undo/{id}";

    /// <summary>What leaves, and when; null when nothing does.</summary>
    public string? Waits => Open.Max(offer => offer.Act.HeldUntil) is { } until
        ? $"Emails, and refunds if there are any, go out at {London.Words(TimeOnly.FromDateTime(London.At(until)))}."
        : null;

    public string Text => Open.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"Undo all {Open.Count}") : "Undo";

    /// <summary>What pressing it brings back, a sentence; null for several, whose rows differ.</summary>
    public string? Brings => Open.Count > 1 ? null : $"If you undo this, {char.ToLowerInvariant(Open[0].Brings[0])}{Open[0].Brings[1..]}";

    /// <summary>For who hears the button alone.</summary>
    public string What => Open.Count > 1 ? "" : $": {char.ToLowerInvariant(Open[0].Done.Act[0])}{Open[0].Done.Act[1..]}, {London.Moment(Open[0].Done.At)}";
}
