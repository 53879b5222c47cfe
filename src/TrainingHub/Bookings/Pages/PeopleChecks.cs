using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>Whether everybody of an order is named, comes to something, and nobody is listed twice; and whether somebody comes to each date.</summary>
internal static class PeopleChecks
{
    public static readonly string TooMany = $"Book for 1 to {Booking.MaxDelegates} people at a time";

    /// <param name="page">The page whose form was sent, with the fields of each person as People[0].Name and so on.</param>
    /// <param name="people">As they would be kept.</param>
    /// <param name="later">Places of a date for people who are named later.</param>
    /// <param name="state">With the dates of the order.</param>
    public static void CheckPeople(this PageModel page, IReadOnlyList<PersonAnswer> people, Func<Guid, int> later, JourneyState state)
    {
        if (people.Count == 0 && state.Dates.Sum(date => later(date.Id)) == 0)
        {
            page.ModelState.AddModelError("", TooMany);
        }

        var seen = new HashSet<PersonKey>();
        for (var i = 0; i < people.Count; i++)
        {
            page.CheckPerson(people[i], $"People[{i}]", people.Count == 1 ? "the person who is coming" : $"person {i + 1}", seen);
            if (state.Dates.All(date => !people[i].ComesTo(date.Id)))
            {
                page.ModelState.AddModelError($"People[{i}].On", $"Select the dates to which {people[i].Name ?? "this person"} comes, or remove this person");
            }
        }

        foreach (var date in state.Dates)
        {
            var places = people.Count(person => person.ComesTo(date.Id)) + later(date.Id);
            if (places == 0 && people.Count > 0)
            {
                page.ModelState.AddModelError("", $"Nobody comes to {date.Course}, {date.DayWords}. Select who comes, or take the date out of the booking");
            }
            else if (places > Booking.MaxDelegates)
            {
                page.ModelState.AddModelError("", $"{date.Course}, {date.DayWords}: book up to {Booking.MaxDelegates} places. You have asked for {places}");
            }
        }

        var all = state.Dates.Sum(date => people.Count(person => person.ComesTo(date.Id)) + later(date.Id));
        if (all > Booking.MaxPlaces)
        {
            page.ModelState.AddModelError("", $"One booking is for up to {Booking.MaxPlaces} places on all its dates. This one has {all}. Take some out and book them after this");
        }
    }

    private static void CheckPerson(this PageModel page, PersonAnswer person, string key, string who, HashSet<PersonKey> seen)
    {
        if (person.Name is null)
        {
            page.ModelState.AddModelError(key + ".Name", $"Enter the full name of {who}");
        }

        page.CheckAddress(key + ".Email", person.Email, $"Enter the email address of {who}");
        if (person.Key is { } same && !seen.Add(same))
        {
            page.ModelState.AddModelError(key + ".Name", $"{person.Name} is listed twice with this email address. Remove one of them, or enter somebody else");
        }
    }
}
