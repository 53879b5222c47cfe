using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    public List<PersonAnswer> People { get; set; } = [];
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

    /// <summary>As typed, and the award that it opens; null when a free place is applied for.</summary>
    public string? AwardCode { get; set; }
    public Guid? AwardId { get; set; }
    public RefusedForm? Refused { get; set; }

    [JsonIgnore]
    public bool HasPeople => People.Count > 0 && People.All(person => person.IsComplete);

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
    public BookPlaceRequest ToRequest(Guid bookingId, Guid runId, bool isFree, int pricePence, Visitor? visitor = null)
    {
        var method = isFree ? PaymentMethod.Free : Method ?? throw Missing(nameof(Method));
        return new(
            bookingId,
            [new(runId, pricePence, [.. People.Select(Coming)])],
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
            AwardId: method == PaymentMethod.FreePlace ? AwardId : null);
    }

    private static Delegate Coming(PersonAnswer person) =>
        new(person.Name ?? throw Missing("Name"), person.Email ?? throw Missing("Email"), person.AccessNeeds);

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
