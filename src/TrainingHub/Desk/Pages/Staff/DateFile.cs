using System.Globalization;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The list of dates as a file: what the page shows and, for a spreadsheet, each fact in a column of its own.</summary>
internal static class DateFile
{
    private static readonly string[] Columns =
    [
        "reference", "course", "date", "start", "end", "where", "area", "provider", "state", "capacity", "taken", "left", "waiting", "confirmed", "marked", "attended", "fee",
    ];

    public static TextTable Of(IReadOnlyList<DateRow> rows, DateTimeOffset now) => new(Columns, [.. rows.Select(row => Line(row, now))]);

    private static string[] Line(DateRow row, DateTimeOffset now)
    {
        var date = row.Date;
        var isOver = date.IsDeliveredAt(now);
        return
        [
            date.Reference, date.Course, date.RunsOn.ToString("O", CultureInfo.InvariantCulture), Time(date.StartsAt), Time(date.EndsAt), date.Where, date.Area ?? "", date.Provider ?? "",
            State(date.State), Number(date.Capacity), Number(date.PlacesTaken), Number(date.PlacesLeft), Number(row.Waiting), Number(row.Confirmed),
            isOver ? Number(row.Marked) : "", isOver ? Number(row.Attended) : "", date.Pence is { } pence ? new Money(pence).Amount : "",
        ];
    }

    private static string State(RunState state) => state switch
    {
        RunState.Draft => "draft",
        RunState.Scheduled => "on",
        RunState.Cancelled => "cancelled",
    };

    private static string Time(DateTimeOffset at) => London.At(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
