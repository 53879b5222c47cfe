using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>How long what bookings hold about people is kept. Whoever a legal hold covers stays named.</summary>
internal static class BookingRetention
{
    private const string CourseYears = "after the financial year of the course";
    private const string ToGivePlaces = "To give places, tell people about them, and know which organisations are trained";

    /// <summary>As long as names in bookings are kept.</summary>
    public static readonly Period Names = Period.FinancialYears(6);

    private static readonly Period AfterDate = Period.Days(30);
    private static readonly Period AfterDecision = Period.Months(12);

    // Of bookings: none of their dates is kept any more, or none ever was and they are as old.
    private const string NoDateIsKept =
        """
        (booking.created_at < @before_day or exists (select from places where places.booking_id = booking.id))
        and not exists (
            select from places place
            join course_runs run on run.id = place.run_id
            where place.booking_id = booking.id and run.runs_on >= @before_day)
        """;

    // A place keeps its person until the names of its date are over, and longer under a legal hold.
    private const string NoPlaceKeepsThem =
        """
        not exists (
            select from places place
            join course_runs run on run.id = place.run_id
            where place.person_id = people.id and (run.runs_on >= @other_day or is_held(place.id)))
        """;

    // Nobody decides about it any more: no booking holds it.
    private const string Lapses =
        """
        application.state = 'Pending'
        and not exists (select from bookings where bookings.free_place_application_id = application.id)
        """;

    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        Of("access-needs", "Access needs", "So that the trainer can prepare", AfterDate, "after the course", new(
            "places",
            "places.access_needs is not null and exists (select from course_runs run where run.id = places.run_id and run.ends_at < @before)",
            "update places set access_needs = null")),
        Of("place-notices", "What people were told before a course", "So that nothing is told twice", AfterDate, "after they were told", new("place_notices", "sent_at < @before")),
        Of("waiting-lists", "Places on waiting lists", "To write to people when a place is free", AfterDate, "after the course", new(
            "waiting_list_entries entry", "exists (select from course_runs run where run.id = entry.run_id and run.ends_at < @before)")),
        Of("date-messages", "Messages that staff wrote to everybody on a date", "To see what people were told", Period.Years(1), "after they were sent", new("date_messages", "sent_at < @before")),
        Of("applications-undecided", "Applications for free places that nobody decided", "To decide fairly", AfterDecision, "after they came; then they lapse", new(
            "free_place_applications application",
            $"coalesce(asked_at, created_at) < @before and {Lapses}",
            "update free_place_applications application set state = 'Lapsed', decided_at = coalesce(asked_at, created_at)")),
        Of("applications", "Applications for free places: what was written", "To decide fairly and show why", AfterDecision, "after the decision", new(
            "free_place_applications application",
            $"about <> '' and (decided_at < @before or (coalesce(asked_at, created_at) < @before and {Lapses}))",
            """
            update free_place_applications application
            set about = '', registered_number = null, reason = case when reason is null then null else '' end,
                applicant_name = null, applicant_email = null, question = null, answer = null, turnover_pounds = null
            """)),
        Of("visitors", "Which browser and network a booking came from", "So that nobody takes all the places without paying", Period.Days(2), "after the booking", new(
            "bookings", "network_hash is not null and created_at < @before", "update bookings set browser_hash = null, network_hash = null")),
        Of("booking-notes", "Notes of the team about a booking", "So that whoever speaks to somebody next knows what was agreed", Names, CourseYears, new(
            "booking_notes note", $"exists (select from bookings booking where booking.id = note.booking_id and {NoDateIsKept})")),
        Of("bookers", "Who booked, and where the invoice goes", ToGivePlaces, Names, CourseYears, new(
            "bookings booking",
            $"""
            (booker_name is not null or booker_email is not null or invoice_email is not null)
            and {NoDateIsKept}
            and not exists (select from places place where place.booking_id = booking.id and is_held(place.id))
            """,
            "update bookings booking set booker_name = null, booker_email = null, invoice_email = null")),
        Of("places", "The name on a place, and what was said about the course that comes first", ToGivePlaces, Names, CourseYears, new(
            "places",
            """
            (places.person_id is not null or places.delegate_name is not null)
            and exists (select from course_runs run where run.id = places.run_id and run.runs_on < @before_day)
            and not is_held(places.id)
            """,
            "update places set person_id = null, delegate_name = null, prerequisite_id = null, prerequisite_said = null, prerequisite_detail = null")),
        Of("former-names", "Former names and addresses of people with no place", "To know them again in older lists", AfterDate, "after we first had them, or when their last place loses its name", new(
            "person_aliases alias", $"exists (select from people where people.id = alias.person_id and people.created_at < @before and {NoPlaceKeepsThem})")) with { Other = Names },
        Of("people", "People with no place on any date", "To know them again if they are booked soon", AfterDate, "after we first had them, or when their last place loses its name", new(
            "people", $"created_at < @before and {NoPlaceKeepsThem}") { First = ["delete from elearning_completions where person_id in ({rows})"] }) with { Other = Names },
        Of("organisation-contacts", "Contacts of organisations, and where their invoices go", "To ask them about bookings", Names, "after the financial year of its last course", new(
            "organisations",
            """
            contact_changed_at < @before_day
            and not exists (
                select from bookings
                join places place on place.booking_id = bookings.id
                join course_runs run on run.id = place.run_id
                where bookings.organisation_id = organisations.id and run.runs_on >= @before_day)
            """,
            """
            update organisations
            set contact_name = null, contact_email = null, contact_phone = null, invoice_address = null, invoice_email = null, purchase_order_note = null,
                contact_changed_at = null
            """)),
        new("drafts", "What people type before they book", "So that they can go back and change it", Period.Of(BookingDraft.Life), "after they last typed")
        {
            Job = nameof(ClearBookingDrafts), Rows = new("booking_drafts", "expires_at <= @now"),
        },
    ];

    private static RetentionRule Of(string key, string what, string why, Period kept, string after, RetentionRows rows) =>
        new(key, what, why, kept, after) { Job = nameof(ForgetPersonalData), Rows = rows };
}
