using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>What staff say of the price of a programme as a whole: the fields of its form.</summary>
internal sealed class ProgrammeFeeFacts
{
    [Display(Name = "Who pays"), Required(ErrorMessage = "Select who pays it")]
    public Guid? PayerClassId { get; set; }

    [Display(Name = "First day of the price", Description = "Usually 1 April, the first day of the financial year. The day of the first module that somebody books decides.")]
    [Required(ErrorMessage = "Enter the first day of the price")]
    public DateOnly? StartsOn { get; set; }

    [Display(Name = "All modules together, in pounds", Description = "For one person. For example 220."), StringLength(12, ErrorMessage = "Enter the price in pounds, like 220 or 217.50")]
    public string? Pounds { get; set; }

    [Display(Name = "No price as a whole from that day on", Description = "Each module then costs its own fee.")]
    public bool Ends { get; set; }

    /// <summary>In pence; null when it ends, or what was typed is no price.</summary>
    public int? Pence => Ends ? null : Money.Parse(Pounds ?? "")?.Pence;
}
