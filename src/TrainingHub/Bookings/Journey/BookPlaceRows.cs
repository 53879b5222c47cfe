using Npgsql;
using NpgsqlTypes;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>What one booking writes, in the order of Sql/BookPlace.sql, and what the errors of that statement mean.</summary>
internal sealed class BookPlaceRows
{
    private readonly BookPlaceRequest request;
    private readonly DateTimeOffset now;
    private readonly bool isHeld;
    private readonly DateTimeOffset? heldUntil;
    private readonly int pricePence;
    private readonly string priceRule;
    private readonly DateTimeOffset linkExpiresAt;
    private readonly SecretToken token = SecretToken.New();
    private readonly List<OutgoingEmail> emails;

    private BookPlaceRows(BookPlaceRequest request, BookableRun run, Price price, SiteOptions site, DateTimeOffset now)
    {
        (this.request, this.now) = (request, now);
        isHeld = request.Method is PaymentMethod.Card or PaymentMethod.FreePlace;
        heldUntil = request.Method == PaymentMethod.Card ? now + BookPlace.CardHold : null;
        var isFreePlace = request.Method == PaymentMethod.FreePlace;
        (pricePence, priceRule) = isFreePlace ? (0, BookPlace.FreePlaceRule) : (price.Each.Pence, price.Rule);
        linkExpiresAt = BookingEmails.LinkExpiry(run.EndsAt);
        Booked = new(request.BookingId, Reference.New(), isHeld ? BookingState.Held : BookingState.Confirmed, request.Method);
        emails = Emails(run, site);
    }

    public BookedBooking Booked { get; }

    public static BookPlaceRows Of(BookPlaceRequest request, BookableRun run, Price price, SiteOptions site, DateTimeOffset now) =>
        new(request, run, price, site, now);

    /// <summary>The same form again, a delegate who has a place, or a run whose CHECK refused one more.</summary>
    public static bool IsRefusal(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.CheckViolation
        && error.ConstraintName is "pk_bookings" or "ux_places_live_person" or "ck_course_runs_places";

    /// <summary>
    /// A reference that is in use already, a circle of waits that the database broke, or a person who was forgotten at this very
    /// moment.
    /// </summary>
    public static bool IsWorthAnotherTry(PostgresException error) =>
        error.SqlState == PostgresErrorCodes.DeadlockDetected
        || (error.SqlState == PostgresErrorCodes.UniqueViolation && error.ConstraintName == "ux_bookings_reference")
        || (error.SqlState == PostgresErrorCodes.ForeignKeyViolation && error.ConstraintName == "fk_places_person_id");

    public NpgsqlCommand Command(string statement, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(statement, connection);
        AddBooking(command.Parameters);
        AddDelegates(command.Parameters);
        AddEmails(command.Parameters);
        return command;
    }

    private void AddBooking(NpgsqlParameterCollection row)
    {
        var organisation = request.OrganisationName is { } name ? Organisation.KeyOf(name) : null;
        Add(row, "places", NpgsqlDbType.Integer, request.Delegates.Count);
        Add(row, "run_id", NpgsqlDbType.Uuid, request.RunId);
        Add(row, "now", NpgsqlDbType.TimestampTz, now);
        Add(row, "organisation_key", NpgsqlDbType.Text, string.IsNullOrEmpty(organisation) ? null : organisation);
        Add(row, "organisation_id", NpgsqlDbType.Uuid, Guid.CreateVersion7(now));
        Add(row, "organisation_name", NpgsqlDbType.Text, request.OrganisationName);
        Add(row, "sector_id", NpgsqlDbType.Uuid, request.SectorId);
        Add(row, "area_id", NpgsqlDbType.Uuid, request.AreaId);
        Add(row, "application_id", NpgsqlDbType.Uuid, request.FreePlace is null ? null : Guid.CreateVersion7(now));
        Add(row, "applicant", NpgsqlDbType.Text, request.FreePlace?.Applicant.ToString());
        Add(row, "registered_number", NpgsqlDbType.Text, request.FreePlace?.RegisteredNumber);
        Add(row, "about", NpgsqlDbType.Text, request.FreePlace?.About);
        Add(row, "booking_id", NpgsqlDbType.Uuid, request.BookingId);
        Add(row, "reference", NpgsqlDbType.Text, Booked.Reference);
        Add(row, "booker_name", NpgsqlDbType.Text, request.BookerName);
        Add(row, "booker_email", NpgsqlDbType.Text, request.BookerEmail);
        Add(row, "payment_method", NpgsqlDbType.Text, request.Method.ToString());
        Add(row, "price_rule", NpgsqlDbType.Text, priceRule);
        Add(row, "purchase_order", NpgsqlDbType.Text, request.PurchaseOrder);
        Add(row, "invoice_email", NpgsqlDbType.Text, request.InvoiceEmail);
        Add(row, "booking_state", NpgsqlDbType.Text, Booked.State.ToString());
        Add(row, "held_until", NpgsqlDbType.TimestampTz, heldUntil);
        Add(row, "confirmed_at", NpgsqlDbType.TimestampTz, isHeld ? null : now);
        Add(row, "link_hash", NpgsqlDbType.Bytea, token.Hash);
        Add(row, "link_purpose", NpgsqlDbType.Text, Booking.LinkPurpose);
        Add(row, "link_expires_at", NpgsqlDbType.TimestampTz, linkExpiresAt);
    }

    private void AddDelegates(NpgsqlParameterCollection row)
    {
        var coming = request.Delegates;
        Add(row, "price_pence", NpgsqlDbType.Integer, pricePence);
        Add(row, "place_state", NpgsqlDbType.Text, (isHeld ? PlaceState.Held : PlaceState.Confirmed).ToString());
        // Sorted, so that places come back in the order in which people were named.
        AddMany(row, "place_ids", NpgsqlDbType.Uuid, coming.Select(_ => Guid.CreateVersion7(now)).Order());
        AddMany(row, "person_ids", NpgsqlDbType.Uuid, coming.Select(_ => Guid.CreateVersion7(now)));
        AddMany(row, "names", NpgsqlDbType.Text, coming.Select(person => person.Name));
        AddMany(row, "name_keys", NpgsqlDbType.Text, coming.Select(person => person.Key.Name));
        AddMany(row, "emails", NpgsqlDbType.Text, coming.Select(person => person.Email));
        AddMany(row, "email_keys", NpgsqlDbType.Text, coming.Select(person => person.Key.Email));
        AddMany(row, "access_needs", NpgsqlDbType.Text, coming.Select(person => person.AccessNeeds));
    }

    private void AddEmails(NpgsqlParameterCollection row)
    {
        AddMany(row, "email_ids", NpgsqlDbType.Uuid, emails.Select(email => email.Id));
        AddMany(row, "email_kinds", NpgsqlDbType.Text, emails.Select(email => email.Kind));
        AddMany(row, "email_models", NpgsqlDbType.Text, emails.Select(email => email.Model));
        AddMany(row, "email_addresses", NpgsqlDbType.Text, emails.Select(email => email.ToAddress));
        AddMany(row, "email_subjects", NpgsqlDbType.Text, emails.Select(email => email.Subject));
    }

    private List<OutgoingEmail> Emails(BookableRun run, SiteOptions site)
    {
        var summary = new BookingSummary(
            Booked.Reference,
            request.BookerName,
            request.BookerEmail,
            request.Method,
            request.PurchaseOrder,
            [.. request.Delegates.Select(person => new BookedDelegate(person.Name, person.Email, person.AccessNeeds is not null, pricePence))],
            priceRule,
            run);
        var words = new BookingEmails(summary, site, token);
        if (isHeld)
        {
            var awaits = request.Method == PaymentMethod.Card ? BookingAwaits.CardPayment : BookingAwaits.FreePlaceDecision;
            return [OutgoingEmail.To(request.BookerEmail, words.Received(awaits, heldUntil), now, Booked.Reference)];
        }

        return [
            OutgoingEmail.To(request.BookerEmail, words.Confirmed(words.PaymentWords(now)), now, Booked.Reference),
            .. BookingEmails.ToDelegates(summary, site, now)];
    }

    private static void Add(NpgsqlParameterCollection row, string name, NpgsqlDbType type, object? value) =>
        row.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });

    private static void AddMany<T>(NpgsqlParameterCollection row, string name, NpgsqlDbType type, IEnumerable<T> values) =>
        row.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = values.ToArray() });
}
