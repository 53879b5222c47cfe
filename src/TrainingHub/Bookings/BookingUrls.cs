using TrainingHub.Catalogue;

namespace TrainingHub.Bookings;

/// <summary>Addresses of this room, without the host.</summary>
internal static class BookingUrls
{
    public static string Dates(Guid run) => $"/dates/{run}/book/dates";
    public static string Before(Guid run) => $"/dates/{run}/book/before";
    public static string Organisation(Guid run) => $"/dates/{run}/book/organisation";
    public static string Payment(Guid run) => $"/dates/{run}/book/payment";
    public static string Unavailable(Guid run) => $"/dates/{run}/book/unavailable";
    public static string Check(Guid run) => $"/dates/{run}/book/check";
    public static string YourWait(string token) => $"/waiting-list/{token}";

    public static string Manage(string reference) => $"/bookings/{reference}";
    public static string Pay(string reference) => $"/bookings/{reference}/pay";
    public static string PayByInvoice(string reference) => $"/bookings/{reference}/pay-by-invoice";
    public static string Invoice(string reference) => $"/bookings/{reference}/invoice";
    public static string Receipt(string reference) => $"/bookings/{reference}/receipt";
    public static string Calendar(string reference) => $"/bookings/{reference}/calendar.ics";
    public static string Cancel(string reference) => $"/bookings/{reference}/cancel";
    public static string CancelPlace(string reference, Guid place) => $"/bookings/{reference}/cancel?place={place}";
    public static string CancelDate(string reference, Guid run) => $"/bookings/{reference}/cancel?date={run}";
    public static string Move(string reference, Guid place) => $"/bookings/{reference}/move?place={place}";
    public static string Swap(string reference, Guid place) => $"/bookings/{reference}/swap?place={place}";
    public static string AddMore(string reference) => $"/bookings/{reference}/add";
    public static string Names(string reference) => $"/bookings/{reference}/names";
    public static string ChoosePayment(string reference) => $"/bookings/{reference}/payment";

    public static string PrivateLink(string token) => $"/b/{token}";
    public static string PrivateCalendar(string token) => $"/b/{token}/calendar.ics";
    public static string PrivateReceipt(string token) => $"/b/{token}/receipt";
    public static string PrivateNames(string token) => $"/b/{token}/names";
    public static string PrivatePayment(string token) => $"/b/{token}/payment";

    public static string DelegateLink(Guid place, string token) => $"/d/{place}/{token}";
    public static string DelegatePage(Guid place) => $"/places/{place}";
    /// <summary>What a delegate is asked before the course; the page stands in the room Surveys.</summary>
    public static string BeforeQuestions(Guid place) => $"/survey/before/{place}";
    public static string DelegateCalendar(Guid place) => $"/places/{place}/calendar";

    /// <summary>What the code of a delegate says, for the camera of whoever stands at the door.</summary>
    public static string AtDoor(string code) => $"/here/{code}";

    public static string ChooseDate(string reference, Guid run) => $"/bookings/{reference}/choose-date?date={run}";

    public const string StaffBookings = "/staff/bookings";
    public const string StaffDates = "/staff/dates";

    public static string StaffBooking(string reference) => $"{StaffBookings}/{reference}";
    public static string StaffBooker(string reference) => $"/staff/bookings/{reference}/booker";
    public static string StaffPerson(string reference, Guid place) => $"/staff/bookings/{reference}/people/{place}";
    public static string StaffSwap(string reference, Guid place) => $"/staff/bookings/{reference}/people/{place}?change=another";
    public static string StaffMove(string reference, Guid place) => $"/staff/bookings/{reference}/people/{place}/move";
    public static string StaffCancel(string reference) => $"/staff/bookings/{reference}/cancel";
    public static string StaffCancelPlace(string reference, Guid place) => $"/staff/bookings/{reference}/cancel?place={place}";
    public static string StaffPayment(string reference) => $"/staff/bookings/{reference}/payment";

    public static string StaffDate(Guid run) => $"{StaffDates}/{run}";

    /// <summary>Where staff book for somebody else.</summary>
    public static string BookFor(Guid run) => $"/staff/dates/{run}/book";

    /// <summary>The same for somebody who came without a booking.</summary>
    public static string WalkIn(Guid run, string? name = null) => $"/staff/dates/{run}/book?walkIn=true{(name is null ? "" : $"&name={Uri.EscapeDataString(name)}")}";

    public static string AddPeople(string reference) => $"/staff/bookings/{reference}/add";
    public static string ChangeDate(Guid run) => $"/staff/dates/{run}/change";
    public static string CancelRun(Guid run) => $"/staff/dates/{run}/cancel";
    public static string MergeRun(Guid run) => $"/staff/dates/{run}/merge";
    public static string MergeRun(Guid run, Guid into) => $"{MergeRun(run)}?to={into}";
    /// <summary>The programme of an event, and one session of it.</summary>
    public static string StaffSessions(Guid run) => $"/staff/dates/{run}/programme";
    public static string StaffSession(Guid run, Guid session) => $"{StaffSessions(run)}/{session}";
    /// <summary>The sheet to sign of one session, and the badges; their pages stand in the room Attendance.</summary>
    public static string SessionSheet(Guid run, Guid session) => $"/staff/dates/{run}/register/print?session={session}";
    public static string Badges(Guid run) => $"/staff/dates/{run}/badges";
    public static string NewSession(Guid run) => $"{StaffSessions(run)}/{CatalogueUrls.New}";

    public static string Message(Guid run) => $"/staff/dates/{run}/message";

    /// <summary>The same to the waiting list.</summary>
    public static string MessageWaiting(Guid run) => $"{Message(run)}?to={nameof(MessageAudience.Waiting)}";

    public static string SentMessage(Guid message) => $"{Messages}/{message}";
    public const string Messages = "/staff/messages";
    public const string MessageBookings = Messages + "/bookings";
    public const string NewMessage = "/staff/messages/new";
    public const string StaffFreePlaces = "/staff/free-places";
    public const string ApproveFreePlaces = StaffFreePlaces + "/approve";
    public const string StaffWaitingLists = "/staff/waiting-lists";

    public static string StaffWaiting(Guid entry) => $"{StaffWaitingLists}/{entry}";

    public static string WaitingListOf(Guid run) => $"{StaffWaitingLists}?date={run}";
}
