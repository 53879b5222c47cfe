using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TrainingHub.Platform;

namespace TrainingHub.FreePlaces;

/// <summary>What staff enter of a policy, and how it is read.</summary>
internal sealed class PolicyFacts : IValidatableObject
{
    [Display(Name = "Registered charities")]
    public bool TakesRegisteredCharities { get; set; }

    [Display(Name = "Charities that are not registered")]
    public bool TakesUnregisteredCharities { get; set; }

    [Display(Name = "Community interest companies (CICs)")]
    public bool TakesCompanies { get; set; }

    [Display(Name = "Who can apply, as applicants read it"), Required(ErrorMessage = "Enter who can apply"), StringLength(FreePlacePolicy.WordsLength)]
    public string? Who { get; set; }

    [Display(Name = "What backs an application up, as applicants read it"), Required(ErrorMessage = "Enter what backs an application up"), StringLength(FreePlacePolicy.WordsLength)]
    public string? Evidence { get; set; }

    [Display(Name = "Highest yearly income in pounds (optional)", Description = "An organisation with more does not qualify. Leave empty if income does not matter.")]
    [Range(1, 100_000_000, ErrorMessage = "The highest yearly income must be a number from 1 to 100,000,000")]
    public int? TurnoverLimitPounds { get; set; }

    [Display(Name = "Free places for one organisation in the year"), Required(ErrorMessage = "Enter how many free places one organisation can have")]
    [Range(1, 1000, ErrorMessage = "Free places for one organisation must be a number from 1 to 1,000")]
    public int? PlacesPerOrganisation { get; set; }

    [Display(Name = "Free places for all organisations together (optional)", Description = "Nothing is approved or booked beyond it.")]
    [Range(1, 1_000_000, ErrorMessage = "Free places for all must be a number from 1 to 1,000,000")]
    public int? BudgetPlaces { get; set; }

    [Display(Name = "What all of them together may be worth, in pounds (optional)", Description = "At the fee that would have been paid.")]
    [Range(1, 20_000_000, ErrorMessage = "What they may be worth must be a number from 1 to 20,000,000")]
    public int? BudgetPounds { get; set; }

    [Display(Name = "Decide within how many working days?"), Required(ErrorMessage = "Enter within how many working days you decide")]
    [Range(1, 60, ErrorMessage = "Working days must be a number from 1 to 60")]
    public int? DecideWithinDays { get; set; }

    [Display(Name = "Free places can be booked until"), Required(ErrorMessage = "Enter until when free places can be booked")]
    public DateOnly? ValidUntil { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TakesRegisteredCharities && !TakesUnregisteredCharities && !TakesCompanies)
        {
            yield return new("Select at least one kind of organisation", [nameof(TakesRegisteredCharities)]);
        }
    }

    public static PolicyFacts Of(FreePlacePolicy policy) => new()
    {
        TakesRegisteredCharities = policy.TakesRegisteredCharities,
        TakesUnregisteredCharities = policy.TakesUnregisteredCharities,
        TakesCompanies = policy.TakesCompanies,
        Who = policy.Who,
        Evidence = policy.Evidence,
        TurnoverLimitPounds = policy.TurnoverLimitPounds,
        PlacesPerOrganisation = policy.PlacesPerOrganisation,
        BudgetPlaces = policy.BudgetPlaces,
        BudgetPounds = policy.BudgetPence / 100,
        DecideWithinDays = policy.DecideWithinDays,
        ValidUntil = policy.ValidUntil,
    };

    public void WriteTo(FreePlacePolicy policy)
    {
        (policy.TakesRegisteredCharities, policy.TakesUnregisteredCharities, policy.TakesCompanies) = (TakesRegisteredCharities, TakesUnregisteredCharities, TakesCompanies);
        (policy.Who, policy.Evidence, policy.TurnoverLimitPounds) = (Who ?? "", Evidence ?? "", TurnoverLimitPounds);
        (policy.PlacesPerOrganisation, policy.BudgetPlaces, policy.BudgetPence) = (PlacesPerOrganisation ?? 1, BudgetPlaces, BudgetPounds * 100);
        (policy.DecideWithinDays, policy.ValidUntil) = (DecideWithinDays ?? 1, ValidUntil ?? policy.ValidUntil);
    }

    /// <summary>As staff and history read it.</summary>
    public IReadOnlyList<(string Name, string Value)> Lines() =>
    [
        ("For", string.Join(", ", Kinds())),
        ("Who can apply", Who ?? ""),
        ("What backs it up", Evidence ?? ""),
        ("Highest yearly income", TurnoverLimitPounds is { } pounds ? Pounds(pounds) : "Does not matter"),
        ("Free places for one organisation", $"{PlacesPerOrganisation}"),
        ("Free places for all", BudgetPlaces is { } places ? Number(places) : "No limit"),
        ("Worth for all", BudgetPounds is { } worth ? Pounds(worth) : "No limit"),
        ("Decided within", DecideWithinDays == 1 ? "1 working day" : $"{DecideWithinDays} working days"),
        ("Booked until", ValidUntil is { } day ? London.Words(day) : ""),
    ];

    private IEnumerable<string> Kinds()
    {
        if (TakesRegisteredCharities)
        {
            yield return "registered charities";
        }

        if (TakesUnregisteredCharities)
        {
            yield return "charities that are not registered";
        }

        if (TakesCompanies)
        {
            yield return "community interest companies";
        }
    }

    private static string Pounds(int pounds) => "£" + Number(pounds);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
