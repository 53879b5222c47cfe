using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Catalogue;

/// <summary>One row of a programme file, read and checked by itself.</summary>
internal sealed record ProgrammeRow(
    CsvRow Row,
    string Course,
    string Reference,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    int Capacity,
    DeliveryMode Delivery,
    string? Venue,
    Guid? AreaId,
    string? Provider,
    Money? Fee,
    string? Tag,
    string? Level,
    CourseLength? Length,
    string? TitleOnOffer)
{
    public const int LevelLength = 40;
    public const int NameLength = 150;

    public static readonly IReadOnlyList<CsvColumn> Columns =
    [
        CsvColumn.Required("course", Catalogue.Course.TitleLength),
        CsvColumn.Required("run_reference", CourseRun.ReferenceLength),
        CsvColumn.Required("date"),
        CsvColumn.Required("start"),
        CsvColumn.Required("end"),
        CsvColumn.Required("capacity"),
        CsvColumn.Optional("delivery"),
        CsvColumn.Optional("venue", NameLength),
        CsvColumn.Optional("area"),
        CsvColumn.Optional("provider", NameLength),
        CsvColumn.Optional("fee"),
        CsvColumn.Optional("tag", Catalogue.Course.TagLength),
        CsvColumn.Optional("level", LevelLength),
        CsvColumn.Optional("length"),
        CsvColumn.Optional("title_on_offer", Catalogue.Course.TitleLength),
    ];

    private static readonly CsvNames<DeliveryMode> Deliveries = new(
        [new("In person", DeliveryMode.InPerson), new("Online", DeliveryMode.Online), new("in-person", DeliveryMode.InPerson), new("Virtual", DeliveryMode.Online)]);

    private static readonly CsvNames<CourseLength> Lengths = new(
        [new("Half day", CourseLength.HalfDay), new("Full day", CourseLength.FullDay), new("half-day", CourseLength.HalfDay), new("full-day", CourseLength.FullDay)]);

    public DateTimeOffset StartsAt => London.Instant(Date, Start);

    public DateTimeOffset EndsAt => London.Instant(Date, End);

    /// <returns>Null when something required cannot be read; the table holds the errors.</returns>
    public static ProgrammeRow? Read(CsvRow row, CsvNames<Guid> areas)
    {
        var (date, start, end) = (row.Date("date"), row.Time("start"), row.Time("end"));
        var capacity = row.Whole("capacity", 1, CourseRun.MaxCapacity);
        var delivery = row.OneOf("delivery", Deliveries) ?? DeliveryMode.InPerson;
        var area = row.OneOf("area", areas);
        var fee = row.Money("fee");
        var length = row.OneOf("length", Lengths);
        if (start >= end)
        {
            row.Fail("end", "The end must be after the start, on the same day.");
        }

        if (row.Text("course") is not { } course || row.Text("run_reference") is not { } reference
            || date is null || start is null || end is null || capacity is null)
        {
            return null;
        }

        return new ProgrammeRow(
            row, course, reference, date.Value, start.Value, end.Value, capacity.Value, delivery, row.Text("venue"), area, row.Text("provider"),
            fee, row.Text("tag"), row.Text("level"), length, row.Text("title_on_offer"));
    }
}
