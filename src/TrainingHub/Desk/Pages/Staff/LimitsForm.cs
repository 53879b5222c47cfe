using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using TrainingHub.Catalogue;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The limits of a date as staff type them. All are optional; places held back need all three of their fields.</summary>
internal sealed class LimitsForm
{
    [Display(Name = "Booking closes, hours before it begins (optional)", Description = "24 is one day before, 48 two. Leave it empty to take bookings until it begins.")]
    [Range(1, CourseRun.MostHoursBefore, ErrorMessage = "Hours must be a whole number from 1 to 2,160")]
    public int? ClosesHoursBefore { get; set; }

    [Display(Name = "Minimum number of people (optional)", Description = "Today tells you in time when fewer have booked. Visitors never see it.")]
    [Range(1, CourseRun.MaxCapacity, ErrorMessage = "The minimum must be a number from 1 to 500")]
    public int? Minimum { get; set; }

    [Display(Name = "How many places (optional)"), Range(1, CourseRun.MaxCapacity, ErrorMessage = "Places held must be a number from 1 to 500")]
    public int? HeldBack { get; set; }

    [Display(Name = "For which sector")]
    public Guid? HeldFor { get; set; }

    [Display(Name = "Held until the end of")]
    public DateOnly? HeldUntil { get; set; }

    public static LimitsForm Of(RunLimits limits) => new()
    {
        ClosesHoursBefore = limits.ClosesHoursBefore,
        Minimum = limits.Minimum,
        HeldBack = limits.HeldBack?.Places,
        HeldFor = limits.HeldBack?.SectorId,
        HeldUntil = limits.HeldBack?.UntilOn,
    };

    /// <summary>For a copy: what is held for a sector was agreed for the one date.</summary>
    public void HoldNothing() => (HeldBack, HeldFor, HeldUntil) = (null, null, null);

    /// <summary>What was typed; errors stand at their fields.</summary>
    /// <param name="errors"></param>
    /// <param name="lists">What may be chosen.</param>
    /// <param name="capacity">All places; null when that has an error itself.</param>
    /// <param name="day">Of the date; null when that has an error itself.</param>
    public RunLimits Read(ModelStateDictionary errors, DateLists lists, int? capacity, DateOnly? day)
    {
        if (Minimum > capacity)
        {
            errors.AddModelError("Form.Limits.Minimum", $"The minimum cannot be more than the {capacity} places");
        }

        if (HeldBack > capacity)
        {
            errors.AddModelError("Form.Limits.HeldBack", $"No more than the {capacity} places can be held");
        }

        if (HeldUntil > day)
        {
            errors.AddModelError("Form.Limits.HeldUntil", "Places cannot be held beyond the date itself");
        }

        if (HeldBack is not null || HeldFor is not null || HeldUntil is not null)
        {
            Need(errors, nameof(HeldBack), HeldBack is null, "Enter how many places are held");
            Need(errors, nameof(HeldFor), HeldFor is null || !lists.Sectors.Any(item => item.Value == $"{HeldFor}"), "Select the sector for which they are held");
            Need(errors, nameof(HeldUntil), HeldUntil is null, "Enter the last day on which they are held");
        }

        return new(ClosesHoursBefore, Minimum, HeldBack is { } places && HeldFor is { } sector && HeldUntil is { } until ? new(places, sector, until) : null);
    }

    private static void Need(ModelStateDictionary errors, string field, bool isMissing, string message)
    {
        var key = $"Form.Limits.{field}";
        if (isMissing && errors.GetFieldValidationState(key) != ModelValidationState.Invalid)
        {
            errors.AddModelError(key, message);
        }
    }
}
