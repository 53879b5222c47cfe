using System.Globalization;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Catalogue;

/// <summary>The offer as a workbook, to sort and to plan with: a sheet of courses and a sheet of the dates that are still to come.</summary>
internal static class OfferWorkbook
{
    private static readonly string[] CourseColumns =
        ["Course", "Programme", "Module", "Dates", "of which Saturday", "of which Sunday", "of which twilight", "Length", "Fee in pounds", "Why it is in the offer", "Delivery", "Page"];

    private static readonly string[] DateColumns = ["Date", "From", "Until", "Course", "Where", "Fee in pounds", "Page", "All meetings"];

    // Only where somebody pays another fee, so that a partnership with one fee has no empty column.
    private const string OtherFees = "Fees of others";

    /// <summary>"training-offer-2026-27-as-of-2026-11-29.xlsx".</summary>
    public static string NameOf(PrintedOffer offer) =>
        string.Create(CultureInfo.InvariantCulture, $"training-offer-{CatalogueUrls.YearOf(offer.Year)}-as-of-{offer.AsOf:yyyy-MM-dd}.xlsx");

    public static async Task<byte[]> WriteAsync(PrintedOffer offer, DateTimeOffset now, Func<string, string> absolute, CancellationToken ct)
    {
        using var output = new MemoryStream();
        string[] more = offer.Lines.Any(line => line.OtherFees.Count > 0) ? [OtherFees] : [];
        await using (var writer = await WorkbookWriter.CreateAsync(output, ct))
        {
            await writer.AddSheetAsync("Courses", [.. CourseColumns, .. more], [.. offer.Lines.Select(line => RowOf(line, absolute))], ct);
            var coming = offer.Lines.SelectMany(line => line.Dates).Where(date => date.StartsAt > now).OrderBy(date => date.StartsAt).ThenBy(date => date.Course);
            await writer.AddSheetAsync("Dates to come", [.. DateColumns, .. more], [.. coming.Select(date => RowOf(date, absolute))], ct);
            await writer.FinishAsync(ct);
        }

        return output.ToArray();
    }

    private static string[] RowOf(OfferLine line, Func<string, string> absolute) =>
    [
        line.Course.Title,
        line.Course.Module?.Programme ?? "",
        line.Course.Module is { } module ? Number(module.Number) : "",
        Number(line.Dates.Count),
        Number(line.Dates.Count(date => date.Slot == RunSlot.Saturday)),
        Number(line.Dates.Count(date => date.Slot == RunSlot.Sunday)),
        Number(line.Dates.Count(date => date.Slot == RunSlot.Twilight)),
        CourseFacts.WordsOf(line.Course.Length) ?? "",
        string.Join(" or ", line.Fees.Select(fee => fee.Amount)),
        line.Course.TagWords ?? "",
        line.DeliveryWords,
        absolute(CatalogueUrls.Course(line.Course.Slug)),
        .. Cell(line.OtherFees),
    ];

    private static string[] RowOf(DateLine date, Func<string, string> absolute) =>
    [
        date.RunsOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        London.At(date.EachMeeting[0].StartsAt).ToString("HH:mm", CultureInfo.InvariantCulture),
        London.At(date.EachMeeting[0].EndsAt).ToString("HH:mm", CultureInfo.InvariantCulture),
        date.Course,
        date.Where,
        date.Price?.Each.Amount ?? "",
        absolute(CatalogueUrls.Date(date.Id)),
        date.Meetings is null ? "" : date.TimeWords,
        .. Cell(date.ClassPrices?.Words ?? []),
    ];

    private static string[] Cell(IEnumerable<string> fees) => string.Join("; ", fees) is { Length: > 0 } words ? [words] : [];

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
