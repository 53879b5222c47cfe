using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>One row of the table of drafts, as it is typed.</summary>
internal sealed class DraftForm
{
    /// <summary>Stands where the id of a venue stands.</summary>
    public const string Online = "online";

    private const int TypedLength = 40;

    public Guid Id { get; set; }

    /// <summary>The state of the draft that the row was filled from.</summary>
    public string? Seen { get; set; }
    public string? Day { get; set; }
    public string? Start { get; set; }
    public string? End { get; set; }

    /// <summary><see cref="Online"/>, the id of a venue, or null for one that is not decided.</summary>
    public string? Where { get; set; }
    public string? Trainer { get; set; }
    public string? Places { get; set; }
    public bool LeaveOut { get; set; }

    public static DraftForm Of(Guid id, RunFacts facts)
    {
        var form = DateForm.Of(facts);
        return new()
        {
            Id = id,
            Seen = facts.Mark(),
            Day = Words(facts.RunsOn),
            Start = form.Start,
            End = form.End,
            Where = facts.Delivery == DeliveryMode.Online ? Online : facts.VenueId?.ToString(),
            Trainer = facts.ProviderId?.ToString(),
            Places = facts.Capacity.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>What was typed, as facts; what the row does not show stays as it is, and further meetings move with the first.</summary>
    /// <param name="known">As the draft is.</param>
    /// <param name="lists">What may be chosen.</param>
    /// <returns>The facts, or null with the errors by field of this row.</returns>
    public (RunFacts? Facts, IReadOnlyList<(string Field, string Error)> Errors) Read(RunFacts known, DateLists lists)
    {
        var errors = new ModelStateDictionary();
        var day = Day is null ? null : CivilDate.Parse(Day);
        var form = DateForm.Of(day is { } on ? known.On(on) : known);
        (form.Start, form.End) = (Short(Start), Short(End));
        form.Day = day;
        form.Delivery = Where == Online ? DeliveryMode.Online : DeliveryMode.InPerson;
        form.VenueId = Where is null or Online ? null : Known(Where);
        form.ProviderId = Trainer is null ? null : Known(Trainer);
        form.Capacity = int.TryParse(Places, NumberStyles.None, CultureInfo.InvariantCulture, out var places) && places is >= 1 and <= CourseRun.MaxCapacity ? places : null;
        Need(errors, "Form.Day", form.Day is not null, "Enter a date, like 27/3/2028");
        Need(errors, "Form.Start", form.Start is not null, "Enter when it starts");
        Need(errors, "Form.End", form.End is not null, "Enter when it ends");
        Need(errors, "Form.Capacity", form.Capacity is not null, "Places must be a number from 1 to 500");
        var facts = form.Read(errors, lists);
        return (
            facts is null ? null : facts with { FeePence = known.FeePence },
            [.. errors.Where(entry => entry.Value is { Errors.Count: > 0 }).Select(entry => (FieldOf(entry.Key), entry.Value!.Errors[0].ErrorMessage))]);
    }

    public static string Words(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Day}/{day.Month}/{day.Year}");

    private static void Need(ModelStateDictionary errors, string key, bool isThere, string words)
    {
        if (!isThere)
        {
            errors.AddModelError(key, words);
        }
    }

    private static string? Short(string? typed) => typed is { Length: > TypedLength } ? "too long" : typed;

    // What is no id is none of the list.
    private static Guid Known(string typed) => Guid.TryParse(typed, out var id) ? id : Guid.Empty;

    private static string FieldOf(string key) => key switch
    {
        "Form.Start" => nameof(Start),
        "Form.End" => nameof(End),
        "Form.VenueId" => nameof(Where),
        "Form.ProviderId" => nameof(Trainer),
        "Form.Capacity" => nameof(Places),
        _ => nameof(Day),
    };
}
