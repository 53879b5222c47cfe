using System.ComponentModel.DataAnnotations;
using TrainingHub.People;

namespace TrainingHub.Bookings.Pages;

/// <summary>Beside the people one by one: a pasted list, and places for people who are named later.</summary>
internal sealed class WhoElseForm
{
    [Display(
        Name = "Names, one to a line",
        Description = "As “Ann Lee, ann.lee@example.org”, or straight from a spreadsheet or an email. A name alone is enough: you can add the address below.")]
    [StringLength(NameList.MaxLength, ErrorMessage = "The list must be {1} characters or fewer. Paste it in two parts")]
    public string? List { get; set; }

    [Display(Name = "Email address for those who have none in the list (optional)", Description = "Such as the address of your office. We write to each person by name.")]
    [DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? ListEmail { get; set; }

    public List<LaterForm> Later { get; set; } = [];

    /// <summary>The dates that the page offered for each person; none where the order has one date.</summary>
    public List<Guid> Asked { get; set; } = [];

    public static WhoElseForm Of(JourneyState state, DateTimeOffset now) => new()
    {
        List = state.Answers?.Listed,
        Later = [.. state.Dates
            .Where(date => NameLater.IsOpen(date.RunsOn, now))
            .Select(date => new LaterForm { Run = date.Id, Places = state.Answers?.LaterOn(date.Id) is > 0 and var places ? places : null })],
    };

    /// <summary>Only of dates of the order, for which people may still be named later. Null is none.</summary>
    public Dictionary<Guid, int>? ToAnswer(JourneyState state, DateTimeOffset now)
    {
        var places = state.Dates
            .Where(date => NameLater.IsOpen(date.RunsOn, now))
            .Select(date => (date.Id, Places: Later.Find(one => one.Run == date.Id)?.Places ?? 0))
            .Where(date => date.Places > 0)
            .ToDictionary(date => date.Id, date => date.Places);
        return places.Count == 0 ? null : places;
    }
}

internal sealed class LaterForm
{
    public Guid Run { get; set; }

    [Display(Name = "Places to be named later"), Range(0, Booking.MaxDelegates, ErrorMessage = "Enter a number of places from 0 to 30")]
    public int? Places { get; set; }
}
