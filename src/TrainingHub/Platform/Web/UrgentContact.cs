using System.Text.Json;

namespace TrainingHub.Platform.Web;

/// <summary>Whom to call when a child may be at risk. 999 is none of them: pages name it first, whatever is settled.</summary>
/// <param name="Name">Who answers; empty as long as only a number is configured.</param>
/// <param name="Phone">As people read it.</param>
/// <param name="When">"Evenings, nights and weekends".</param>
/// <param name="ForWhom">"Children who live in Westshire"; null for all.</param>
internal sealed record UrgentContact(string Name, string Phone, string When, string? ForWhom)
{
    public const int Most = 6;
    public const int NameLength = 80;
    public const int PhoneLength = 30;
    public const int WhenLength = 80;
    public const int ForWhomLength = 120;

    public string? Href => UkPhone.Href(Phone);

    /// <summary>"Out-of-hours team: 01632 960 199 (nights and weekends, children in Westshire)".</summary>
    public string Words => $"{(Name.Length == 0 ? "" : Name + ": ")}{Phone} ({When}{(ForWhom is null ? "" : ", " + ForWhom)})";

    /// <returns>Null when it is no list of contacts.</returns>
    public static IReadOnlyList<UrgentContact>? Of(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<List<UrgentContact?>>(json) is { Count: > 0 and <= Most } read && read.TrueForAll(one => one is { Name: not null, Phone.Length: > 0, When.Length: > 0 })
                ? [.. read.OfType<UrgentContact>()]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Json(IEnumerable<UrgentContact> contacts) => JsonSerializer.Serialize(contacts.Select(one => new { one.Name, one.Phone, one.When, one.ForWhom }));
}
