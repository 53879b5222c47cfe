using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Catalogue;

/// <summary>By what the fees are to be raised, from when and why: the fields of the form that a preview is made of.</summary>
internal sealed class UpliftFacts
{
    [Display(Name = "Percent", Description = "For example 5 or 3.25."), Required(ErrorMessage = "Enter by how many percent the fees go up")]
    [Range(0, 100, ErrorMessage = "Enter a percentage between 0 and 100")]
    public decimal? Percent { get; set; }

    [Display(Name = "Half-day fee"), Required(ErrorMessage = "Select how the half-day fee is rounded")]
    public Rounding? HalfDay { get; set; } = Rounding.UpTo50Pence;

    [Display(Name = "Full-day fee"), Required(ErrorMessage = "Select how the full-day fee is rounded")]
    public Rounding? FullDay { get; set; } = Rounding.NearestPound;

    [Display(Name = "First day of the new fees", Description = "Usually 1 April, the first day of the financial year. Dates on that day and later have the new fees.")]
    [Required(ErrorMessage = "Enter the first day of the new fees")]
    public DateOnly? StartsOn { get; set; }

    [Display(Name = "Why", Description = "For example “Charges of providers went up by 5%”."), Required(ErrorMessage = "Enter why the fees change"), StringLength(FeeSchedule.ReasonLength)]
    public string? Reason { get; set; }

    /// <summary>Hundredths of a percent; null when more than two decimals were typed.</summary>
    public int? Hundredths => Percent * 100 is { } hundredths && hundredths == decimal.Truncate(hundredths) ? (int)hundredths : null;
}
