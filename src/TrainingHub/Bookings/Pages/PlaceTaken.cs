using TrainingHub.Catalogue;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>What is said when somebody has a place on the date already: to who booked it, who; to a stranger, nothing.</summary>
internal static class PlaceTaken
{
    /// <param name="name"></param>
    /// <param name="date">Which one; null where there is one.</param>
    public static string By(string name, DateLine? date = null) =>
        $"{name} already has a place on {(date is null ? "this date" : $"{date.Course}, {date.DayWords}")}";

    /// <summary>Helps who made the other booking, and does not say that there is one.</summary>
    public static string Unsaid(SiteOptions site) =>
        "We could not do this online. If somebody here may have been booked on this date before, use the link in our email about that booking: with it you can also pay, or give the place up. "
        + $"Or contact the training team: {site.ContactEmail}, {site.ContactPhone}";
}
