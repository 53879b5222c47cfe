using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>What staff say of a venue: the fields of its form, and what is saved. The names are those of <see cref="Venue"/>.</summary>
internal sealed class VenueFacts
{
    public const int NameLength = 120;
    public const int AddressLength = 300;
    public const int PostcodeLength = 8;
    public const int TownLength = 60;
    public const int RoomLength = 200;
    public const int UrlLength = 500;
    public const int TextLength = 1000;
    public const int PhoneLength = 40;

    [Display(Name = "Name of the venue"), Required(ErrorMessage = "Enter the name of the venue"), StringLength(NameLength), PlainName]
    public string Name { get; set; } = "";

    [Display(Name = "Address", Description = "Street and town, in one line, without the postcode."), StringLength(AddressLength)]
    public string Address { get; set; } = "";

    [Display(Name = "Postcode"), Postcode]
    public string? Postcode
    {
        get;
        set => field = value is null ? null : PostcodeAttribute.Tidy(value);
    }

    [Display(Name = "Town (optional)", Description = "Visitors find dates by it."), StringLength(TownLength), PlainName]
    public string? Town { get; set; }

    [Display(Name = "Room (optional)", Description = "For example “Suite 2, first floor”."), StringLength(RoomLength)]
    public string? Room { get; set; }

    [Display(Name = "Link to a map (optional)", Description = "Starts with https://. It opens the map’s own site."), DataType(DataType.Url), StringLength(UrlLength), HttpsAddress]
    public string? MapUrl { get; set; }

    [Display(Name = "Step-free access to the room and a toilet")]
    public StepFreeAccess? StepFree { get; set; }

    [Display(Name = "Other access (optional)", Description = "Lift, hearing loop, quiet room, room for prayer or feeding, what to know before coming."), StringLength(TextLength)]
    public string? Access { get; set; }

    [Display(Name = "Parking and public transport (optional)", Description = "Where to park and what it costs, blue badge bays, the nearest stop and station."), StringLength(TextLength)]
    public string? Travel { get; set; }

    [Display(Name = "Contact on the day (optional)", Description = "Shown to staff only."), StringLength(NameLength), PlainName]
    public string? ContactName { get; set; }

    [Display(Name = "Phone on the day (optional)", Description = "Shown to staff only."), DataType(DataType.PhoneNumber), Phone, StringLength(PhoneLength)]
    public string? ContactPhone { get; set; }

    public static VenueFacts Of(Venue venue) => new()
    {
        Name = venue.Name,
        Address = venue.Address,
        Postcode = venue.Postcode,
        Town = venue.Town,
        Room = venue.Room,
        MapUrl = venue.MapUrl,
        StepFree = venue.StepFree,
        Access = venue.Access,
        Travel = venue.Travel,
        ContactName = venue.ContactName,
        ContactPhone = venue.ContactPhone,
    };

    /// <summary>What became different, in the words of the form.</summary>
    public IReadOnlyList<HistoryChange> ChangesFrom(VenueFacts before) => HistoryChange.Of(
        new("Name", Given(before.Name), Given(Name)),
        new("Address", Given(before.Address), Given(Address)),
        new("Postcode", before.Postcode, Postcode),
        new("Town", before.Town, Town),
        new("Room", before.Room, Room),
        new("Map", before.MapUrl, MapUrl),
        new("Step-free access", WordOf(before.StepFree), WordOf(StepFree)),
        new("Other access", before.Access, Access),
        new("Parking and public transport", before.Travel, Travel),
        HistoryChange.OfPerson("Contact on the day", before.ContactName, ContactName),
        HistoryChange.OfPerson("Phone on the day", before.ContactPhone, ContactPhone));

    public static string? WordOf(StepFreeAccess? access) => access switch
    {
        StepFreeAccess.Yes => "Yes",
        StepFreeAccess.Partly => "In part",
        StepFreeAccess.No => "No",
        null => null,
    };

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
