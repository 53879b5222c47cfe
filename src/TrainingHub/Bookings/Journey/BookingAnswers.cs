using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrainingHub.Catalogue;
using TrainingHub.FreePlaces;
using TrainingHub.People;
using TrainingHub.Platform.Email;

namespace TrainingHub.Bookings;

/// <summary>One person as typed so far.</summary>
internal sealed class PersonAnswer
{
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string? AccessNeeds { get; set; }

    /// <summary>Dates of the order to which this person does not come; null is to all of them.</summary>
    public List<Guid>? NotOn { get; set; }

    /// <summary>What was said about courses to take before; null when nothing was.</summary>
    public List<PrerequisiteAnswer>? Before { get; set; }

    public bool ComesTo(Guid run) => NotOn?.Contains(run) != true;

    [JsonIgnore]
    public bool IsEmpty => Name is null && Email is null && AccessNeeds is null;

    [JsonIgnore]
    public bool IsComplete => Name is not null && Email is not null;

    /// <summary>Null while incomplete.</summary>
    [JsonIgnore]
    public PersonKey? Key => Name is not null && Email is not null ? PersonKey.Of(Email, Name) : null;
}

/// <summary>What somebody has answered so far on the way to a booking. Null is not answered yet, or not asked.</summary>
internal sealed class BookingAnswers
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The dates of the order; null is the one date on which it was begun.</summary>
    public List<Guid>? Dates { get; set; }
    public List<PersonAnswer> People { get; set; } = [];

    /// <summary>Places of a date for people who are named later; null is none anywhere.</summary>
    public Dictionary<Guid, int>? Later { get; set; }

    /// <summary>Lines of a pasted list that could not be taken, as they were typed.</summary>
    public string? Listed { get; set; }

    /// <summary>The booking to which its booker adds these people.</summary>
    public Guid? AddedToId { get; set; }
    public string? BookerName { get; set; }
    public string? BookerEmail { get; set; }
    public string? Organisation { get; set; }
    public Guid? SectorId { get; set; }
    public Guid? AreaId { get; set; }
    public PaymentMethod? Method { get; set; }
    public string? PurchaseOrder { get; set; }
    public string? InvoiceEmail { get; set; }
    public FreePlaceApplicant? Applicant { get; set; }
    public string? RegisteredNumber { get; set; }
    public string? About { get; set; }

    /// <summary>The entry of the waiting list whose offer is taken by this booking.</summary>
    public Guid? Waiting { get; set; }
    /// <summary>As typed, and the award that it opens; null when a free place is applied for.</summary>
    public string? AwardCode { get; set; }
    public Guid? AwardId { get; set; }
    public RefusedForm? Refused { get; set; }

    [JsonIgnore]
    public bool HasPeople => (People.Count > 0 || Later?.Values.Sum() > 0) && People.All(person => person.IsComplete);

    public int LaterOn(Guid run) => Later?.GetValueOrDefault(run) ?? 0;

    /// <summary>How many places are asked for on a date.</summary>
    public int PlacesOn(Guid run) => People.Count(person => person.ComesTo(run)) + LaterOn(run);

    /// <summary>Who comes to a date, in the order in which they were typed.</summary>
    public IEnumerable<PersonAnswer> PeopleOn(Guid run) => People.Where(person => person.ComesTo(run));

    /// <summary>The dates of an order that was begun on one; the first of them is not always that one.</summary>
    public IReadOnlyList<Guid> RunIds(Guid begunOn) => Dates ?? [begunOn];

    public void AddDate(Guid begunOn, Guid run)
    {
        if (!RunIds(begunOn).Contains(run))
        {
            Dates = [.. RunIds(begunOn), run];
        }
    }

    /// <summary>Whoever came to the date comes to the other instead.</summary>
    public void ChangeDate(Guid begunOn, Guid from, Guid to)
    {
        if (!RunIds(begunOn).Contains(from) || RunIds(begunOn).Contains(to))
        {
            return;
        }

        Dates = [.. RunIds(begunOn).Select(run => run == from ? to : run)];
        foreach (var person in People)
        {
            person.NotOn = person.NotOn is { } not ? [.. not.Select(run => run == from ? to : run)] : null;
        }

        if (Later?.Remove(from, out var places) == true)
        {
            Later[to] = places;
        }
    }

    /// <summary>One date stays at least. Who came to nothing but this date comes to the others.</summary>
    public void RemoveDate(Guid begunOn, Guid run)
    {
        if (RunIds(begunOn) is not { Count: > 1 } runs || !runs.Contains(run))
        {
            return;
        }

        Dates = [.. runs.Where(one => one != run)];
        Later?.Remove(run);
        foreach (var person in People)
        {
            person.NotOn?.RemoveAll(one => !Dates.Contains(one));
            if (person.NotOn?.Count is 0 || person.NotOn?.Count == Dates.Count)
            {
                person.NotOn = null;
            }
        }
    }

    /// <summary>Each address that several people gave, with their names.</summary>
    [JsonIgnore]
    public IEnumerable<(string Email, IReadOnlyList<string> Names)> SharedAddresses => People
        .Where(person => person.IsComplete)
        .GroupBy(person => EmailAddress.KeyOf(person.Email ?? ""), person => person)
        .Where(shared => shared.Count() > 1)
        .Select(shared => (shared.First().Email ?? "", (IReadOnlyList<string>)[.. shared.Select(person => person.Name ?? "")]));

    [JsonIgnore]
    public bool HasOrganisation => BookerName is not null && BookerEmail is not null && SectorId is not null && AreaId is not null;

    /// <summary>Whether the way of paying is answered; a free date asks nothing.</summary>
    public bool HasPayment(bool isFree, bool areCardsOffered) => isFree || Method switch
    {
        PaymentMethod.Card => areCardsOffered,
        PaymentMethod.Invoice => InvoiceEmail is not null,
        PaymentMethod.FreePlace => Organisation is not null && (AwardId is not null || (Applicant is not null && About is not null)),
        PaymentMethod.Free or PaymentMethod.NotKnown or PaymentMethod.Desk or null => false,
    };

    /// <summary>The booking that these answers ask for. Only when everything is answered.</summary>
    /// <param name="bookingId"></param>
    /// <param name="dates">Each date of the order, with the price of one place that was shown, and what the waiting list has offered there.</param>
    /// <param name="isFree">All of them are.</param>
    /// <param name="visitor"></param>
    public BookPlaceRequest ToRequest(Guid bookingId, IReadOnlyList<(DateLine Run, int Pence, PlacesOffered? Offer)> dates, bool isFree, Visitor? visitor = null)
    {
        var method = isFree ? PaymentMethod.Free : Method ?? throw Missing(nameof(Method));
        var lines = dates.Select(date => date.Run).ToList();
        return new(
            bookingId,
            [.. dates.Select(date => new DateRequest(
                date.Run.Id, date.Pence, [.. PeopleOn(date.Run.Id).Select(person => Coming(person, date.Run, lines))], Unnamed: LaterOn(date.Run.Id), Offer: date.Offer))],
            BookerName ?? throw Missing(nameof(BookerName)),
            BookerEmail ?? throw Missing(nameof(BookerEmail)),
            Organisation,
            SectorId ?? throw Missing(nameof(SectorId)),
            AreaId ?? throw Missing(nameof(AreaId)),
            method,
            method == PaymentMethod.Invoice ? PurchaseOrder : null,
            method == PaymentMethod.Invoice ? InvoiceEmail : null,
            method == PaymentMethod.FreePlace && AwardId is null
                ? new FreePlaceRequest(Applicant ?? throw Missing(nameof(Applicant)), RegisteredNumber, About ?? throw Missing(nameof(About)))
                : null,
            visitor,
            AddedToId: AddedToId,

            AwardId: method == PaymentMethod.FreePlace ? AwardId : null);
    }

    private static Delegate Coming(PersonAnswer person, DateLine date, IReadOnlyList<DateLine> dates) => new(
        person.Name ?? throw Missing("Name"), person.Email ?? throw Missing("Email"), person.AccessNeeds,
        PrerequisitesOfOrder.AnswerOf(person, date, dates));

    /// <summary>Tells whether two pages showed the same answers.</summary>
    public string Mark()
    {
        var answers = JsonSerializer.SerializeToNode(this, Json)!.AsObject();
        answers.Remove(nameof(Refused));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answers.ToJsonString())));
    }

    public string Write() => JsonSerializer.Serialize(this, Json);

    public static BookingAnswers Read(string json) =>
        JsonSerializer.Deserialize<BookingAnswers>(json, Json) ?? throw new JsonException("A draft without answers.");

    private static InvalidOperationException Missing(string answer) => new($"{answer} is not answered.");
}
