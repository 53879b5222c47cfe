using TrainingHub.Bookings;
using TrainingHub.Catalogue;

namespace TrainingHub.Desk;

/// <summary>A few of what was found, best first.</summary>
/// <param name="Shown">At most <see cref="SearchEverything.Shown"/>.</param>
/// <param name="HasMore">There are others.</param>
internal sealed record FoundGroup<T>(IReadOnlyList<T> Shown, bool HasMore)
{
    public static FoundGroup<T> None { get; } = new([], HasMore: false);

    public static FoundGroup<T> Of(IReadOnlyList<T> read) => new([.. read.Take(SearchEverything.Shown)], read.Count > SearchEverything.Shown);
}

internal sealed record FoundEverything(
    FoundGroup<FoundPerson> People,
    FoundGroup<FoundBooking> Bookings,
    FoundGroup<FoundOrganisation> Organisations,
    FoundGroup<DateLine> Dates,
    FoundGroup<FoundCourse> Courses,
    FoundGroup<FoundInvoice> Invoices,
    FoundGroup<FoundLearning> Learning)
{
    public bool IsNothing => People.Shown.Count + Bookings.Shown.Count + Organisations.Shown.Count + Dates.Shown.Count + Courses.Shown.Count + Invoices.Shown.Count + Learning.Shown.Count == 0;
}

/// <param name="Name"></param>
/// <param name="Email"></param>
/// <param name="By">"Name" or "email address".</param>
/// <param name="Places">The coming ones; when there are none, the last one. At least one.</param>
/// <param name="More">Coming ones that are not shown.</param>
internal sealed record FoundPerson(Guid Id, string Name, string Email, string By, IReadOnlyList<FoundPlace> Places, int More);

internal sealed record FoundPlace(
    Guid PersonId, Guid RunId, string Course, DateOnly RunsOn, bool IsComing, PlaceState State, string Reference, string? Organisation);

internal sealed record FoundBooking(
    Guid Id, string Reference, string? BookerName, string? BookerEmail, string? Organisation, BookingState State, string By,
    string? Course, DateOnly? RunsOn, int Places);

internal sealed record FoundOrganisation(Guid Id, string Name, string? Sector, int Bookings, bool IsApproved);

/// <param name="Kind">A course, or of which kind the event is.</param>
/// <param name="Earlier">A title that it had before, when that is what was found.</param>
internal sealed record FoundCourse(Guid Id, string Title, CourseKind Kind, string? Earlier, int Coming, DateOnly? NextOn);

/// <summary>A source, a recommendation, an action or a training need.</summary>
/// <param name="What">Its title or words.</param>
/// <param name="Kind">What it is, and of what.</param>
/// <param name="By">What of it matches.</param>
/// <param name="Url">Of its page.</param>
internal sealed record FoundLearning(string What, string Kind, string By, string Url);

internal sealed record FoundInvoice(int Number, string Reference, string? Organisation, int AmountPence, DateOnly DueOn, bool IsSettled);
