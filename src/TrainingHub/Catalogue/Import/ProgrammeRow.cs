using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Catalogue;

/// <summary>One row of a programme file, read and checked by itself. Null = the file does not say.</summary>
internal sealed record ProgrammeRow(
    FileRow Row,
    string Course,
    string Reference,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    int Capacity,
    DeliveryMode? Delivery,
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
    public const string VenueColumn = "venue";
    public const string AreaColumn = "area";
    public const string ProviderColumn = "provider";
    public const string FeeColumn = "fee";

    public static readonly FileKind Kind = new("programme", "Programme: courses and dates", "programme",
    [
        FileColumn.Required("course", Catalogue.Course.TitleLength).Like("Neglect"),
        FileColumn.Required("run_reference", CourseRun.ReferenceLength).Like("NEG-2027-03"),
        FileColumn.Required("date", ColumnKind.Date).Like("2027-03-18"),
        FileColumn.Required("start", ColumnKind.Time).Like("09:30"),
        FileColumn.Required("end", ColumnKind.Time).Like("12:30"),
        FileColumn.Required("capacity", ColumnKind.Whole).Like("20"),
        FileColumn.Optional("delivery", ColumnKind.Listed).Like("In person"),
        FileColumn.Optional(VenueColumn, NameLength).Like("Town Hall"),
        FileColumn.Optional(AreaColumn, ColumnKind.Listed),
        FileColumn.Optional(ProviderColumn, NameLength).Like("Trainers Ltd"),
        FileColumn.Optional(FeeColumn, ColumnKind.Money).Like("52.50"),
        FileColumn.Optional("tag", Catalogue.Course.TagLength),
        FileColumn.Optional("level", LevelLength),
        FileColumn.Optional("length", ColumnKind.Listed).Like("Half day"),
        FileColumn.Optional("title_on_offer", Catalogue.Course.TitleLength),
    ]);

    public static readonly KnownNames<DeliveryMode> Deliveries = new(
        [new("In person", DeliveryMode.InPerson), new("Online", DeliveryMode.Online)],
        [new("in-person", DeliveryMode.InPerson), new("Face to face", DeliveryMode.InPerson), new("Virtual", DeliveryMode.Online)]);

    public static readonly KnownNames<CourseLength> Lengths = new(
        [new("Half day", CourseLength.HalfDay), new("Full day", CourseLength.FullDay)],
        [new("half-day", CourseLength.HalfDay), new("full-day", CourseLength.FullDay)]);

    public static string Words(DeliveryMode mode) => mode switch
    {
        DeliveryMode.InPerson => "In person",
        DeliveryMode.Online => "Online",
    };

    /// <returns>Null when something required cannot be read; the table holds the errors.</returns>
    public static ProgrammeRow? Read(FileRow row, KnownNames<Guid> areas)
    {
        var (date, start, end) = (row.Date("date"), row.Time("start"), row.Time("end"));
        var capacity = row.Whole("capacity", 1, CourseRun.MaxCapacity);
        var delivery = row.OneOf("delivery", Deliveries);
        var area = row.OneOf(AreaColumn, areas);
        var fee = row.Money(FeeColumn);
        var length = row.OneOf("length", Lengths);
        CheckTimes(row, date, start, end);
        if (row.Text("course") is not { } course || row.Text("run_reference") is not { } reference
            || date is null || start is null || end is null || capacity is null)
        {
            return null;
        }

        return new ProgrammeRow(
            row, course, reference, date.Value, start.Value, end.Value, capacity.Value, delivery, row.Text(VenueColumn), area, row.Text(ProviderColumn),
            fee, row.Text("tag"), row.Text("level"), length, row.Text("title_on_offer"));
    }

    private static void CheckTimes(FileRow row, DateOnly? date, TimeOnly? start, TimeOnly? end)
    {
        if (start >= end)
        {
            row.Fail("end", "The end must be after the start, on the same day. Write 23:59 for a date that ends at midnight or later.");
        }

        Exists("start", start);
        Exists("end", end);

        void Exists(string column, TimeOnly? time)
        {
            if (date is { } day && time is { } at && !London.Exists(day, at))
            {
                row.Fail(column, $"There is no {at:HH:mm} on {London.Words(day)}: the clocks go forward from 01:00 to 02:00.");
            }
        }
    }
}
