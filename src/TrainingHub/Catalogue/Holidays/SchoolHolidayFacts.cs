using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>What staff say of a school holiday: the fields of its form, and what is saved. The names are those of <see cref="SchoolHoliday"/>.</summary>
internal sealed class SchoolHolidayFacts : IValidatableObject
{
    public const int NameLength = 120;

    /// <summary>Longer is a slip: the summer has about 45.</summary>
    public const int MostDays = 100;

    [Display(Name = "Name of the holiday", Description = "For example “February half-term”."), Required(ErrorMessage = "Enter the name of the holiday"), StringLength(NameLength), PlainName]
    public string Name { get; set; } = "";

    [Display(Name = "First day", Description = "For example 15/2/2027."), Required(ErrorMessage = "Enter the first day")]
    public DateOnly? FromOn { get; set; }

    [Display(Name = "Last day", Description = "The day before schools open again."), Required(ErrorMessage = "Enter the last day")]
    public DateOnly? UntilOn { get; set; }

    [Display(Name = "Area (optional)", Description = "Choose one only if its schools close on other days.")]
    public Guid? AreaId { get; set; }

    public static SchoolHolidayFacts Of(SchoolHoliday holiday) =>
        new() { Name = holiday.Name, FromOn = holiday.FromOn, UntilOn = holiday.UntilOn, AreaId = holiday.AreaId };

    /// <summary>What became different, in the words of the form.</summary>
    /// <param name="before"></param>
    /// <param name="areas">Their names.</param>
    public IReadOnlyList<HistoryChange> ChangesFrom(SchoolHolidayFacts before, IReadOnlyDictionary<Guid, string> areas) => HistoryChange.Of(
        new("Name", before.Name.Length == 0 ? null : before.Name, Name),
        new("First day", Words(before.FromOn), Words(FromOn)),
        new("Last day", Words(before.UntilOn), Words(UntilOn)),
        new("Area", Words(before.AreaId, areas), Words(AreaId, areas)));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (UntilOn < FromOn)
        {
            yield return new("The last day must be the same as or after the first day", [nameof(UntilOn)]);
        }
        else if (FromOn is { } from && UntilOn is { } until && until.DayNumber - from.DayNumber >= MostDays)
        {
            yield return new($"A holiday must be shorter than {MostDays} days", [nameof(UntilOn)]);
        }
    }

    private static string? Words(DateOnly? day) => day is { } known ? London.Words(known) : null;

    private static string? Words(Guid? area, IReadOnlyDictionary<Guid, string> areas) => area is { } known ? areas.GetValueOrDefault(known) : null;
}
