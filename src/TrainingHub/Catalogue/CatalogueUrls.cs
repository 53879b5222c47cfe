using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>Paths of public pages, as in the contract; relative to the site's root.</summary>
internal static class CatalogueUrls
{
    public const string Courses = "/courses";
    public const string Calendar = "/courses.ics";
    public const string NewsFeed = "/feed.atom";

    public const string Events = "/events";
    public const string Resources = "/resources";
    public const string StaffResources = "/staff/resources";
    public const string NewResource = $"{StaffResources}/{New}";

    public static string StaffResource(Guid id) => $"{StaffResources}/{id}";

    public const string Offer = "/offer";
    public const string Programmes = "/programmes";

    /// <summary>The offer of a year; that of the present one has the short address.</summary>
    public static string OfferOf(FinancialYear year, FinancialYear present) => year == present ? Offer : $"{Offer}/{YearOf(year)}";

    public static string OfferFile(FinancialYear year, FinancialYear present) => OfferOf(year, present) + ".xlsx";

    /// <summary>"2026-27".</summary>
    public static string YearOf(FinancialYear year) => year.ToString().Replace('/', '-');

    public static string Programme(string slug) => $"{Programmes}/{slug}";

    public static string Course(string slug) => $"/courses/{slug}";

    public static string CourseCalendar(string slug) => $"/courses/{slug}.ics";

    /// <summary>Where somebody asks to be told of the first dates.</summary>
    public static string TellMe(string slug) => $"/courses/{slug}/tell-me";

    public static string Date(Guid runId) => $"/dates/{runId}";

    public static string Book(Guid runId) => $"/dates/{runId}/book";

    /// <summary>Where somebody asks for the recording of an event.</summary>
    public static string WantRecording(Guid runId) => $"/dates/{runId}/recording";

    /// <summary>For somebody who asked for a recording; the page stands in the room Attendance.</summary>
    public static string AskedRecording(string token) => $"/recordings/{token}";

    public static string Wait(Guid runId) => $"/dates/{runId}/wait";

    /// <summary>Stands where the id of a record stands, for one that is not there yet.</summary>
    public const string New = Edit.New;

    public const string StaffCourses = "/staff/courses";
    public const string NewCourse = $"{StaffCourses}/{New}";
    public const string StaffTags = $"{StaffCourses}/tags";

    public static string StaffCourse(Guid id) => $"{StaffCourses}/{id}";

    public const string NewDates = "/staff/dates/new";

    public static string NewDatesOf(Guid course) => $"{NewDates}?course={course}";

    public const string StaffFees = "/staff/fees";
    public const string StaffCancellation = "/staff/cancellation";
    public const string NewPayerClass = $"{StaffFees}/payers/{New}";

    public static string StaffPayerClass(Guid id) => $"{StaffFees}/payers/{id}";

    public const string StaffProgrammes = "/staff/programmes";
    public const string NewProgramme = $"{StaffProgrammes}/{New}";

    public static string StaffProgramme(Guid id) => $"{StaffProgrammes}/{id}";

    public const string StaffSearchMeanings = "/staff/search-words";
    public const string NewSearchMeaning = $"{StaffSearchMeanings}/{New}";

    public static string StaffSearchMeaning(Guid id) => $"{StaffSearchMeanings}/{id}";

    public const string StaffDistricts = "/staff/postcode-districts";

    public const string StaffHolidays = "/staff/school-holidays";
    public const string NewHoliday = $"{StaffHolidays}/{New}";

    public static string StaffHoliday(Guid id) => $"{StaffHolidays}/{id}";

    public const string StaffVenues = "/staff/venues";
    public const string NewVenue = $"{StaffVenues}/{New}";

    public static string StaffVenue(Guid id) => $"{StaffVenues}/{id}";

    public const string StaffProviders = "/staff/providers";
    public const string NewProvider = $"{StaffProviders}/{New}";

    public static string StaffProvider(Guid id) => $"{StaffProviders}/{id}";

    /// <summary>Whether the contract and documents are in order, what was seen and said, and when it is looked at again.</summary>
    public static string ProviderQuality(Guid id) => $"{StaffProvider(id)}/quality";

    public static string NewTrainer(Guid provider) => $"{StaffProviders}/{provider}/trainers/{New}";

    public static string StaffTrainer(Guid provider, Guid id) => $"{StaffProviders}/{provider}/trainers/{id}";
}
