using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Catalogue;

/// <summary>One row of a programme file, read and checked by itself.</summary>
internal sealed record ProgrammeRow(
    FileRow Row,
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

    public static readonly IReadOnlyList<FileColumn> Columns =
    [
        FileColumn.Required("course", Catalogue.Course.TitleLength),
        FileColumn.Required("run_reference", CourseRun.ReferenceLength),
        FileColumn.Required("date"),
        FileColumn.Required("start"),
        FileColumn.Required("end"),
        FileColumn.Required("capacity"),
        FileColumn.Optional("delivery"),
        FileColumn.Optional("venue", NameLength),
        FileColumn.Optional("area"),
        FileColumn.Optional("provider", NameLength),
        FileColumn.Optional("fee"),
        FileColumn.Optional("tag", Catalogue.Course.TagLength),
        FileColumn.Optional("level", LevelLength),
        FileColumn.Optional("length"),
        FileColumn.Optional("title_on_offer", Catalogue.Course.TitleLength),
    ];

    private static readonly KnownNames<DeliveryMode> Deliveries = new(
        [new("In person", DeliveryMode.InPerson), new("Online", DeliveryMode.Online), new("in-person", DeliveryMode.InPerson), new("Virtual", DeliveryMode.Online)]);

    private static readonly KnownNames<CourseLength> Lengths = new(
        [new("Half day", CourseLength.HalfDay), new("Full day", CourseLength.FullDay), new("half-day", CourseLength.HalfDay), new("full-day", CourseLength.FullDay)]);

    public DateTimeOffset StartsAt => London.Instant(Date, Start);

    public DateTimeOffset EndsAt => London.Instant(Date, End);

    /// <returns>Null when something required cannot be read; the table holds the errors.</returns>
    public static ProgrammeRow? Read(FileRow row, KnownNames<Guid> areas)
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
