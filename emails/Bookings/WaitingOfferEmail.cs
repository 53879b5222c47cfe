namespace TrainingHub.Emails;

/// <summary>To somebody on a waiting list for whom places are kept.</summary>
/// <param name="Name">Who waits.</param>
/// <param name="Date">The course and its date.</param>
/// <param name="Places">How many places are kept, such as "2 places".</param>
/// <param name="Until">Until when, such as "Monday 30 November 2026 at 4:50pm".</param>
/// <param name="OfferUrl">Their own page, where the offer is taken or declined.</param>
/// <param name="EndsSooner">They know of the offer, and there is less time for it than they were told.</param>
public sealed record WaitingOfferEmail(string Name, CourseDate Date, string Places, string Until, string OfferUrl, bool EndsSooner = false) : IEmailMessage
{
    public string Subject => EndsSooner ? $"{Name}, your offer ends sooner: {Date.Course}" : $"{Name}, {(Places == "1 place" ? "a place is" : $"{Places} are")} free for you: {Date.Course}";

    public string KeptSubject => EndsSooner ? $"Your offer ends sooner: {Date.Course}" : $"{(Places == "1 place" ? "A place is" : $"{Places} are")} free for you: {Date.Course}";
}
