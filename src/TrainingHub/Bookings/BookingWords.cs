using TrainingHub.Catalogue;
using TrainingHub.Emails;

namespace TrainingHub.Bookings;

/// <summary>How bookings are called on the pages of staff, and dates to those who booked them.</summary>
internal static class BookingWords
{
    /// <summary>", and 1 more date" after the first date of an order; nothing when that is the only one.</summary>
    public static string MoreDates(int more) => more switch
    {
        0 => "",
        1 => ", and 1 more date",
        _ => $", and {more} more dates",
    };

    public static string State(BookingState state) => state switch
    {
        BookingState.Held => "Waiting",
        BookingState.Confirmed => "Confirmed",
        BookingState.Cancelled => "Cancelled",
        BookingState.Expired => "Released",
    };

    /// <summary>How it is paid, in a word or two for staff.</summary>
    public static string Method(PaymentMethod method) => method switch
    {
        PaymentMethod.Free => "Free",
        PaymentMethod.Card => "Card",
        PaymentMethod.Invoice => "Invoice",
        PaymentMethod.FreePlace => "Free place",
        PaymentMethod.NotKnown => "Not known",
        PaymentMethod.Desk => "To the training team",
    };

    public const string StepDates = "Dates";
    public const string StepPeople = "Who is coming";
    public const string StepOrganisation = "Your organisation";
    public const string StepPayment = "Payment";
    public const string StepCheck = "Check";

    private static readonly string[] StepsToPay = [StepDates, StepPeople, StepOrganisation, StepPayment, StepCheck];
    private static readonly string[] StepsForFree = [StepDates, StepPeople, StepOrganisation, StepCheck];

    /// <summary>The pages of a booking in their order; nobody is asked how to pay for what is free.</summary>
    public static IReadOnlyList<string> Steps(bool isFree) => isFree ? StepsForFree : StepsToPay;

    /// <summary>Where it is, in the words of pages and emails to those who come.</summary>
    public static string WhereForBooker(this DateLine date) => date.Delivery switch
    {
        DeliveryMode.Online => "Online. We send the joining link before the date.",
        DeliveryMode.InPerson => date.Venue is null ? "In person. We will tell you the venue." : date.WhereInFull,
    };

    /// <summary>The date as emails write it.</summary>
    public static CourseDate CourseDate(this DateLine date) => new(date.Course, date.When, date.WhereForBooker());

    public static string Origin(BookingOrigin origin) => origin switch
    {
        BookingOrigin.Online => "on this site",
        BookingOrigin.Import => "imported from a file",
        BookingOrigin.Invented => "invented example",
        BookingOrigin.Staff => "by the training team",
    };
}
