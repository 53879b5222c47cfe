using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>A version of the policy as staff type it.</summary>
internal sealed class CancellationFacts : IValidatableObject
{
    /// <summary>Steps before the last one, of which some may be left empty.</summary>
    public const int Steps = 4;

    private const string WholePercent = "Enter a whole number from 0 to 100";
    private const int MostPence = 100_000;

    [Display(Name = "From which day?", Description = "Bookings made from this day on accept it. Those before keep what they accepted.")]
    [Required(ErrorMessage = "Enter the first day")]
    public DateOnly? StartsOn { get; set; }

    [Display(Name = "Whole working days before the course")]
    public List<int?> Days { get; set; } = [.. new int?[Steps]];

    [Display(Name = "Per cent that stays due")]
    public List<int?> Percents { get; set; } = [.. new int?[Steps]];

    [Display(Name = "Later than that: per cent that stays due")]
    [Required(ErrorMessage = "Enter what stays due later than that"), Range(0, 100, ErrorMessage = WholePercent)]
    public int? LastPercent { get; set; }

    [Display(Name = "A free place that is cancelled when others pay", Description = "In pounds. 0 charges nothing."), StringLength(12)]
    public string? FreeLate { get; set; }

    [Display(Name = "Nobody came on a free place: half day", Description = "In pounds. 0 charges nothing."), StringLength(12)]
    public string? AbsentHalfDay { get; set; }

    [Display(Name = "Nobody came on a free place: full day", Description = "In pounds. 0 charges nothing."), StringLength(12)]
    public string? AbsentFullDay { get; set; }

    [Display(Name = "How often may a booker move a place to another date?", Description = "0 is never.")]
    [Required(ErrorMessage = "Enter how often a place may be moved"), Range(0, 5, ErrorMessage = "Enter a number from 0 to 5")]
    public int? MostMoves { get; set; }

    [Display(Name = "Until how many whole working days before?")]
    [Required(ErrorMessage = "Enter until when a place may be moved"), Range(0, CancellationPolicy.MostWorkingDays, ErrorMessage = "Enter a number from 0 to 60")]
    public int? MoveWorkingDays { get; set; }

    [Display(Name = "After how many minutes may somebody be turned away?", Description = "0 says nothing about it.")]
    [Required(ErrorMessage = "Enter after how many minutes somebody may be turned away"), Range(0, 120, ErrorMessage = "Enter a number from 0 to 120")]
    public int? LateMinutes { get; set; }

    [Display(Name = "Reasons for which a charge may be waived", Description = "A line each. They stand in the email that tells of a charge.")]
    [Required(ErrorMessage = "Enter at least one reason"), StringLength(1000, ErrorMessage = "The reasons must be 1,000 characters or fewer together")]
    public string? Reasons { get; set; }

    [Display(Name = "Why is it as it is?", Description = "For staff.")]
    [Required(ErrorMessage = "Enter why it is as it is"), StringLength(CancellationPolicy.ReasonLength, ErrorMessage = "The reason must be 300 characters or fewer")]
    public string? Reason { get; set; }

    private List<string> ReasonLines => [.. (Reasons ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var last = CancellationPolicy.MostWorkingDays + 1;
        for (var at = 0; at < Days.Count && at < Percents.Count; at++)
        {
            if ((Days[at], Percents[at]) is (null, null))
            {
                continue;
            }

            if (Days[at] is not (>= 1 and <= CancellationPolicy.MostWorkingDays and var days))
            {
                yield return new("Enter a number of working days from 1 to 60", [$"Days[{at}]"]);
            }
            else if (days >= last)
            {
                yield return new("Enter fewer working days than in the step above", [$"Days[{at}]"]);
            }
            else
            {
                last = days;
            }

            if (Percents[at] is not (>= 0 and <= 100))
            {
                yield return new(WholePercent, [$"Percents[{at}]"]);
            }
        }

        foreach (var (field, text) in new[] { (nameof(FreeLate), FreeLate), (nameof(AbsentHalfDay), AbsentHalfDay), (nameof(AbsentFullDay), AbsentFullDay) })
        {
            if (Pence(text) is null)
            {
                yield return new("Enter a sum in pounds up to 1,000, like 25 or 12.50, or 0", [field]);
            }
        }

        if (Reasons is not null && (ReasonLines.Count is 0 or > CancellationPolicy.MostWaivers || ReasonLines.Exists(line => line.Length > CancellationPolicy.WaiverLength)))
        {
            yield return new("Enter up to 12 reasons, a line each, of 60 characters or fewer", [nameof(Reasons)]);
        }
    }

    /// <summary>Only of what is valid.</summary>
    public CancellationPolicy ToPolicy(Guid id, DateTimeOffset now)
    {
        List<(int Days, int Percent)> tiers = [.. Days.Zip(Percents)
            .Where(step => step is { First: not null, Second: not null })
            .Select(step => (step.First ?? 0, step.Second ?? 0)), (0, LastPercent ?? 0)];
        return new()
        {
            Id = id,
            StartsOn = StartsOn ?? throw new InvalidOperationException("No day."),
            TierWorkingDays = [.. tiers.Select(tier => tier.Days)],
            TierPercents = [.. tiers.Select(tier => tier.Percent)],
            FreeLatePence = Pence(FreeLate) ?? 0,
            AbsentHalfDayPence = Pence(AbsentHalfDay) ?? 0,
            AbsentFullDayPence = Pence(AbsentFullDay) ?? 0,
            MostMoves = MostMoves ?? 0,
            MoveWorkingDays = MoveWorkingDays ?? 0,
            LateMinutes = LateMinutes ?? 0,
            WaiverReasons = [.. ReasonLines],
            Reason = Reason ?? "",
            AddedAt = now,
        };
    }

    public static CancellationFacts Of(CancellationPolicy policy, DateOnly startsOn)
    {
        var steps = policy.Tiers.SkipLast(1).Take(Steps).ToList();
        return new()
        {
            StartsOn = startsOn,
            Days = [.. Enumerable.Range(0, Steps).Select(at => at < steps.Count ? steps[at].WorkingDays : (int?)null)],
            Percents = [.. Enumerable.Range(0, Steps).Select(at => at < steps.Count ? steps[at].Percent : (int?)null)],
            LastPercent = policy.Tiers[^1].Percent,
            FreeLate = Pounds(policy.FreeLatePence),
            AbsentHalfDay = Pounds(policy.AbsentHalfDayPence),
            AbsentFullDay = Pounds(policy.AbsentFullDayPence),
            MostMoves = policy.MostMoves,
            MoveWorkingDays = policy.MoveWorkingDays,
            LateMinutes = policy.LateMinutes,
            Reasons = string.Join('\n', policy.WaiverReasons),
        };
    }

    private static string Pounds(int pence) => pence % 100 == 0 ? (pence / 100).ToString(CultureInfo.InvariantCulture) : new Money(pence).Amount;

    private static int? Pence(string? text) => text?.Trim() is null or "" or "0" ? 0 : Money.Parse(text) is { Pence: <= MostPence and var pence } ? pence : null;
}
