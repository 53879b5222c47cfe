using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Files;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>The fields of a session as staff type them, and what they mean.</summary>
internal sealed class SessionForm
{
    [Display(Name = "Title"), Required(ErrorMessage = "Enter the title of the session")]
    [StringLength(EventSession.TitleLength, ErrorMessage = "The title must be 200 characters or fewer")]
    public string? Title { get; set; }

    /// <summary>From 1: which meeting of the date. A form of a date with one does not ask.</summary>
    [Display(Name = "Day"), Range(1, Meetings.Most, ErrorMessage = "Choose one of the days of the event")]
    public short? Meeting { get; set; }

    [Display(Name = "Starts at", Description = "For example 9:30 or 13:00. Sessions with the same times are held side by side."), Required(ErrorMessage = "Enter when it starts")]
    [StringLength(10, ErrorMessage = "Starts at must be a time, like 9:30 or 13:00")]
    public string? Begins { get; set; }

    [Display(Name = "Ends at"), Required(ErrorMessage = "Enter when it ends")]
    [StringLength(10, ErrorMessage = "Ends at must be a time, like 9:30 or 13:00")]
    public string? Ends { get; set; }

    [Display(Name = "Speakers (optional)", Description = "Names and where they work, as visitors read them.")]
    [StringLength(EventSession.SpeakersLength, ErrorMessage = "Speakers must be 300 characters or fewer")]
    public string? Speakers { get; set; }

    [Display(Name = "Room (optional)"), StringLength(EventSession.RoomLength, ErrorMessage = "The room must be 100 characters or fewer")]
    public string? Room { get; set; }

    [Display(Name = "Places (optional)", Description = "Leave it empty when everybody fits in.")]
    [Range(1, EventSession.MaxCapacity, ErrorMessage = "Places must be a number from 1 to 500")]
    public int? Capacity { get; set; }

    [Display(Name = "What it is about (optional)", Description = "One to three sentences. Name no child and no family.")]
    [StringLength(EventSession.AboutLength, ErrorMessage = "What it is about must be 1,000 characters or fewer")]
    public string? About { get; set; }

    public static SessionForm Of(SlotLine slot, SessionLine session) => new()
    {
        Title = session.Title,
        Meeting = slot.Meeting,
        Begins = slot.Begins.ToString("H:mm", CultureInfo.InvariantCulture),
        Ends = slot.Ends.ToString("H:mm", CultureInfo.InvariantCulture),
        Speakers = session.Speakers,
        Room = session.Room,
        Capacity = session.Capacity,
        About = session.About,
    };

    /// <summary>What was typed as facts; null when an error stands at a field.</summary>
    public SessionFacts? Read(ModelStateDictionary errors)
    {
        var (begins, ends) = (TimeOf(Begins, "Form.Begins", "Starts at", errors), TimeOf(Ends, "Form.Ends", "Ends at", errors));
        if (ends <= begins)
        {
            errors.AddModelError("Form.Ends", "It must end after it starts, on the same day");
        }

        return errors.IsValid && begins is { } from && ends is { } to && Title is { } title ? new(from, to, title, About, Speakers, Room, Capacity, Meeting ?? 1) : null;
    }

    private static TimeOnly? TimeOf(string? typed, string key, string field, ModelStateDictionary errors)
    {
        if (typed is null || CellValues.Time(Cell.OfText(typed)) is { } time && (time.Second, time.Millisecond) == (0, 0))
        {
            return typed is null ? null : CellValues.Time(Cell.OfText(typed));
        }

        errors.AddModelError(key, $"{field} must be a time, like 9:30 or 13:00");
        return null;
    }
}
