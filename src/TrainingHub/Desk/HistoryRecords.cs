using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Desk.Pages.Staff;
using TrainingHub.FreePlaces;
using TrainingHub.Payments;
using TrainingHub.People;
using TrainingHub.PersonalData;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;

namespace TrainingHub.Desk;

/// <param name="Words">What it is called today; null when it has no name or is gone.</param>
/// <param name="Url">Its page; null when it has none.</param>
internal sealed record HistoryRecord(Guid Id, string? Words, string? Url);

/// <summary>A kind of record that history is about, in the words of staff.</summary>
/// <param name="Type">As history has it.</param>
/// <param name="Words">"Date".</param>
/// <param name="FindAsync">Those that are still there.</param>
internal sealed record HistoryKind(
    string Type, string Words, Func<TrainingHubDb, IReadOnlyCollection<Guid>, CancellationToken, Task<List<HistoryRecord>>> FindAsync);

/// <summary>What the entries of history are about: each kind of record, its name and its page.</summary>
internal static class HistoryRecords
{
    public static IReadOnlyList<HistoryKind> Kinds { get; } = [.. All().OrderBy(kind => kind.Words, StringComparer.Ordinal)];

    /// <summary>What this kind is called; the type itself where a later build wrote one that this one does not know.</summary>
    public static string KindWords(string type) => Kinds.FirstOrDefault(kind => kind.Type == type)?.Words ?? type;

    /// <summary>The records of these entries, by kind and id, in one query for each kind.</summary>
    public static async Task<Dictionary<(string Type, Guid Id), HistoryRecord>> FindAsync(
        TrainingHubDb db, IEnumerable<HistoryEntry> entries, CancellationToken ct)
    {
        var found = new Dictionary<(string, Guid), HistoryRecord>();
        foreach (var group in entries.GroupBy(entry => entry.RecordType))
        {
            if (Kinds.FirstOrDefault(kind => kind.Type == group.Key) is { } kind)
            {
                foreach (var record in await kind.FindAsync(db, [.. group.Select(entry => entry.RecordId).Distinct()], ct))
                {
                    found[(kind.Type, record.Id)] = record;
                }
            }
        }

        return found;
    }

    /// <summary>The records that a reference names: a booking, with its payments, or a date.</summary>
    public static async Task<IReadOnlyList<Guid>> OfReferenceAsync(TrainingHubDb db, string text, CancellationToken ct)
    {
        var reference = text.Trim().ToUpperInvariant();
        return await db.Bookings.Where(booking => booking.Reference == reference).Select(booking => booking.Id)
            .Concat(db.Payments.Where(payment => db.Bookings.Any(booking => booking.Id == payment.BookingId && booking.Reference == reference)).Select(payment => payment.Id))
            .Concat(db.CourseRuns.Where(run => run.Reference == reference).Select(run => run.Id))
            .Concat(db.Concerns.Where(concern => concern.Reference == reference).Select(concern => concern.Id))
            .ToListAsync(ct);
    }

    private static readonly HistoryRecord[] Settings =
    [
        new(SettingGroup.Partnership.Id, SettingGroup.Partnership.Name, DeskUrls.PartnershipSettings),
        new(SettingGroup.Deadlines.Id, SettingGroup.Deadlines.Name, DeskUrls.DeadlineSettings),
        new(SettingGroup.Look.Id, SettingGroup.Look.Name, DeskUrls.LookSettings),
        new(SettingGroup.Accounts.Id, SettingGroup.Accounts.Name, DeskUrls.AccountSettings),
    ];

    private static HistoryKind[] All() =>
    [
        new(nameof(Booking), "Booking", (db, ids, ct) => db.Bookings.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Reference, DeskUrls.Booking(one.Reference))).ToListAsync(ct)),
        new(nameof(Payment), "Payment", (db, ids, ct) => db.Payments.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(
                one.Id, db.Bookings.Where(booking => booking.Id == one.BookingId).Select(booking => booking.Reference).FirstOrDefault(),
                PaymentUrls.StaffPayment(one.Id))).ToListAsync(ct)),
        new(nameof(MoneyDifference), "Difference from Stripe", (db, ids, ct) => db.MoneyDifferences.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, DifferenceWords.Kind(one.Kind), PaymentUrls.Difference(one.Id))).ToListAsync(ct)),
        new(nameof(JournalExport), "Journal", (db, ids, ct) => db.JournalExports.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, $"Journal {one.Number}", PaymentUrls.Journal(one.Number))).ToListAsync(ct)),
        new(nameof(BankLine), "Money in the bank", (db, ids, ct) => db.BankLines.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, London.DayWords(one.PaidOn), PaymentUrls.BankLine(one.Id))).ToListAsync(ct)),
        new(nameof(FreePlaceApplication), "Application for free places", (db, ids, ct) => db.FreePlaceApplications.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.OrganisationName, FreePlaceUrls.StaffApplication(one.Id))).ToListAsync(ct)),
        new(nameof(FreePlaceAward), "Award of free places", (db, ids, ct) => db.FreePlaceAwards.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.OrganisationName, FreePlaceUrls.StaffAward(one.Id))).ToListAsync(ct)),
        new(nameof(FreePlacePolicy), "Policy for free places", (db, ids, ct) => db.FreePlacePolicies.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, new FinancialYear(one.YearStartsOn.Year).ToString(), FreePlaceUrls.StaffPolicy(one.Id))).ToListAsync(ct)),
        new(nameof(CourseRun), "Date", RunsAsync),
        new(nameof(AttendanceMark), "Register", RunsAsync),
        new(nameof(Certificate), "Certificate", (db, ids, ct) => db.Certificates.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Number, CertificateUrls.StaffPage(one.Id))).ToListAsync(ct)),
        new(nameof(Course), "Course", CoursesAsync),
        new(nameof(SurveyResponse), "Survey answers", CoursesAsync),
        new(nameof(Programme), "Programme", (db, ids, ct) => db.Programmes.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Title, CatalogueUrls.StaffProgramme(one.Id))).ToListAsync(ct)),
        new(nameof(Venue), "Venue", (db, ids, ct) => db.Venues.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, CatalogueUrls.StaffVenue(one.Id))).ToListAsync(ct)),
        new(nameof(Provider), "Provider", (db, ids, ct) => db.Providers.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, CatalogueUrls.StaffProvider(one.Id))).ToListAsync(ct)),
        new(nameof(Trainer), "Trainer", (db, ids, ct) => db.Trainers.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, $"{CatalogueUrls.StaffProvider(one.ProviderId)}/trainers/{one.Id}")).ToListAsync(ct)),
        new(nameof(SearchMeaning), "Search words", (db, ids, ct) => db.SearchMeanings.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, CatalogueUrls.StaffSearchMeaning(one.Id))).ToListAsync(ct)),
        new(nameof(SchoolHoliday), "School holiday", (db, ids, ct) => db.SchoolHolidays.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, CatalogueUrls.StaffHoliday(one.Id))).ToListAsync(ct)),
        new(nameof(Resource), "Toolkit or briefing", (db, ids, ct) => db.Resources.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Title, CatalogueUrls.StaffResource(one.Id))).ToListAsync(ct)),
        new(nameof(PayerClass), "Class of payers", (db, ids, ct) => db.PayerClasses.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, CatalogueUrls.StaffPayerClass(one.Id))).ToListAsync(ct)),
        .. LearningRecords.Kinds,
        new(nameof(FeeSchedule), "Fees", (_, ids, _) => AtAsync(ids, CatalogueUrls.StaffFees)),
        new(nameof(CancellationPolicy), "Cancellation policy", (_, ids, _) => AtAsync(ids, CatalogueUrls.StaffCancellation)),
        new(nameof(CourseTag), "Tags of courses", (_, ids, _) => AtAsync(ids, CatalogueUrls.StaffTags)),
        new(nameof(PostcodeDistrict), "Postcode districts", (_, ids, _) => AtAsync(ids, CatalogueUrls.StaffDistricts)),
        new(nameof(Organisation), "Organisation", (db, ids, ct) => db.Organisations.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, DeskUrls.Organisation(one.Id))).ToListAsync(ct)),
        new(nameof(Person), "Person", (db, ids, ct) => db.People.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, DeskUrls.Person(one.Id))).ToListAsync(ct)),
        new(nameof(DataRequest), "Data request", (db, ids, ct) => db.DataRequests.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Reference, PersonalDataUrls.Request(one.Id))).ToListAsync(ct)),
        new(nameof(OutgoingEmail), "Email", (db, ids, ct) => db.OutgoingEmails.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Subject, DeskUrls.Email(one.Id))).ToListAsync(ct)),
        new(nameof(DateMessage), "Message", (db, ids, ct) => db.DateMessages.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Subject, BookingUrls.SentMessage(one.Id))).ToListAsync(ct)),
        new(nameof(SurveyVersion), "Survey questions", (_, ids, _) => AtAsync(ids, SurveyUrls.Questions)),
        new(nameof(SurveyComment), "Survey comments", (_, ids, _) => AtAsync(ids, SurveyUrls.Comments)),
        new(nameof(WorryWord), "Words for comments", (_, ids, _) => AtAsync(ids, SurveyUrls.Words)),
        new(nameof(CommentTheme), "Theme of comments", (db, ids, ct) => db.CommentThemes.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, SurveyUrls.Theme(one.Id))).ToListAsync(ct)),
        new(nameof(Concern), "Concern", (db, ids, ct) => db.Concerns.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Reference, SurveyUrls.Concerns)).ToListAsync(ct)),
        new(nameof(StaffUser), "Staff account", (db, ids, ct) => db.Users.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, $"/staff/staff/{one.Id}")).ToListAsync(ct)),
        new(nameof(Area), "Area", (db, ids, ct) => db.Areas.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, DeskUrls.ListedName(NameListWords.Areas, one.Id))).ToListAsync(ct)),
        new(nameof(Sector), "Sector", (db, ids, ct) => db.Sectors.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, DeskUrls.ListedName(NameListWords.Sectors, one.Id))).ToListAsync(ct)),
        new(nameof(Toolkit), "Toolkit", (db, ids, ct) => db.Toolkits.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, DeskUrls.ListedName(NameListWords.Toolkits, one.Id))).ToListAsync(ct)),
        new(nameof(Setting), "Settings", (_, ids, _) => Task.FromResult(Settings.Where(group => ids.Contains(group.Id)).ToList())),
        new(nameof(TakenList), "Download", (_, _, _) => Task.FromResult(new List<HistoryRecord>())),
    ];

    private static Task<List<HistoryRecord>> RunsAsync(TrainingHubDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        (from run in db.CourseRuns
         join course in db.Courses on run.CourseId equals course.Id
         where ids.Contains(run.Id)
         select new HistoryRecord(run.Id, $"{course.Title}, {London.DayWords(run.RunsOn)}", BookingUrls.StaffDate(run.Id))).ToListAsync(ct);

    private static Task<List<HistoryRecord>> CoursesAsync(TrainingHubDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        db.Courses.Where(one => ids.Contains(one.Id)).Select(one => new HistoryRecord(one.Id, one.Title, CatalogueUrls.StaffCourse(one.Id))).ToListAsync(ct);

    // One page for all of them.
    private static Task<List<HistoryRecord>> AtAsync(IReadOnlyCollection<Guid> ids, string url) =>
        Task.FromResult(ids.Select(id => new HistoryRecord(id, null, url)).ToList());
}
