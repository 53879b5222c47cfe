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
    private readonly IReadOnlyList<OrderedDate> dates;
    private readonly DateTimeOffset linkExpiresAt;
    private readonly SecretToken token = SecretToken.New();
    private readonly IReadOnlyList<Guid> placeIds;
    private readonly DelegateLinks links;
    private readonly List<OutgoingEmail> emails;

    /// <summary>One place as it is written: who comes, if that is known, what it costs and by which rule, and what it would cost if it were not free.</summary>
    private sealed record OrderedPlace(Delegate? Coming, Price Price, int NormalPence);

    /// <summary>One date of the order with its places: those who are named in their order, then those without a name.</summary>
    private sealed record OrderedDate(DateLine Run, IReadOnlyList<OrderedPlace> Places, int? MostPlaces, Guid? OfferId);

    private BookPlaceRows(
        BookPlaceRequest request, IReadOnlyDictionary<Guid, DateLine> runs, IReadOnlyDictionary<Guid, IReadOnlyList<Price>> prices, SiteOptions site, DateTimeOffset now,
        CancellationPolicy? policy)
    {
        (this.request, this.now) = (request, now);
        isHeld = request.IsHeld;
        heldUntil = request.Method == PaymentMethod.Card ? request.Staff?.HoldUntil ?? now + BookPlace.CardHold : null;
        dates = [.. request.Dates.Select(date => Ordered(date, runs[date.RunId], prices[date.RunId])).OrderBy(date => date.Run.StartsAt)];
        // Sorted, so that places come back in the order of the dates and in which people were named.
        placeIds = [.. Enumerable.Range(0, dates.Sum(date => date.Places.Count)).Select(_ => Guid.CreateVersion7(now)).Order()];
        links = new(site, now);
        linkExpiresAt = BookingEmails.LinkExpiry(dates.Max(date => date.Run.EndsAt));
        Booked = new(request.BookingId, Reference.New(), isHeld ? BookingState.Held : BookingState.Confirmed, request.Method);
        emails = Emails(site, policy);
    }

    public BookedBooking Booked { get; }

    /// <param name="request"></param>
    /// <param name="runs">All dates of the request, each with a price.</param>
    /// <param name="prices">Of each place, as <see cref="OrderPrices"/> has them.</param>
    /// <param name="site"></param>
    /// <param name="now"></param>
    /// <param name="policy">The cancellation policy that the table lets it accept, for the words of the confirmation.</param>
    public static BookPlaceRows Of(
        BookPlaceRequest request, IReadOnlyDictionary<Guid, DateLine> runs, IReadOnlyDictionary<Guid, IReadOnlyList<Price>> prices, SiteOptions site, DateTimeOffset now,
        CancellationPolicy? policy) =>
        new(request, runs, prices, site, now, policy);

    /// <summary>The same form again, a delegate who has a place, or a run whose CHECK refused one more.</summary>
    public static bool IsRefusal(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.CheckViolation
        && error.ConstraintName is "pk_bookings" or "ux_places_live_person" or "ck_course_runs_places" or "ck_course_runs_held_back" or "ck_course_runs_waited_for"
            or "ck_free_place_awards_places" or "ck_free_place_years_places" or "ck_free_place_years_pence";

    /// <summary>
    /// A reference that is in use already, a deadlock, or a person who was forgotten at this very moment.
    /// </summary>
    public static bool IsWorthAnotherTry(PostgresException error) =>
        error.SqlState == PostgresErrorCodes.DeadlockDetected
        || (error.SqlState == PostgresErrorCodes.UniqueViolation && error.ConstraintName == "ux_bookings_reference")
        || (error.SqlState == PostgresErrorCodes.ForeignKeyViolation && error.ConstraintName == "fk_places_person_id");

    /// <param name="text">Sql/BookPlace.sql: the lock of the visitor, which is left out when nobody is bounded, how to plan, and the booking.</param>
    /// <param name="connection"></param>
    public NpgsqlBatch Batch(string text, NpgsqlConnection connection)
    {
        var batch = new NpgsqlBatch(connection);
        var statements = text.Split(";\n");
        if (request.Visitor is not null)
        {
            var locks = new NpgsqlBatchCommand(statements[0]);
            AddMany(locks.Parameters, "visitor_locks", NpgsqlDbType.Bigint, VisitorKeys(request.Visitor).Select(key => BitConverter.ToInt64(key)));
            batch.BatchCommands.Add(locks);
        }

        batch.BatchCommands.Add(new(statements[1]));
        var command = new NpgsqlBatchCommand(statements[2]);
        AddDates(command.Parameters);
        AddVisitor(command.Parameters);
        AddBooking(command.Parameters);
        AddPeople(command.Parameters);
        AddPlaces(command.Parameters);
        AddEmails(command.Parameters);
        AddLinks(command.Parameters);
        batch.BatchCommands.Add(command);
        return batch;
    }

    private byte[][] VisitorKeys(Visitor visitor) => [visitor.BrowserHash, visitor.NetworkHash, Tries.SubjectOf(EmailAddress.KeyOf(request.BookerEmail))];

    private void AddVisitor(NpgsqlParameterCollection row)
    {
        var wanted = request.Dates.Sum(date => date.Places);
        Add(row, "browser_hash", NpgsqlDbType.Bytea, request.Visitor?.BrowserHash);
        Add(row, "network_hash", NpgsqlDbType.Bytea, request.Visitor?.NetworkHash);
        Add(row, "booker_key", NpgsqlDbType.Text, EmailAddress.KeyOf(request.BookerEmail));
        Add(row, "hour_ago", NpgsqlDbType.TimestampTz, now.AddHours(-1));
        Add(row, "wanted", NpgsqlDbType.Integer, wanted);
        Add(row, "unpaid_wanted", NpgsqlDbType.Integer, isHeld ? wanted : 0);
        Add(row, "most_unpaid", NpgsqlDbType.Integer, Visitor.MostUnpaid);
        Add(row, "most_an_hour", NpgsqlDbType.Integer, Visitor.MostAnHour);
        Add(row, "most_unpaid_of_network", NpgsqlDbType.Integer, Visitor.MostUnpaidOfNetwork);
    }

    private void AddDates(NpgsqlParameterCollection row)
    {
        AddMany(row, "run_ids", NpgsqlDbType.Uuid, dates.Select(date => date.Run.Id));
        AddMany(row, "run_changes", NpgsqlDbType.Integer, dates.Select(date => date.Run.ChangeNumber));
        AddMany(row, "run_places", NpgsqlDbType.Integer, dates.Select(date => date.Places.Count));
        AddMany(row, "run_most_places", NpgsqlDbType.Integer, dates.Select(date => date.MostPlaces));
        AddMany(row, "run_offers", NpgsqlDbType.Uuid, dates.Select(date => date.OfferId));
        Add(row, "offer_event_id", NpgsqlDbType.Uuid, Guid.CreateVersion7(now));
    }

    private void AddBooking(NpgsqlParameterCollection row)
    {
        var organisation = request.OrganisationName is { } name ? Organisation.KeyOf(name) : null;
        Add(row, "now", NpgsqlDbType.TimestampTz, now);
        Add(row, "origin", NpgsqlDbType.Text, (request.Staff is null ? BookingOrigin.Online : BookingOrigin.Staff).ToString());
        Add(row, "begins_after", NpgsqlDbType.TimestampTz, request.Staff?.BeginsAfter);
        Add(row, "added_to_id", NpgsqlDbType.Uuid, request.Staff?.AddedToId ?? request.AddedToId);
        Add(row, "organisation_key", NpgsqlDbType.Text, string.IsNullOrEmpty(organisation) ? null : organisation);
        Add(row, "organisation_id", NpgsqlDbType.Uuid, Guid.CreateVersion7(now));
        Add(row, "organisation_name", NpgsqlDbType.Text, request.OrganisationName);
        Add(row, "sector_id", NpgsqlDbType.Uuid, request.SectorId);
        Add(row, "area_id", NpgsqlDbType.Uuid, request.AreaId);
        Add(row, "application_id", NpgsqlDbType.Uuid, request.FreePlace is null ? null : Guid.CreateVersion7(now));
        Add(row, "applicant", NpgsqlDbType.Text, request.FreePlace?.Applicant.ToString());
        Add(row, "registered_number", NpgsqlDbType.Text, request.FreePlace?.RegisteredNumber);
        Add(row, "about", NpgsqlDbType.Text, request.FreePlace?.About);
        Add(row, "policy_id", NpgsqlDbType.Uuid, request.FreePlace?.PolicyId);
        Add(row, "decide_on", NpgsqlDbType.Date, request.FreePlace?.DecideOn);
        Add(row, "award_id", NpgsqlDbType.Uuid, request.AwardId);
        Add(row, "today", NpgsqlDbType.Date, London.DateOf(now));
        Add(row, "booking_id", NpgsqlDbType.Uuid, request.BookingId);
        Add(row, "reference", NpgsqlDbType.Text, Booked.Reference);
        Add(row, "booker_name", NpgsqlDbType.Text, request.BookerName);
        Add(row, "booker_email", NpgsqlDbType.Text, request.BookerEmail);
        Add(row, "payment_method", NpgsqlDbType.Text, request.Method.ToString());
        Add(row, "purchase_order", NpgsqlDbType.Text, request.PurchaseOrder);
        Add(row, "invoice_email", NpgsqlDbType.Text, request.InvoiceEmail);
        Add(row, "booking_state", NpgsqlDbType.Text, Booked.State.ToString());
        Add(row, "held_until", NpgsqlDbType.TimestampTz, heldUntil);
        Add(row, "confirmed_at", NpgsqlDbType.TimestampTz, isHeld ? null : now);
    }

    /// <summary>The booker's to the booking, and each delegate's to their own page of a place.</summary>
    private void AddLinks(NpgsqlParameterCollection row)
    {
        List<SecretLink> all = [SecretLink.Of(token, Booking.LinkPurpose, request.BookingId, now, linkExpiresAt), .. links.Made];
        AddMany(row, "link_hashes", NpgsqlDbType.Bytea, all.Select(link => link.Hash));
        AddMany(row, "link_purposes", NpgsqlDbType.Text, all.Select(link => link.Purpose));
        AddMany(row, "link_subjects", NpgsqlDbType.Uuid, all.Select(link => link.SubjectId));
        AddMany(row, "link_expiries", NpgsqlDbType.TimestampTz, all.Select(link => link.ExpiresAt));
    }

    /// <summary>Each person once, on however many dates.</summary>
    private void AddPeople(NpgsqlParameterCollection row)
    {
        var people = request.Dates.SelectMany(date => date.Delegates).DistinctBy(coming => coming.Key).ToList();
        AddMany(row, "person_ids", NpgsqlDbType.Uuid, people.Select(_ => Guid.CreateVersion7(now)));
        AddMany(row, "names", NpgsqlDbType.Text, people.Select(person => person.Name));
        AddMany(row, "name_keys", NpgsqlDbType.Text, people.Select(person => person.Key.Name));
        AddMany(row, "emails", NpgsqlDbType.Text, people.Select(person => person.Email));
        AddMany(row, "email_keys", NpgsqlDbType.Text, people.Select(person => person.Key.Email));
    }

    private void AddPlaces(NpgsqlParameterCollection row)
    {
        var places = dates.SelectMany(date => date.Places.Select(place => (date.Run, place.Coming, place.Price, place.NormalPence))).ToList();
        Add(row, "place_state", NpgsqlDbType.Text, (isHeld ? PlaceState.Held : PlaceState.Confirmed).ToString());
        AddMany(row, "place_ids", NpgsqlDbType.Uuid, placeIds);
        AddMany(row, "place_prices", NpgsqlDbType.Integer, places.Select(place => place.Price.Each.Pence));
        AddMany(row, "place_price_rules", NpgsqlDbType.Text, places.Select(place => place.Price.Rule));
        AddMany(row, "place_alone", NpgsqlDbType.Integer, places.Select(place => place.Price.AlonePence));
        AddMany(row, "place_forgone", NpgsqlDbType.Integer, places.Select(place => request.AwardId is null ? (int?)null : place.NormalPence));
        AddMany(row, "place_runs", NpgsqlDbType.Uuid, places.Select(place => place.Run.Id));
        AddMany(row, "place_names", NpgsqlDbType.Text, places.Select(place => place.Coming?.Name));
        AddMany(row, "place_name_keys", NpgsqlDbType.Text, places.Select(place => place.Coming?.Key.Name));
        AddMany(row, "place_email_keys", NpgsqlDbType.Text, places.Select(place => place.Coming?.Key.Email));
        AddMany(row, "access_needs", NpgsqlDbType.Text, places.Select(place => place.Coming?.AccessNeeds));
        AddMany(row, "prerequisite_ids", NpgsqlDbType.Uuid, places.Select(place => place.Coming?.Prerequisite?.CourseId));
        AddMany(row, "prerequisites_said", NpgsqlDbType.Text, places.Select(place => place.Coming?.Prerequisite?.Said.ToString()));
        AddMany(row, "prerequisite_details", NpgsqlDbType.Text, places.Select(place => place.Coming?.Prerequisite?.Detail));
    }

    private void AddEmails(NpgsqlParameterCollection row)
    {
        AddMany(row, "email_ids", NpgsqlDbType.Uuid, emails.Select(email => email.Id));
        AddMany(row, "email_kinds", NpgsqlDbType.Text, emails.Select(email => email.Kind));
        AddMany(row, "email_models", NpgsqlDbType.Text, emails.Select(email => email.Model));
        AddMany(row, "email_addresses", NpgsqlDbType.Text, emails.Select(email => email.ToAddress));
        AddMany(row, "email_subjects", NpgsqlDbType.Text, emails.Select(email => email.Subject));
    }

    private List<OutgoingEmail> Emails(SiteOptions site, CancellationPolicy? policy)
    {
        var next = 0;
        var summary = new BookingSummary(
            Booked.Reference, request.BookerName, request.BookerEmail, request.Method, request.PurchaseOrder, IsTakenHere: true,
            [.. dates.Select(date => new BookedDate(date.Run, [.. date.Places.Select(place => place.Coming is { } person
                ? new BookedDelegate(placeIds[next++], person.Name, person.Email, person.AccessNeeds is not null, place.Price.Each.Pence, place.Price.Rule)
                : BookedDelegate.Unnamed(placeIds[next++], date.Run, place.Price.Each.Pence, place.Price.Rule))]))])
        {
            Policy = BookingPolicy.BeforeBooking(policy, request.Method, [.. dates.Select(date => date.Run)], [.. dates.SelectMany(date => date.Places).Select(place => place.Price.Each.Pence)], now),
        };
        var words = new BookingEmails(summary, site, token);
        if (isHeld)
        {
            var awaits = request.Method == PaymentMethod.Card ? BookingAwaits.CardPayment : BookingAwaits.FreePlaceDecision;
            return [OutgoingEmail.To(request.BookerEmail, words.Received(awaits, heldUntil, request.FreePlace?.DecideOn), now, Booked.Reference)];
        }

        return [
            OutgoingEmail.To(request.BookerEmail, words.Confirmed(words.PaymentWords(now)), now, Booked.Reference),
            .. BookingEmails.ToDelegates(summary, links, now)];
    }

    private OrderedDate Ordered(DateRequest date, DateLine run, IReadOnlyList<Price> prices) => new(
        run,
        [.. prices.Select((price, index) => new OrderedPlace(index < date.Delegates.Count ? date.Delegates[index] : null, Charged(price), price.Each.Pence))],
        date.MostPlaces,
        date.Offer?.EntryId);

    private Price Charged(Price price)
    {
        var free = request.Method == PaymentMethod.FreePlace ? BookPlace.FreePlaceRule : request.Staff?.FreeBecause is null ? null : BookPlace.FreeByStaffRule;
        return free is not null && !price.IsFree ? new(Money.Zero, free) : price;
    }

    private static void Add(NpgsqlParameterCollection row, string name, NpgsqlDbType type, object? value) =>
        row.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });

    private static void AddMany<T>(NpgsqlParameterCollection row, string name, NpgsqlDbType type, IEnumerable<T> values) =>
        row.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = values.ToArray() });
}
