using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>The published offer: courses with their titles over time, fees, and how many dates each has in a year.</summary>
internal sealed record OfferFile(
    IReadOnlyList<OfferFile.PayerRow> PayerClasses,
    IReadOnlyList<OfferFile.Schedule> FeeSchedules,
    IReadOnlyList<OfferFile.ProgrammeRow> Programmes,
    IReadOnlyList<OfferFile.CourseRow> Courses)
{
    public static OfferFile Read() => SeedFile.ReadJson<OfferFile>("Catalogue.Seed.courses.json");

    /// <summary>Who pays another fee, by the names of their areas.</summary>
    internal sealed record PayerRow(string Name, string Words, IReadOnlyList<string> Areas);

    internal sealed record Schedule(DateOnly StartsOn, int HalfDayPence, int FullDayPence, string Reason)
    {
        public IReadOnlyList<OwnFees> Classes { get; init; } = [];
    }

    internal sealed record OwnFees(string PayerClass, int HalfDayPence, int FullDayPence);

    internal sealed record ProgrammeRow(string Slug, string Title, string Summary)
    {
        public IReadOnlyList<WholeFee> Fees { get; init; } = [];
    }

    /// <summary>Of a programme as a whole; without a class it is everybody's.</summary>
    internal sealed record WholeFee(DateOnly StartsOn, int Pence, string? PayerClass = null);

    internal sealed record Fee(DateOnly StartsOn, int Pence);

    /// <summary>How many dates a year, and how many of them are on a Saturday or at twilight.</summary>
    internal sealed record YearOfDates(string Code, int Count, int Saturdays, int Twilights);

    internal sealed record CourseRow(string Slug, string Title, string Summary, string Audience, IReadOnlyList<string> Titles)
    {
        public string? Tag { get; init; }
        public string? LinkedTo { get; init; }
        public string? Level { get; init; }
        public string? Length { get; init; }
        public bool IsNew { get; init; }
        public string? SurveyTitle { get; init; }
        public string? Programme { get; init; }
        public int? Module { get; init; }
        public int? OfferOrder { get; init; }
        public string? SearchWords { get; init; }
        public IReadOnlyList<Fee> Fees { get; init; } = [];
        public YearOfDates? Runs { get; init; }

        /// <summary>The courses' own words and every title that they have or had.</summary>
        public string AllSearchWords => string.Join(' ', [.. Titles, SearchWords ?? ""]).Trim();
    }
}
