using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Tests;

namespace TrainingHub.Load.Database;

/// <summary>
/// A year of one partnership: 2,876 places on dates from eight months ago to four months ahead, with its people, organisations, bookings of
/// one to five places, money, invoices, marks, emails and waiting lists. What it leaves open (a register, an invoice, an email that came
/// back) is little, as in life. The same number always makes the same year.
/// </summary>
internal sealed class PartnershipYear
{
    public const int PlacesEach = 2_876;

    private const int PlacesOnDate = 15;
    private const int Capacity = 20;
    private const int DaysPast = 240;
    private const int DaysInYear = 365;
    private const int OrganisationsEach = 60;
    private const int Pence = 5_500;

    private static readonly string[] First =
    [
        "Amina", "Zoë", "Daniel", "Sophie", "Mohammed", "Chloe", "Grace", "Oliver", "Priya", "Emily", "José", "Hannah", "Liam", "Siobhán", "Ruth",
        "Karen", "Tom", "Megan", "Adaeze", "Wei", "Helen", "Rachel", "Piotr", "Laura", "Björn", "Nia", "Claire", "Sam", "Ann", "Joanne",
    ];

    private static readonly string[] Stems =
    [
        "Smith", "Jones", "Taylor", "Brown", "Okafor", "Williams", "Shah", "Evans", "O’Brien", "Walker", "Wright", "Patel", "Hall", "Green", "Núñez",
        "Clark", "Hart", "Wood", "Kowalski", "Reed", "Ash", "Bar", "Cold", "Fen", "Grim", "Hol", "Kings", "Lang", "Mar", "Nor", "Pen", "Ran", "Sher",
        "Thorn", "Under", "Whit",
    ];

    private static readonly string[] Ends = ["", "", "", "son", "ley", "ford", "wood", "man", "field", "by", "ton", "worth"];

    private readonly Random random;
    private readonly int number;
    private readonly HashSet<Guid> onDate = [];

    [SuppressMessage("Security", "CA5394", Justification = "Invented people.")]
    public PartnershipYear(int number, Guid[] courses, Guid[] providers, Guid sector, Guid area, DateTimeOffset now)
    {
        (random, this.number) = (new Random(number), number);
        Organisations = [.. Enumerable.Range(1, OrganisationsEach).Select(one => Given.NewOrganisation(OrganisationName(one), isApproved: true))];
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var made = 0;
        for (var date = 1; made < PlacesEach; date++)
        {
            var startsAt = today.AddDays(random.Next(DaysInYear) - DaysPast).AddHours(random.Next(9, 17));
            var isReady = random.Next(20) > 0;
            var run = Given.NewRun(
                courses[random.Next(courses.Length)], startsAt, Capacity, random.Next(2) > 0 ? Pence : null, reference: $"Y{number:000}-{date:000}",
                provider: isReady ? providers[random.Next(providers.Length)] : null, link: isReady ? "https://meet.example.org" : null);
            Runs.Add(run);
            onDate.Clear();
            var places = Math.Min(PlacesOnDate - 5 + random.Next(10), PlacesEach - made);
            made += places;
            while (places > 0)
            {
                places -= Book(run, Math.Min(places, 1 + Math.Max(0, random.Next(8) - 4)), sector, area, now);
            }

            if (random.Next(20) == 0 && startsAt > now)
            {
                var waiting = NewPerson(now);
                Waiting.Add(Given.NewWaiting(run.Id, waiting.Name, waiting.Email, now.AddDays(-1)));
            }
        }
    }

    public IReadOnlyList<Organisation> Organisations { get; }
    public List<CourseRun> Runs { get; } = [];
    public List<Person> People { get; } = [];
    public List<Booking> Bookings { get; } = [];
    public List<Place> Places { get; } = [];
    public List<AttendanceMark> Marks { get; } = [];
    public List<Invoice> Invoices { get; } = [];
    public List<InvoiceLine> Lines { get; } = [];
    public List<Payment> Payments { get; } = [];
    public List<LedgerEntry> Ledger { get; } = [];
    public List<OutgoingEmail> Emails { get; } = [];
    public List<WaitingListEntry> Waiting { get; } = [];

    [SuppressMessage("Security", "CA5394", Justification = "Invented bookings.")]
    private int Book(CourseRun run, int size, Guid sector, Guid area, DateTimeOffset now)
    {
        var bookedAt = run.StartsAt.AddDays(-1 - random.Next(60));
        // Dates to come are four months of them, booked over as long: so a month has what a month of the year would have.
        bookedAt = bookedAt > now ? now.AddDays(-random.Next(120)) : bookedAt;
        var method = (PaymentMethod)random.Next(3);
        var organisation = Organisations[random.Next(Organisations.Count)];
        var places = new List<Place>();
        GivenPlace? first = null;
        for (var place = 0; place < size; place++)
        {
            // A quarter come a second time, on another date.
            var known = random.Next(4) == 0 && People.Count > 0 ? People[random.Next(People.Count)] : null;
            var person = known is not null && onDate.Add(known.Id) ? known : NewPerson(bookedAt);
            onDate.Add(person.Id);
            var given = new GivenDelegate(person.Name) { Email = person.Email, Method = method, PricePence = method == PaymentMethod.Free ? 0 : Pence };
            var made = Given.NewPlace(run.Id, person, given, sector, area, bookedAt, organisation, first?.Booking);
            first ??= made;
            places.Add(made.Place);
        }

        Bookings.Add(first!.Booking);
        Places.AddRange(places);
        Emails.Add(Given.NewEmail(
            "booking-confirmed", random.Next(10_000) == 0 ? EmailState.Bounced : EmailState.Sent, bookedAt, first.Person.Email, first.Booking.Reference));
        Pay(first.Booking, places, bookedAt);
        if (run.EndsAt < now && random.Next(500) > 0)
        {
            Marks.AddRange(places.Select(place => Given.NewMark(place.Id, run.EndsAt, random.Next(12) == 0 ? Mark.Absent : Mark.Attended)));
        }

        return size;
    }

    [SuppressMessage("Security", "CA5394", Justification = "Invented money.")]
    private void Pay(Booking booking, List<Place> places, DateTimeOffset at)
    {
        if (booking.PaymentMethod == PaymentMethod.Free)
        {
            return;
        }

        var isInvoice = booking.PaymentMethod == PaymentMethod.Invoice;
        if (isInvoice)
        {
            var invoice = Given.NewInvoice(booking.Id, 1_000_000 + (number * 10_000) + Invoices.Count, Pence * places.Count, London.DateOf(at));
            Invoices.Add(invoice);
            Lines.AddRange(places.Select(place => Given.NewLine(invoice, place.Id, place.DelegateName, Pence)));
        }

        if (!isInvoice || random.Next(30) > 0)
        {
            var (payment, entries) = Given.NewPaid(places, Pence, at, isInvoice ? PaymentProvider.Imported : PaymentProvider.Stripe);
            Payments.Add(payment);
            Ledger.AddRange(entries);
        }
    }

    [SuppressMessage("Security", "CA5394", Justification = "Invented people.")]
    private Person NewPerson(DateTimeOffset at)
    {
        var last = Last();
        var name = $"{First[Skewed(First.Length)]} {last}{(random.Next(12) == 0 ? "-" + Last() : "")}";
        var address = $"{PersonKey.NameOf(name)}.{number}.{People.Count}@{(random.Next(5) == 0 ? "mail" : $"school{random.Next(OrganisationsEach)}y{number}")}.example";
        var person = Given.NewPerson(name, address, at);
        People.Add(person);
        return person;
    }

    [SuppressMessage("Security", "CA5394", Justification = "Invented people.")]
    private string Last() => Stems[Skewed(Stems.Length)] + Ends[random.Next(Ends.Length)];

    // Some names are common.
    [SuppressMessage("Security", "CA5394", Justification = "Invented people.")]
    private int Skewed(int count) => (int)(count * Math.Pow(random.NextDouble(), 1.6));

    private string OrganisationName(int one) => string.Create(
        CultureInfo.InvariantCulture, $"{(one % 3) switch { 0 => "St Mary’s Primary School", 1 => "Bluebell Nursery", _ => "Harbour Academy" }}, {Stems[one % Stems.Length]} {number}-{one}");
}
