using System.Globalization;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Portal;

/// <summary>Places as a file for a spreadsheet: a row each, days as 2027-03-27, pounds as 55.00.</summary>
internal static class SeenFile
{
    public const string ContentType = "text/csv; charset=utf-8";

    public static byte[] Write(IEnumerable<SeenPlace> places, DateTimeOffset now) => new TextTable(
        ["date", "year", "course", "name", "state", "price", "booking"],
        [.. places.Select(place => new[]
        {
            place.RunsOn.ToString("O", CultureInfo.InvariantCulture), place.Year.ToString(), place.Course, place.NameWords, SeenPlace.Words(place.StateAt(now)),
            new Money(place.ChargedPence).Amount, place.Reference,
        })]).ToCsvFile();
}
