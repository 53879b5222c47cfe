using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>What staff say of a provider: the fields of its form, and what is saved. The names are those of <see cref="Provider"/>.</summary>
internal sealed class ProviderFacts : IValidatableObject
{
    public const int NameLength = 120;
    public const int PhoneLength = 40;

    [Display(Name = "Name of the provider", Description = "As visitors see it on a date.")]
    [Required(ErrorMessage = "Enter the name of the provider"), StringLength(NameLength), PlainName]
    public string Name { get; set; } = "";

    [Display(Name = "Contact name (optional)"), StringLength(NameLength), PlainName]
    public string? ContactName { get; set; }

    [Display(Name = "Email address (optional)"), DataType(DataType.EmailAddress), StringLength(EmailAddress.MaxLength)]
    public string? Email { get; set; }

    [Display(Name = "Phone (optional)"), DataType(DataType.PhoneNumber), Phone, StringLength(PhoneLength)]
    public string? Phone { get; set; }

    [Display(Name = "First day of the contract", Description = "Leave it empty if it is not known. For example 1 4 2026.")]
    public DateOnly? ContractFrom { get; set; }

    [Display(Name = "Last day of the contract", Description = "Leave it empty if it is not known. For example 31 3 2027.")]
    public DateOnly? ContractUntil { get; set; }

    public static ProviderFacts Of(Provider provider) => new()
    {
        Name = provider.Name,
        ContactName = provider.ContactName,
        Email = provider.Email,
        Phone = provider.Phone,
        ContractFrom = provider.ContractFrom,
        ContractUntil = provider.ContractUntil,
    };

    /// <summary>What became different, in the words of the form.</summary>
    public IReadOnlyList<HistoryChange> ChangesFrom(ProviderFacts before) => HistoryChange.Of(
        new("Name", before.Name.Length == 0 ? null : before.Name, Name),
        HistoryChange.OfPerson("Contact name", before.ContactName, ContactName),
        HistoryChange.OfPerson("Email address", before.Email, Email),
        HistoryChange.OfPerson("Phone", before.Phone, Phone),
        new("First day of the contract", Words(before.ContractFrom), Words(ContractFrom)),
        new("Last day of the contract", Words(before.ContractUntil), Words(ContractUntil)));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ContractUntil < ContractFrom)
        {
            yield return new("The last day of the contract must be the same as or after the first day", [nameof(ContractUntil)]);
        }
    }

    private static string? Words(DateOnly? day) => day is { } known ? London.Words(known) : null;
}
