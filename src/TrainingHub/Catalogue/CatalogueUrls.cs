namespace TrainingHub.Catalogue;

/// <summary>Paths of public pages, as in the contract; relative to the site's root.</summary>
internal static class CatalogueUrls
{
    public const string Courses = "/courses";
    public const string Calendar = "/courses.ics";
    public const string NewsFeed = "/feed.atom";

    public static string Course(string slug) => $"/courses/{slug}";

    public static string CourseCalendar(string slug) => $"/courses/{slug}.ics";

    /// <summary>Where somebody asks to be told of the first dates.</summary>
    public static string TellMe(string slug) => $"/courses/{slug}/tell-me";

    public static string Date(Guid runId) => $"/dates/{runId}";

    public static string Book(Guid runId) => $"/dates/{runId}/book";

    public static string Wait(Guid runId) => $"/dates/{runId}/wait";

    /// <summary>Stands where the id of a record stands, for one that is not there yet.</summary>
    public const string New = "new";

    public const string StaffCourses = "/staff/courses";
    public const string NewCourse = $"{StaffCourses}/{New}";
    public const string StaffTags = $"{StaffCourses}/tags";

    public static string StaffCourse(Guid id) => $"{StaffCourses}/{id}";

    public const string StaffFees = "/staff/fees";

    public const string StaffHolidays = "/staff/school-holidays";
    public const string NewHoliday = $"{StaffHolidays}/{New}";

    public static string StaffHoliday(Guid id) => $"{StaffHolidays}/{id}";

    public const string StaffVenues = "/staff/venues";
    public const string NewVenue = $"{StaffVenues}/{New}";

    public static string StaffVenue(Guid id) => $"{StaffVenues}/{id}";

    public const string StaffProviders = "/staff/providers";
    public const string NewProvider = $"{StaffProviders}/{New}";

    public static string StaffProvider(Guid id) => $"{StaffProviders}/{id}";

    public static string NewTrainer(Guid provider) => $"{StaffProviders}/{provider}/trainers/{New}";

    public static string StaffTrainer(Guid provider, Guid id) => $"{StaffProviders}/{provider}/trainers/{id}";
}
