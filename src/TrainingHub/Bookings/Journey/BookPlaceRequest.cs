using TrainingHub.Catalogue;
using TrainingHub.FreePlaces;
using TrainingHub.People;

namespace TrainingHub.Bookings;

/// <summary>
/// One person who is to come. Access needs are the delegate's own words, or null; so is what was said about the course to take before, null where
/// nobody asked.
/// </summary>
internal sealed record Delegate(string Name, string Email, string? AccessNeeds, PrerequisiteAnswer? Prerequisite = null)
{
    public PersonKey Key => PersonKey.Of(Email, Name);
}

/// <summary>
/// One date of an order and who is to come to it: one to thirty places, nobody twice; an address may have
/// several. Unnamed is how many more places there are for people who are named later. PricePence is the price of one place that the buyer was shown, before any free place. MostPlaces is for staff alone: up to how many
/// people in all may be on the date, over its capacity. Offer is what who books was offered from the waiting list.
/// </summary>
internal sealed record DateRequest(Guid RunId, int PricePence, IReadOnlyList<Delegate> Delegates, int? MostPlaces = null, int Unnamed = 0, PlacesOffered? Offer = null)
{
    public int Places => Delegates.Count + Unnamed;
}

/// <summary>Places of a date that are kept until a moment for an entry of its waiting list.</summary>
internal sealed record PlacesOffered(Guid EntryId, int Places, DateTimeOffset Until);

/// <summary>What a charity or community interest company says when it asks for free places.</summary>
/// <param name="Applicant"></param>
/// <param name="RegisteredNumber"></param>
/// <param name="About"></param>
/// <param name="PolicyId">Under which it is decided; null when none is published.</param>
/// <param name="DecideOn">The last day to decide, as the applicant is told.</param>
internal sealed record FreePlaceRequest(FreePlaceApplicant Applicant, string? RegisteredNumber, string About, Guid? PolicyId = null, DateOnly? DecideOn = null);

/// <summary>What holds for a booking that staff make for somebody, instead of what holds for a visitor.</summary>
/// <param name="BeginsAfter">Booking may have closed; a date that began before this instant is refused.</param>
/// <param name="HoldUntil">When it is to be paid by card: until when the places are held.</param>
/// <param name="FreeBecause">Why it costs nothing, though others pay; null when it costs what the rule says.</param>
/// <param name="OverBecause">Why more people are taken than a date has places; given when a date of the request says how many.</param>
/// <param name="AddedToId">The order to which these people are added.</param>
/// <param name="WithoutBecause">Why people come who have not done the course that is required before; null when nobody does.</param>
internal sealed record ByStaff(
    DateTimeOffset BeginsAfter, DateTimeOffset? HoldUntil = null, string? FreeBecause = null, string? OverBecause = null, Guid? AddedToId = null,
    string? WithoutBecause = null);

/// <summary>
/// A booking as it was checked by its buyer: texts are trimmed and within the lengths of <see cref="Booking"/>. BookingId is the
/// form's own, made when the form was begun, so that a second delivery carries the same. One to ten dates, none twice. FreePlace is
/// given when that is the method and no award pays, and is for all places of the order. AwardId is that of an award whose code was shown. With a Visitor it is bounded what one of them
/// gets without paying. AddedToId is the order to which its booker adds these people. TotalPence is what the whole order was said to cost, before
/// any free place, when that is less than its places by themselves.
/// </summary>
internal sealed record BookPlaceRequest(
    Guid BookingId,
    IReadOnlyList<DateRequest> Dates,
    string BookerName,
    string BookerEmail,
    string? OrganisationName,
    Guid SectorId,
    Guid AreaId,
    PaymentMethod Method,
    string? PurchaseOrder = null,
    string? InvoiceEmail = null,
    FreePlaceRequest? FreePlace = null,
    Visitor? Visitor = null,
    ByStaff? Staff = null,
    Guid? AddedToId = null,
    Guid? AwardId = null,
    int? TotalPence = null)
{
    /// <summary>What the buyer was shown.</summary>
    public int ShownPence => TotalPence ?? Dates.Sum(date => date.PricePence * date.Places);

    /// <summary>It waits for a payment or a decision.</summary>
    public bool IsHeld => Method == PaymentMethod.Card || (Method == PaymentMethod.FreePlace && AwardId is null);

    public Guid[] RunIds => [.. Dates.Select(date => date.RunId)];

    /// <summary>Whether who books could have a place on the date at that moment, if there are any.</summary>
    public bool CanBook(DateLine run, DateTimeOffset now) => Staff is null
        ? run.IsOpenAt(now)
        : run.State == RunState.Scheduled && run.StartsAt > Staff.BeginsAfter && run.Pence is not null;

    /// <summary>The places that who books could have on one of its dates.</summary>
    public int LeftOn(DateRequest date, DateLine run, DateTimeOffset now) => Math.Max(run.LeftFor(SectorId, now) + (date.Offer is { } offer && now < offer.Until ? offer.Places : 0), (date.MostPlaces ?? 0) - run.PlacesTaken);
}

internal enum BookPlaceResult
{
    Booked,

    /// <summary>The same form was booked before; the outcome names that booking.</summary>
    AlreadyBooked,
    Full,
    RunClosed,
    PriceChanged,
    DelegateAlreadyOnDate,

    /// <summary>Somebody has not done the course that is required before, or nobody said.</summary>
    PrerequisiteMissing,

    /// <summary>The award is over, stopped, or has fewer places left than are asked for.</summary>
    AwardUsedUp,

    /// <summary>The visitor, or others of the same network, have too many places that are not paid for.</summary>
    TooManyUnpaid,
}

/// <param name="Result">What happened. Everything but Booked and AlreadyBooked left nothing behind.</param>
/// <param name="Booking">The booking made now or before; null when refused.</param>
/// <param name="RunId">When refused: the date that refuses. Where several do, the first of them in the order of the request. Null when it is the price of a programme as a whole.</param>
/// <param name="PlacesLeft">When full: how many places are left for the booker's sector, fewer than asked for.</param>
/// <param name="PricePence">When the price changed: the price of one place now, or of the whole order.</param>
/// <param name="Taken">When somebody already has a place on the date: who, and in which booking.</param>
/// <param name="Until">When too many are unpaid: when the first of them may be free again.</param>
internal sealed record BookPlaceOutcome(
    BookPlaceResult Result,
    BookedBooking? Booking = null,
    Guid? RunId = null,
    int PlacesLeft = 0,
    int PricePence = 0,
    IReadOnlyList<TakenDelegate>? Taken = null,
    DateTimeOffset? Until = null);

/// <summary>A delegate of a date of the request, from 0, who has a place by another booking. Only who made that one may be told so.</summary>
internal sealed record TakenDelegate(int Index, Guid BookingId);

internal sealed record BookedBooking(Guid Id, string Reference, BookingState State, PaymentMethod Method);
