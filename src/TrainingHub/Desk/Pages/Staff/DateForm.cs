using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.People;
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

    /// <summary>Meetings after the first, always as many lines as there can be; empty ones say nothing.</summary>
    public List<LaterMeeting> Later { get; set; } = Lines([]);

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

    [Display(Name = "Fee of this date alone (optional)", Description = "Everybody pays it. Leave it empty for the course’s usual fee. 0 is free.")]
    [StringLength(12)]
    public string? Fee { get; set; }

    public LimitsForm Limits { get; set; } = new();

    public static DateForm Of(RunFacts facts) => new()
    {
        Day = facts.RunsOn,
        Later = Lines(facts.EachMeeting.Skip(1).Select(one => new LaterMeeting
        {
            Day = one.On,
            Start = Clock(TimeOnly.FromDateTime(London.At(one.StartsAt))),
            End = Clock(TimeOnly.FromDateTime(London.At(one.EndsAt))),
        })),
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
        var (start, end) = (TimeOf(Start, "Form.Start", "Starts at", errors), TimeOf(End, "Form.End", "Ends at", errors));
        if (end <= start)
        {
            errors.AddModelError("Form.End", "It must end after it starts, on the same day");
        }

        if (Day is { } day && start is { } time && !London.Exists(day, time))
        {
            errors.AddModelError("Form.Start", "The clocks go forward that night: this time does not exist");
        }

        var meetings = Day is { } first && start < end ? ReadMeetings(first, start.Value, end.Value, errors) : null;
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
                delivery == DeliveryMode.Online ? JoiningLink : null)
            {
                Meetings = meetings,
                Limits = limits,
            }
            : null;
    }

    private static List<LaterMeeting> Lines(IEnumerable<LaterMeeting> known) =>
        [.. known.Concat(Enumerable.Range(1, Meetings.Most).Select(_ => new LaterMeeting())).Take(Meetings.Most - 1)];

    /// <summary>The first meeting and those that were typed after it; null when it is one, or an error stands at a field.</summary>
    private Meetings? ReadMeetings(DateOnly first, TimeOnly start, TimeOnly end, ModelStateDictionary errors)
    {
        var all = new List<Meeting> { new(London.Instant(first, start), London.Instant(first, end)) };
        for (var index = 0; index < Later.Count; index++)
        {
            var (later, key) = (Later[index], $"Form.Later[{index}]");
            if (later.IsEmpty)
            {
                continue;
            }

            var from = later.Start is null ? start : TimeOf(later.Start, $"{key}.Start", $"Start of meeting {index + 2}", errors);
            var to = later.End is null ? end : TimeOf(later.End, $"{key}.End", $"End of meeting {index + 2}", errors);
            if (later.Day is not { } day)
            {
                if (errors.GetFieldValidationState($"{key}.Day") != ModelValidationState.Invalid)
                {
                    errors.AddModelError($"{key}.Day", $"Enter the date of meeting {index + 2}");
                }
            }
            else if (to <= from)
            {
                errors.AddModelError($"{key}.End", $"Meeting {index + 2} must end after it starts, on the same day");
            }
            else if (from is { } begin && to is { } until)
            {
                var meeting = new Meeting(London.Instant(day, begin), London.Instant(day, until));
                if (meeting.StartsAt <= all[^1].EndsAt)
                {
                    errors.AddModelError($"{key}.Day", $"Meeting {index + 2} must come after the one before it");
                    continue;
                }

                all.Add(meeting);
            }
        }

        if (all.Count > Meetings.Most)
        {
            errors.AddModelError("Form.Later[0].Day", $"A date can have {Meetings.Most} meetings at most");
        }

        return errors.IsValid ? Meetings.Of(all) : null;
    }

    private static void Know(ModelStateDictionary errors, string key, Guid? id, IReadOnlyList<SelectListItem> among, string what)
    {
        if (id is { } chosen && !among.Any(item => item.Value == $"{chosen}"))
        {
            errors.AddModelError(key, $"Select a {what} from the list");
        }
    }

    private static TimeOnly? TimeOf(string? typed, string key, string field, ModelStateDictionary errors)
    {
        if (typed is null)
        {
            return null;
        }

        if (CellValues.Time(Cell.OfText(typed)) is { } time)
        {
            return time;
        }

        errors.AddModelError(key, $"{field} must be a time, like 9:30 or 13:00");
        return null;
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0;

    private static string Clock(TimeOnly time) => time.ToString("H:mm", CultureInfo.InvariantCulture);
}

/// <summary>A further meeting of a date. Without times it has those of the first.</summary>
internal sealed class LaterMeeting
{
    public DateOnly? Day { get; set; }

    [StringLength(10)]
    public string? Start { get; set; }

    [StringLength(10)]
    public string? End { get; set; }

    public bool IsEmpty => Day is null && Start is null && End is null;
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
        var (venue, provider, area, sector) = (facts?.VenueId, facts?.ProviderId, facts?.AreaId, facts?.Limits.HeldBack?.SectorId);
        return new(
            await db.Venues.Where(one => one.ArchivedAt == null || one.Id == venue).OrderBy(one => one.Name).Select(one => new SelectListItem(one.Name, one.Id.ToString())).ToListAsync(ct),
            await db.Areas.Where(one => (one.ArchivedAt == null && one.Kind != AreaKind.Elsewhere) || one.Id == area).OrderBy(one => one.SortOrder).Select(one => new SelectListItem(one.LongName, one.Id.ToString())).ToListAsync(ct),
            await db.Providers.Where(one => one.ArchivedAt == null || one.Id == provider).OrderBy(one => one.Name).Select(one => new SelectListItem(one.Name, one.Id.ToString())).ToListAsync(ct))
        {
            Sectors = await db.Sectors.Where(one => one.ArchivedAt == null || one.Id == sector).OrderBy(one => one.SortOrder).Select(one => new SelectListItem(one.Name, one.Id.ToString())).ToListAsync(ct),
        };
    }
}
