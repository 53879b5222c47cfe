using TrainingHub.Emails;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>One of every message, each value unlike any other, with letters that go wrong easily.</summary>
internal static class EmailSamples
{
    public static readonly EmailBrand Brand =
        new("Exampleshire Safeguarding Partnership", "training@partnership.example", "01202 000 111", "https://training.example");

    public static readonly CourseDate Date =
        new("Safeguarding L2 – Foundation & “Thresholds”", "Saturday 27 March 2027, 9:30am to 12:30pm", "Room 2, Siân’s Hall; Poole <BH15>");

    private const string Unnamed = "somebody to be named by Tuesday 23 March 2027";

    private static readonly string[] Delegates = ["Siân O’Brien", "Łukasz Żółw", "Zoë \"Z\" Smith"];

    private static readonly IReadOnlyList<OrderDate> Dates =
    [
        new(Date, Delegates),
        new(new("Hidden harm", "Monday 5 April 2027, midday to 3pm", "Online. We send the joining link before the date."), ["Rosa Second"]),
    ];

    private static readonly AwardToUse Award = new("K7M2-P9QX-34HJ", "Łódź Toddlers & Friends", 18, 20, "31 March 2027", Url("courses"));

    private static readonly IReadOnlyList<OrderDate> DatesOfOne = [.. Dates.Select((date, index) => new OrderDate(date.Date, [], Url($"dates/{index + 1}")))];

    public static IReadOnlyList<IEmailMessage> All { get; } =
    [
        new BookingConfirmedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, "£165.00 (3 places at £55.00)", "Paid by card on 3 March 2027", true, Url("manage"), Url("calendar.ics")),
        new BookingReceivedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, BookingAwaits.CardPayment, "3 March 2027 at 4:30pm", Url("manage")),
        new BookingReceivedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, BookingAwaits.FreePlaceDecision, null, Url("manage")),
        new BookingCancelledEmail("Ann Booker", "K7M2P9QX", Date, Delegates, "The trainer is ill.", "We will refund £165.00 to your card.", Url("courses")),
        new BookingCancelledEmail("Ann Booker", "K7M2P9QX", Date, ["Siân O’Brien"], null, null, Url("courses")),
        new PlaceCancelledEmail("Ann Booker", "K7M2P9QX", Date, "Kai Went", Delegates, "We will refund £55.00 to your card.", Url("manage")),
        new PlaceCancelledEmail("Ann Booker", "K7M2P9QX", Date, "Kai Went", Delegates, null, Url("manage"), GivenUpBy: "Kai Went"),
        new BookingCancelledEmail("Ann Booker", "K7M2P9QX", Date, ["Kai Went"], null, null, Url("courses"), GivenUpBy: "Kai Went"),
        new DelegateSwappedEmail("Ann Booker", "K7M2P9QX", Date, "Kai Went", "Mia Came", Url("manage")),
        new PlaceForYouEmail("Mia Came", "Ann Booker", Date, Url("dates/1")),
        new SessionGoneEmail("Mia Came", Date, "Hidden harm & “Thresholds”", "10:30am to 11:30am", CanChoose: true, Url("d/1")),
        new SessionGoneEmail("Mia Came", Date, "Hidden harm", "10:30am to 11:30am", CanChoose: false, Url("d/1")),
        new RecordingReadyEmail("Mia Came", Date, ["Recording of the day", "Slides: Hidden harm & “Thresholds”"], AskedOn: null, "27 September 2027", Url("recordings/1")),
        new RecordingReadyEmail(null, Date, ["Recording of the day"], "3 March 2027", "27 September 2027", Url("recordings/1")),
        new NamesWantedEmail("Ann Booker", "K7M2P9QX", [new(Date, [Unnamed, Unnamed])], "Tuesday 23 March 2027", Url("names")),
        new NamesWantedEmail("Ann Booker", "K7M2P9QX", [new(Date, [Unnamed]), Dates[1] with { People = [Unnamed] }], "Tuesday 23 March 2027", Url("names")),
        new PlacesNamedEmail("Ann Booker", "K7M2P9QX", Dates, Url("manage"), AreTold: true),
        new PlacesNamedEmail("Ann Booker", "K7M2P9QX", [Dates[1]], Url("manage"), AreTold: false),
        new BookedAlreadyEmail("Mia Came", Date, Url("dates/1")),
        new BeforeCourseEmail("Mia Came", Date, "Sat 27 Mar 2027", 7, null, false, "Ann Booker", Url("d/1"), HasDoorCode: true, AsksBefore: true),
        new BeforeCourseEmail("Mia Came", Date with { Where = "Online" }, "Sat 27 Mar 2027", 2, "https://meet.example/a?b=c&d=e", false, "Mia Came", Url("d/1")),
        new BeforeCourseEmail("Mia Came", Date with { Where = "Online" }, "Sat 27 Mar 2027", 1, "https://meet.example/a?b=c&d=e", true, "", Url("d/1")),
        new BeforeCourseEmail(
            "Mia Came", Date, "Sat 27 Mar 2027", 1, null, false, "Ann Booker", Url("d/1"), "Meeting 2 of 3", HasBegun: true,
            ["Room: Suite 2", "Parking and public transport: bus 4 stops outside"], ["Read your agency's own policy.", "Bring a pen."]),
        new DateCancelledEmail("Ann Booker", "K7M2P9QX", Date, Delegates, "The trainer is ill.", "£165.00 goes back to the card or account that paid.", null, Url("courses/l2")),
        new DateCancelledEmail("Ann Booker", "K7M2P9QX", Date, ["Siân O’Brien"], "The hall is flooded.", null, "3 March 2027 at 4:30pm", Url("manage"), [Dates[1]]),
        new DateMovedEmail("Ann Booker", "K7M2P9QX", Dates[1].Date with { Course = Date.Course }, Date, Delegates, "The hall is flooded.", null, true, Url("manage"), Url("calendar.ics")),
        new DateMovedEmail("Mia Came", null, Dates[1].Date with { Course = Date.Course }, Date, [], null, "Ann Booker", false, Url("dates/1")),
        new DateMovedEmail("Mia Came", null, Date with { Where = "Online" }, Date, [], null, null, false, Url("dates/1")),
        new DateMovedEmail(
            "Ann Booker", "K7M2P9QX", Dates[1].Date with { Course = Date.Course }, Date, ["Mia Came"], "As we agreed on the phone.", null, false, Url("manage"), Url("calendar.ics"),
            IsOnePlace: true, "The place costs £50 now; it was £55."),
        new DateMovedEmail("Mia Came", null, Dates[1].Date with { Course = Date.Course }, Date, [], null, null, false, Url("d/1"), IsOnePlace: true),
        new DateMovedEmail(
            "Ann Booker", "K7M2P9QX", Dates[1].Date with { Course = Date.Course }, Date, ["Mia Came"], "Too few people had booked this date.", null, true, Url("manage"), Url("calendar.ics"),
            Ended: "Siân O’Brien is booked on Sat 27 Mar 2027 already. The place in this booking has ended. £55 goes back to the card or account that paid."),
        new WaitedDateChangedEmail("Mia Came", Date, null, Url("courses/l2")),
        new WaitedDateChangedEmail("Mia Came", Date, null, Url("dates/2"), Dates[1].Date with { Course = Date.Course }),
        new WaitedDateChangedEmail("Mia Came", Date, Dates[1].Date with { Course = Date.Course }, Url("courses/l2")),
        new InvoicesToCheckEmail(Date, ["K7M2P9QX: £110 (2 places at £55), purchase order 42", "R7M2P9QX: £55"], Url("staff/dates/1")),
        new SignInCodeEmail("K7M2 P9QX", "10:15am", Url("find-bookings")),
        new TrainingLeadEmail("St Mary’s & All Saints", true, 30, Url("find-bookings")),
        new TrainingLeadEmail("St Mary’s & All Saints", false, 30, Url("find-bookings")),
        new StaffInvitedEmail("Siân Coordinator", "Ann Coordinator", "Dorset Training", Url("choose-password/x/y"), "27 March 2027 at 9:30am"),
        new StaffPasswordLinkEmail("Siân Coordinator", "Ann Coordinator", "Dorset Training", Url("choose-password/x/y"), "27 March 2027 at 9:30am"),
        new StaffSignInChangedEmail("Siân Coordinator", SignInChange.AppAdded, null, null, "Dorset Training", "27 March 2027 at 9:30am"),
        new StaffSignInChangedEmail("Siân Coordinator", SignInChange.AppReplaced, null, null, "Dorset Training", "27 March 2027 at 9:30am"),
        new StaffSignInChangedEmail("Siân Coordinator", SignInChange.CodesReplaced, null, null, "Dorset Training", "27 March 2027 at 9:30am"),
        new StaffSignInChangedEmail("Siân Coordinator", SignInChange.CodeUsed, null, null, "Dorset Training", "27 March 2027 at 9:30am"),
        new StaffSignInChangedEmail("Siân Coordinator", SignInChange.PasskeyAdded, "Work laptop", null, "Dorset Training", "27 March 2027 at 9:30am"),
        new StaffSignInChangedEmail("Siân Coordinator", SignInChange.PasskeyRemoved, "Work laptop", null, "Dorset Training", "27 March 2027 at 9:30am"),
        new StaffSignInChangedEmail("Siân Coordinator", SignInChange.WorkAccountConnected, null, null, "Dorset Training", "27 March 2027 at 9:30am"),
        new StaffSignInChangedEmail("Siân Coordinator", SignInChange.WorkAccountDisconnected, null, "Ann Coordinator", "Dorset Training", "27 March 2027 at 9:30am"),
        new StaffSignInChangedEmail("Siân Coordinator", SignInChange.Reset, null, "Ann Coordinator", "Dorset Training", "27 March 2027 at 9:30am"),
        new StaffSignInResetEmail("Ann Coordinator", "Siân Coordinator", "Dorset Training", "27 March 2027 at 9:30am"),
        new DataRequestReceivedEmail("Siân O’Brien", "a copy of your data", "K7M2P9QX", "27 April 2027"),
        new DataRequestExtendedEmail("Siân O’Brien", "K7M2P9QX", "27 June 2027", "You have asked about ten years, and most of it is in old files."),
        new DataComplaintReceivedEmail("Siân O’Brien", "K7M2P9QX", "27 March 2027", "26 April 2027"),
        new DataComplaintAnsweredEmail("Siân O’Brien", "K7M2P9QX", "You are right in part.", "We sent your certificate to your former employer. We have told them to delete it, and ask for your own address now."),
        new DataComplaintArrivedEmail("K7M2P9QX", "26 April 2027", Url("staff/data-requests/0")),
        new DataRequestAnsweredEmail("Siân O’Brien", "K7M2P9QX", "We handed you the copy on 3 April 2027.", [], []),
        new DataRequestAnsweredEmail(null, "K7M2P9QX", "What we hold about you was erased.", ["The name and access needs on 2 places"], ["The address on 1 invoice, until 1 April 2034: we have to account for public money"]),
        new TestMessageEmail("Siân Coordinator", "3 March 2027 at 4:30pm"),
        new DateMessageEmail("Mia Came", "What to bring", "Please bring a pen & paper.", Date),
        new DateMessageEmail("Mia Came", "Two rooms", "The rooms have changed.", Date, [.. DatesOfOne.Select(date => date with { Url = null })]),
        new EmailsWithheldEmail(["Mia Came, you are booked: Neglect", "Your invoice INV-2027-0042"], 0, Url("emails/x")),
        new EmailsWithheldEmail(["Mia Came, you are booked: Neglect"], 0, Url("emails/x")),
        new EmailsWithheldEmail(["Mia Came, you are booked: Neglect", "Your invoice INV-2027-0042"], 12, Url("emails/x")),
        new YouAreBookedEmail("Mia Came", "Ann Booker", Date, true, Url("dates/1"), AsksBefore: true),
        new YouAreBookedEmail("Mia Came", "Ann Booker", Date, false, Url("dates/1")),
        new YourPlaceCancelledEmail("Mia Came", "Ann Booker", Date, "The trainer is ill.", Url("courses")),
        new YourPlaceCancelledEmail("Mia Came", "Ann Booker", Date, null, Url("courses")),
        new ChargeRaisedEmail(
            "Ann Booker", "K7M2P9QX", Date, "Mia Came", "£25", "The register says that nobody came.", ["If nobody comes, the price stays due."], ["Illness", "Our mistake"],
            "training@example.org", "01305 000000"),
        new ChargeGoneEmail("Ann Booker", "K7M2P9QX", Date, "Mia Came", "£25", IsPaidByCard: false),
        new ChargeGoneEmail("colleague", "K7M2P9QX", Date, "", "£41", IsPaidByCard: true),
        new FreePlaceApprovedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, true, Url("manage"), Url("calendar.ics")),
        new FreePlaceDeclinedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, "Your income is above the limit.", "£165.00 (3 places at £55.00)", "10 March 2027 at 5pm", Url("pay")),
        new FreePlaceLapsedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, Url("courses/l2")),
        new FreePlaceApprovedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, false, Url("manage"), Url("calendar.ics"), Award: Award),
        new FreePlaceDeclinedEmail(
            "Ann Booker", "K7M2P9QX", Date, Delegates, "You told us £400,000.", "£165.00 (3 places at £55.00)", "10 March 2027 at 5pm", Url("pay"), null,
            "The yearly income of your organisation is above the limit of our policy.", Url("courses?fee=free")),
        new BookingReceivedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, BookingAwaits.FreePlaceDecision, null, Url("manage"), null, "14 December 2026"),
        new ApplicationReceivedEmail("Siân Applicant", "Łódź Toddlers & Friends", 2, "14 December 2026", Url("free-places/a/x")),
        new ApplicationReceivedEmail("Siân Applicant", "Łódź Toddlers & Friends", 0, "14 December 2026", Url("free-places/a/x")),
        new AwardGivenEmail("Siân Applicant", Award),
        new AwardCodeEmail("Siân Applicant", Award),
        new ApplicationDeclinedEmail("Siân Applicant", "Łódź Toddlers & Friends", "Our policy for this year does not cover this kind of organisation.", "You are part of a council.", Url("courses"), Url("courses?fee=free"), Url("free-places/apply")),
        new MoreWantedEmail("Siân Applicant", "Łódź Toddlers & Friends", "Do you have a constitution?", true, Url("free-places/a/x")),
        new MoreWantedEmail("Siân Applicant", "Łódź Toddlers & Friends", "Do you have a constitution?", false, Url("free-places/a/x")),
        new ApplicationsLateEmail(["Łódź Toddlers & Friends: promised by 14 December 2026", "Open Hands: promised by 15 December 2026"], Url("staff/free-places")),
        new BookingConfirmedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, "£220.00 (4 places at £55.00)", "By invoice", false, Url("manage"), Url("calendar.ics"), Dates),
        new BookingReceivedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, BookingAwaits.CardPayment, "3 March 2027 at 4:30pm", Url("manage"), Dates),
        new BookingCancelledEmail("Ann Booker", "K7M2P9QX", Date, Delegates, null, "You have not been charged.", Url("courses"), Dates),
        new BookingExpiredEmail("Ann Booker", "K7M2P9QX", Date, Url("courses"), true, Dates),
        new PlaceCancelledEmail("Ann Booker", "K7M2P9QX", Date, "Siân O’Brien", ["Rosa Second"], "We will refund £55.00 to your card.", Url("manage"), [Dates[0]], [Dates[1]]),
        new PlaceCancelledEmail("Ann Booker", "K7M2P9QX", Date, "Siân O’Brien", ["Rosa Second"], null, Url("manage"), Dates, Dates),
        new YouAreBookedEmail("Mia Came", "Ann Booker", Date, false, Url("dates/1"), DatesOfOne),
        new YourPlaceCancelledEmail("Mia Came", "Ann Booker", Date, null, Url("courses"), DatesOfOne),
        new YourPlaceCancelledEmail("Mia Came", "Ann Booker", Date, "The trainer is ill.", Url("courses"), DatesOfOne),
        new FreePlaceApprovedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, false, Url("manage"), Url("calendar.ics"), Dates),
        new FreePlaceDeclinedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, "Your income is above the limit.", "£220.00 (4 places at £55.00)", "10 March 2027 at 5pm", Url("pay"), Dates),
        new FreePlaceLapsedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, Url("courses/l2"), Dates),
        new FreePlaceLapsedEmail("Ann Booker", "K7M2P9QX", Date, Delegates, Url("courses/l2"), null, [Dates[1]]),
        new PaymentReceivedEmail("Ann Booker", "K7M2P9QX", Date, "£220.00", "3 March 2027", "Card", Url("receipt"), Dates),
        new InvoiceIssuedEmail("Finance Office", "INV-2027-0042", "K7M2P9QX", Date, "£220.00", "2 April 2027", null, Url("invoice"), Dates),
        new InvoiceReminderEmail("Finance Office", "INV-00042", "K7M2P9QX", Date, "£165.00", "2 April 2027", "PO/77-A", Url("invoice"), IsFirm: false, TakesCards: true),
        new RefundMadeEmail("Ann Booker", "K7M2P9QX", Date, "£55.00", "One place was cancelled.", "It reaches your card within ten working days.", Dates),
        new PaymentReturnedEmail("Ann Booker", "K7M2P9QX", Date, "£110", true, Url("date"), Dates),
        new WaitingListJoinedEmail("Ann Booker", Date, "2 places", Url("courses/l2"), Url("leave")),
        new WaitingListJoinedEmail("Ann Booker", Date, "1 place", Url("courses/l2")),
        new WaitingOfferEmail("Ann Booker", Date, "1 place", "Monday 30 November 2026 at 4:50pm", Url("waiting-list/offer")),
        new WaitingOfferEmail("Ann Booker", Date, "2 places", "Monday 30 November 2026 at 9:30am", Url("waiting-list/offer"), EndsSooner: true),
        new WaitingOfferEndedEmail("Ann Booker", Date, IsWithdrawn: false, Url("courses/l2"), Url("waiting-list/ended")),
        new WaitingOfferEndedEmail("Ann Booker", Date, IsWithdrawn: true, Url("courses/l2"), Url("waiting-list/ended")),
        new WaitingListClosedEmail("Ann Booker", Date, Url("courses/l2")),
        new DatesPublishedEmail("Neglect", ["Monday 1 March 2027, 9:30am to 4pm, Poole"], 0, "3 June 2026", Url("courses/neglect")),
        new DatesPublishedEmail("Neglect", ["Monday 1 March 2027, 9:30am to 4pm, Poole", "Tuesday 2 March 2027, 4pm to 7pm UK time, Online"], 2, "3 June 2026", Url("courses/neglect")),
        new BookingExpiredEmail("Ann Booker", "K7M2P9QX", Date, Url("dates/1")),
        new PaymentReceivedEmail("Ann Booker", "K7M2P9QX", Date, "£165.00", "3 March 2027", "Card", Url("receipt")),
        new InvoiceIssuedEmail("Finance Office", "INV-2027-0042", "K7M2P9QX", Date, "£165.00", "2 April 2027", "PO/77-A", Url("invoice")),
        new InvoiceIssuedEmail("Finance Office", "INV-2027-0042", "K7M2P9QX", Date, "£165.00", "2 April 2027", null, Url("invoice")),
        new InvoiceIssuedEmail("Finance Office", "INV-2027-0043", "K7M2P9QX", Date, "£165.00", "2 April 2027", null, Url("invoice"), IsPaid: true),
        new InvoiceReminderEmail("Finance Office", "INV-00042", "K7M2P9QX", Date, "£165.00", "2 April 2027", null, Url("invoice"), IsFirm: true, TakesCards: false),
        new CreditNoteIssuedEmail("Finance Office", "CN-00007", "INV-00042", "K7M2P9QX", "£55.00", "£110.00", "2 April 2027", Url("invoice")),
        new CreditNoteIssuedEmail("Finance Office", "CN-00007", "INV-00042", "K7M2P9QX", "£165.00", null, "2 April 2027", Url("invoice")),
        new StatementReadyEmail("Hillside School", "2 April 2027", "£220.00", [new("INV-00042", "2 March 2027", "£165.00", IsLate: true), new("INV-00051", "12 April 2027", "£55.00", IsLate: false)], Url("statement")),
        new StatementReadyEmail("Hillside School", "2 April 2027", "£0.00", [], Url("statement")),
        new PaymentNeedsAttentionEmail("K7M2P9QX", "A payment came after the date was full.", "£165.00", "Refund it or find places.", Url("staff/payments")),
        new RefundMadeEmail("Ann Booker", "K7M2P9QX", Date, "£55.00", "One place was cancelled.", "It reaches your card within ten working days."),
        new PaymentReturnedEmail("Ann Booker", "K7M2P9QX", Date, "£110", true, Url("date")),
        new CertificateReadyEmail("Siân O’Brien", "Neglect & harm", "27 March 2027", Url("certificate"), IsAgain: false),
        new CertificateReadyEmail("Siân O’Brien", "Neglect & harm", "20 March 2027 and 27 March 2027", Url("certificate"), IsAgain: true),
        new CertificateEndsEmail("Siân O’Brien", [new("Neglect & harm", "27 March 2030", Url("courses/neglect"))], Url("stop-reminders")),
        new CertificateEndsEmail(
            "Siân O’Brien",
            [new("Neglect & harm", "27 March 2030", Url("courses/neglect")), new("Safer recruitment", "3 April 2030", Url("courses/safer-recruitment"))], Url("stop-reminders")),
        new EvaluationEmail("Mia Came", [new("Safeguarding L2 & more", "27 March 2027", Url("survey"), "25 April 2027", CertificateWaits: true)], "the training team and the evaluation group", Url("stop")),
        new EvaluationEmail("Mia Came", [new("Conference & more", "27 March 2027", Url("survey"), "25 April 2027")], "the training team and the evaluation group", Url("stop"), IsEvent: true),
        new EvaluationEmail("Mia Came", [new("Safeguarding L2 & more", "27 March 2027", Url("survey"), "25 April 2027")], "the training team and the evaluation group", Url("stop")),
        new EvaluationEmail("Mia Came", [new("Safeguarding L2 & more", "27 March 2027", Url("survey"), "25 April 2027", CertificateWaits: true), new("Neglect", "27 March 2027", Url("neglect"), "25 April 2027")], "the training team and the evaluation group", Url("stop")),
        new ManagerLinkEmail("Mia Came", "Safeguarding L2 & more", "27 March 2027", Url("manager"), "5 September 2027"),
        new SurveyInvitationEmail("Mia Came", "Safeguarding L2 & more", "27 March 2027", "the training team and the evaluation group", Url("survey"), "8 August 2027", Url("stop")),
        new SurveyInvitationEmail("Mia Came", "Safeguarding L2 & more", "27 March 2027", "the training team and the evaluation group", Url("survey"), "8 August 2027", Url("stop"), [new("Neglect", "2 April 2027", Url("neglect"), "14 August 2027")]),
        new SurveyConcernEmail("7K3M9PQR", "27 March 2027 at 9:30am", "Theo Reads", Url("staff/surveys/concerns"), NobodyCanOpenIt: true),
        new ConcernWaitsEmail("7K3M9PQR", "27 March 2027 at 9:30am", Url("staff/surveys/concerns"), NobodyCanOpenIt: false),
        new CommentsWaitEmail("2 texts have words of the list", "5 other texts", Url("staff/surveys/comments")),
        new SurveyReminderEmail("Mia Came", "Safeguarding L2 & more", "27 March 2027", "the training team and the evaluation group", Url("survey"), "8 August 2027", Url("stop"), true),
        new SurveyReminderEmail("Mia Came", "Safeguarding L2 & more", "27 March 2027", "the training team and the evaluation group", Url("survey"), "8 August 2027", Url("stop"), true, [new("Neglect", "2 April 2027", Url("neglect"), "14 August 2027")]),
    ];

    private static string Url(string path) => $"https://training.example/{path}?a=1&b=2";
}
