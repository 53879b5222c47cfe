using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The fields of a date as staff type them, and what they mean.</summary>
internal sealed class DateForm
{
    [Display(Name = "Date"), Required(ErrorMessage = "Enter the date")]
    public DateOnly? Day { get; set; }

    [Display(Name = "Starts at", Description = "For example 9:30 or 13:00."), Required(ErrorMessage = "Enter when it starts"), StringLength(10)]
    public string? Start { get; set; }

    [Display(Name = "Ends at"), Required(ErrorMessage = "Enter when it ends"), StringLength(10)]
    public string? End { get; set; }

    [Display(Name = "How is it held?"), Required(ErrorMessage = "Select how it is held")]
    public DeliveryMode? Delivery { get; set; }

    [Display(Name = "Venue")]
    public Guid? VenueId { get; set; }

    [Display(Name = "Joining link", Description = "Starts with https://. Only those who are booked are told it.")]
    [StringLength(CourseRun.LinkLength)]
    public string? JoiningLink { get; set; }

    [Display(Name = "Area")]
    public Guid? AreaId { get; set; }

    [Display(Name = "Trainer")]
    public Guid? ProviderId { get; set; }

    [Display(Name = "Places"), Required(ErrorMessage = "Enter how many places there are")]
    [Range(1, CourseRun.MaxCapacity, ErrorMessage = "Places must be a number from 1 to 500")]
    public int? Capacity { get; set; }

    [Display(Name = "Fee of this date alone (optional)", Description = "Leave it empty for the course’s usual fee. 0 is free.")]
    [StringLength(12)]
    public string? Fee { get; set; }

    public LimitsForm Limits { get; set; } = new();

    public static DateForm Of(RunFacts facts) => new()
    {
        Day = facts.RunsOn,
        Start = Clock(facts.Start),
        End = Clock(facts.End),
        Delivery = facts.Delivery,
        VenueId = facts.VenueId,
        JoiningLink = facts.JoiningLink,
        AreaId = facts.AreaId,
        ProviderId = facts.ProviderId,
        Capacity = facts.Capacity,
        Fee = facts.FeePence is { } pence ? new Money(pence).Amount : null,
        Limits = LimitsForm.Of(facts.Limits),
    };

    /// <summary>What was typed as facts; null when an error stands at a field. An online date has no venue, another no joining link.</summary>
    /// <param name="errors"></param>
    /// <param name="lists">What may be chosen.</param>
    public RunFacts? Read(ModelStateDictionary errors, DateLists lists)
    {
        var (start, end) = (TimeOf(Start, nameof(Start), errors), TimeOf(End, nameof(End), errors));
        if (end <= start)
        {
            errors.AddModelError("Form.End", "It must end after it starts, on the same day");
        }

        if (Day is { } day && start is { } time && !London.Exists(day, time))
        {
            errors.AddModelError("Form.Start", "The clocks go forward that night: this time does not exist");
        }

        var fee = Fee is null ? null : Money.Parse(Fee == "0" ? "free" : Fee);
        if (Fee is not null && fee is null)
        {
            errors.AddModelError("Form.Fee", "Fee must be an amount of pounds, like 55 or 52.50");
        }

        if (Delivery == DeliveryMode.Online && JoiningLink is not null && !IsWebAddress(JoiningLink))
        {
            errors.AddModelError("Form.JoiningLink", "Joining link must be a web address that starts with https://");
        }

        Know(errors, "Form.VenueId", VenueId, lists.Venues, "venue");
        Know(errors, "Form.AreaId", AreaId, lists.Areas, "area");
        Know(errors, "Form.ProviderId", ProviderId, lists.Providers, "trainer");
        var limits = Limits.Read(errors, lists, Capacity, Day);
        return errors.IsValid && Day is { } on && start is { } from && end is { } to && Delivery is { } delivery && Capacity is { } capacity
            ? new(
                on, from, to, capacity, delivery,
                delivery == DeliveryMode.InPerson ? VenueId : null, AreaId, ProviderId, fee?.Pence,
                delivery == DeliveryMode.Online ? JoiningLink : null) { Limits = limits }
            : null;
    }

    private static void Know(ModelStateDictionary errors, string key, Guid? id, IReadOnlyList<SelectListItem> among, string what)
    {
        if (id is { } chosen && !among.Any(item => item.Value == $"{chosen}"))
        {
            errors.AddModelError(key, $"Select a {what} from the list");
        }
    }

    private static TimeOnly? TimeOf(string? typed, string field, ModelStateDictionary errors)
    {
        if (typed is null)
        {
            return null;
        }

        if (CellValues.Time(Cell.OfText(typed)) is { } time)
        {
            return time;
        }

        errors.AddModelError($"Form.{field}", $"{(field == nameof(Start) ? "Starts" : "Ends")} at must be a time, like 9:30 or 13:00");
        return null;
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0;

    private static string Clock(TimeOnly time) => time.ToString("H:mm", CultureInfo.InvariantCulture);
}

/// <summary>A page with the fields of a date.</summary>
internal interface IDateFields
{
    DateForm Form { get; }
    DateLists Lists { get; }
}

/// <summary>What the fields of a date offer to choose from.</summary>
internal sealed record DateLists(IReadOnlyList<SelectListItem> Venues, IReadOnlyList<SelectListItem> Areas, IReadOnlyList<SelectListItem> Providers)
{
    public IReadOnlyList<SelectListItem> Sectors { get; init; } = [];

    /// <summary>Where the choices are written on the page, and not taken from the property's type.</summary>
    public static readonly IReadOnlyList<SelectListItem> None = [];

    /// <param name="db">Holds them.</param>
    /// <param name="facts">Of the date as it is: what it has is offered also when it is archived by now. Null for a new one.</param>
    /// <param name="ct">To stop.</param>
    public static async Task<DateLists> ReadAsync(TrainingHubDb db, RunFacts? facts, CancellationToken ct)
    {
        var (venue, provider) = (facts?.VenueId, facts?.ProviderId);
        return new(
            await db.Venues.Where(one => one.ArchivedAt == null || one.Id == venue).OrderBy(one => one.Name).Select(one => new SelectListItem(one.Name, one.Id.ToString())).ToListAsync(ct),
            await db.Areas.OrderBy(one => one.SortOrder).Select(one => new SelectListItem(one.LongName, one.Id.ToString())).ToListAsync(ct),
            await db.Providers.Where(one => one.ArchivedAt == null || one.Id == provider).OrderBy(one => one.Name).Select(one => new SelectListItem(one.Name, one.Id.ToString())).ToListAsync(ct))
        {
            Sectors = await db.Sectors.OrderBy(one => one.SortOrder).Select(one => new SelectListItem(one.Name, one.Id.ToString())).ToListAsync(ct),
        };
    }
}
