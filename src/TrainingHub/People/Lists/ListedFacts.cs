using System.ComponentModel.DataAnnotations;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>What staff say of a name on a list. Each list takes of it what it has.</summary>
internal sealed record ListedFacts
{
    /// <summary>The longest; an area has a shorter one.</summary>
    public const int NameLength = Sector.NameLength;

    [Display(Name = "Name"), Required, StringLength(NameLength)]
    public string Name { get; set; } = "";

    [Display(Name = "In full", Description = "As reports and pages of dates write it, for example “Westshire Council area”. Leave empty if it is the name.")]
    [StringLength(Area.NameLength)]
    public string? LongName { get; set; }

    [Display(Name = "What it stands for")]
    public AreaKind Kind { get; set; }

    [Display(Name = "Area", Description = "Who works there is asked about this toolkit.")]
    public Guid? AreaId { get; set; }

    public IReadOnlyList<HistoryChange> ChangesFrom(ListedFacts before, IReadOnlyDictionary<Guid, string> areas) => HistoryChange.Of(
        new("Name", Said(before.Name), Said(Name)),
        new("In full", Said(before.LongName), Said(LongName)),
        new("What it stands for", before.Kind.Words(), Kind.Words()),
        new("Area", NameOf(before.AreaId, areas), NameOf(AreaId, areas)));

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string? NameOf(Guid? area, IReadOnlyDictionary<Guid, string> areas) => area is { } id ? areas.GetValueOrDefault(id) : null;
}
