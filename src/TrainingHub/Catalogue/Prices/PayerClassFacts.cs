using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>What staff say of a class of payers: the fields of its form, and what is saved.</summary>
internal sealed class PayerClassFacts : IValidatableObject
{
    public const int NameLength = 60;
    public const int WordsLength = 100;
    private const int MostOrder = 99;

    [Display(Name = "Name", Description = "As staff read it, for example “Outside the area”."), Required(ErrorMessage = "Enter a name"), StringLength(NameLength), PlainName]
    public string Name { get; set; } = "";

    [Display(Name = "Who that is, after “for”", Description = "Visitors read it with the fee, for example “organisations outside the county”.")]
    [Required(ErrorMessage = "Enter who that is, as visitors read it"), StringLength(WordsLength), PlainName]
    public string Words { get; set; } = "";

    [Display(Name = "Sectors")]
    public List<Guid> SectorIds { get; set; } = [];

    [Display(Name = "Areas")]
    public List<Guid> AreaIds { get; set; } = [];

    [Display(Name = "Order", Description = "From 1. Where two classes are somebody’s, the higher number counts.")]
    [Required(ErrorMessage = "Enter the order"), Range(1, MostOrder, ErrorMessage = "Order must be a number from 1 to 99")]
    public int? SortOrder { get; set; }

    public static PayerClassFacts Of(PayerClass payer) =>
        new() { Name = payer.Name, Words = payer.Words, SectorIds = [.. payer.SectorIds], AreaIds = [.. payer.AreaIds], SortOrder = payer.SortOrder };

    /// <summary>What became different, in the words of the form.</summary>
    /// <param name="before"></param>
    /// <param name="names">Of sectors and areas.</param>
    public IReadOnlyList<HistoryChange> ChangesFrom(PayerClassFacts before, IReadOnlyDictionary<Guid, string> names) => HistoryChange.Of(
        new("Name", Some(before.Name), Name),
        new("Who that is", Some(before.Words), Words),
        new("Sectors", List(before.SectorIds, names), List(SectorIds, names)),
        new("Areas", List(before.AreaIds, names), List(AreaIds, names)),
        new("Order", before.SortOrder?.ToString(CultureInfo.InvariantCulture), SortOrder?.ToString(CultureInfo.InvariantCulture)));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SectorIds.Count == 0 && AreaIds.Count == 0)
        {
            yield return new("Select at least one sector or area", [nameof(SectorIds)]);
        }
    }

    private static string? Some(string words) => words.Length == 0 ? null : words;

    private static string? List(IReadOnlyList<Guid> ids, IReadOnlyDictionary<Guid, string> names) =>
        Some(string.Join("; ", ids.Select(id => names.GetValueOrDefault(id)).OfType<string>().Order(StringComparer.Ordinal)));
}
