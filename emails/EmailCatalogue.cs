using TrainingHub.Emails.Attendance;
using TrainingHub.Emails.Bookings;
using TrainingHub.Emails.Catalogue;
using TrainingHub.Emails.FreePlaces;
using TrainingHub.Emails.Learning;
using TrainingHub.Emails.Payments;
using TrainingHub.Emails.People;
using TrainingHub.Emails.PersonalData;
using TrainingHub.Emails.Platform;
using TrainingHub.Emails.Portal;
using TrainingHub.Emails.Surveys;

namespace TrainingHub.Emails;

/// <summary>One kind of email.</summary>
/// <param name="Name">Stored with each email that waits, so it never changes.</param>
/// <param name="Message">The record that carries its content.</param>
/// <param name="Component">The component that holds its words.</param>
public sealed record EmailKind(string Name, Type Message, Type Component);

/// <summary>Every kind of email, named once. A message that is missing here cannot be added to the outbox.</summary>
public static class EmailCatalogue
{
    public static IReadOnlyList<EmailKind> All { get; } =
    [
        Kind<BookingConfirmedEmail, BookingConfirmed>("booking-confirmed"),
        Kind<BookingReceivedEmail, BookingReceived>("booking-received"),
        Kind<BookingCancelledEmail, BookingCancelled>("booking-cancelled"),
        Kind<PlaceCancelledEmail, PlaceCancelled>("place-cancelled"),
        Kind<DelegateSwappedEmail, DelegateSwapped>("delegate-swapped"),
        Kind<PlaceForYouEmail, PlaceForYou>("place-for-you"),
        Kind<NamesWantedEmail, NamesWanted>("names-wanted"),
        Kind<PlacesNamedEmail, PlacesNamed>("places-named"),
        Kind<YouAreBookedEmail, YouAreBooked>("you-are-booked"),
        Kind<SessionGoneEmail, SessionGone>("session-gone"),
        Kind<SessionsToChooseEmail, SessionsToChoose>("choose-sessions"),
        Kind<YourPlaceCancelledEmail, YourPlaceCancelled>("your-place-cancelled"),
        Kind<FreePlaceApprovedEmail, FreePlaceApproved>("free-place-approved"),
        Kind<FreePlaceDeclinedEmail, FreePlaceDeclined>("free-place-declined"),
        Kind<FreePlaceLapsedEmail, FreePlaceLapsed>("free-place-lapsed"),
        Kind<ApplicationReceivedEmail, ApplicationReceived>("free-place-applied"),
        Kind<AwardGivenEmail, AwardGiven>("free-place-awarded"),
        Kind<AwardCodeEmail, AwardCode>("free-place-code"),
        Kind<ApplicationDeclinedEmail, ApplicationDeclined>("free-place-refused"),
        Kind<MoreWantedEmail, MoreWanted>("free-place-question"),
        Kind<ApplicationsLateEmail, ApplicationsLate>("free-places-late"),
        Kind<WaitingListJoinedEmail, WaitingListJoined>("waiting-list-joined"),
        Kind<WaitingOfferEmail, WaitingOffer>("waiting-offer"),
        Kind<WaitingOfferEndedEmail, WaitingOfferEnded>("waiting-offer-ended"),
        Kind<WaitingListClosedEmail, WaitingListClosed>("waiting-list-closed"),
        Kind<BookingExpiredEmail, BookingExpired>("booking-expired"),
        Kind<PaymentReceivedEmail, PaymentReceived>("payment-received"),
        Kind<InvoiceIssuedEmail, InvoiceIssued>("invoice-issued"),
        Kind<InvoiceReminderEmail, InvoiceReminder>("invoice-reminder"),
        Kind<StatementReadyEmail, StatementReady>("statement-ready"),
        Kind<CreditNoteIssuedEmail, CreditNoteIssued>("credit-note-issued"),
        Kind<PaymentNeedsAttentionEmail, PaymentNeedsAttention>("payment-needs-attention"),
        Kind<ChargeRaisedEmail, ChargeRaised>("charge-raised"),
        Kind<ChargeGoneEmail, ChargeGone>("charge-gone"),
        Kind<RefundMadeEmail, RefundMade>("refund-made"),
        Kind<PaymentReturnedEmail, PaymentReturned>("payment-returned"),
        Kind<CertificateReadyEmail, CertificateReady>("certificate-ready"),
        Kind<CertificateEndsEmail, CertificateEnds>("certificate-ends"),
        Kind<RecordingReadyEmail, RecordingReady>("recording-ready"),
        Kind<NoRecordingEmail, NoRecording>("no-recording"),
        Kind<EvaluationEmail, Evaluation>("evaluation"),
        Kind<ManagerLinkEmail, ManagerLink>("manager-link"),
        Kind<SurveyInvitationEmail, SurveyInvitation>("survey-invitation"),
        Kind<SurveyReminderEmail, SurveyReminder>("survey-reminder"),
        Kind<SurveyConcernEmail, SurveyConcern>("survey-concern"),
        Kind<ConcernWaitsEmail, ConcernWaits>("concern-waits"),
        Kind<CommentsWaitEmail, CommentsWait>("comments-wait"),
        Kind<EmailsWithheldEmail, EmailsWithheld>("emails-withheld"),
        Kind<BookedAlreadyEmail, BookedAlready>("booked-already"),
        Kind<BeforeCourseEmail, BeforeCourse>("before-course"),
        Kind<DateCancelledEmail, DateCancelled>("date-cancelled"),
        Kind<DateMovedEmail, DateMoved>("date-moved"),
        Kind<WaitedDateChangedEmail, WaitedDateChanged>("waited-date-changed"),
        Kind<InvoicesToCheckEmail, InvoicesToCheck>("invoices-to-check"),
        Kind<DatesPublishedEmail, DatesPublished>("dates-published"),
        Kind<RecordingAskedEmail, RecordingAsked>("recording-asked"),
        Kind<ContentChangeEmail, ContentChange>("content-change"),
        Kind<ContentChangeReminderEmail, ContentChangeReminder>("content-change-reminder"),
        Kind<ContentChangeWithdrawnEmail, ContentChangeWithdrawn>("content-change-withdrawn"),
        Kind<NoticesLateEmail, NoticesLate>("notices-late"),
        Kind<TestMessageEmail, TestMessage>("test-message"),
        Kind<DateMessageEmail, DateMessage>("date-message"),
        Kind<StaffInvitedEmail, StaffInvited>("staff-invited"),
        Kind<StaffPasswordLinkEmail, StaffPasswordLink>("staff-password-link"),
        Kind<StaffSignInChangedEmail, StaffSignInChanged>("staff-sign-in-changed"),
        Kind<StaffSignInResetEmail, StaffSignInReset>("staff-sign-in-reset"),
        Kind<TrainingLeadEmail, TrainingLead>("training-lead"),
        Kind<SignInCodeEmail, SignInCode>("sign-in-code"),
        Kind<DataRequestReceivedEmail, DataRequestReceived>("data-request-received"),
        Kind<DataRequestExtendedEmail, DataRequestExtended>("data-request-extended"),
        Kind<DataRequestAnsweredEmail, DataRequestAnswered>("data-request-answered"),
        Kind<DataComplaintReceivedEmail, DataComplaintReceived>("data-complaint-received"),
        Kind<DataComplaintAnsweredEmail, DataComplaintAnswered>("data-complaint-answered"),
        Kind<DataComplaintArrivedEmail, DataComplaintArrived>("data-complaint-arrived"),
    ];

    /// <summary>
    /// Kinds that anybody can cause by a form of the public site, to any address that is typed there. Few of them go to an address
    /// whose owner has not shown that they are wanted.
    /// </summary>
    public static IReadOnlyList<string> ByAnybody { get; } =
    [
        "booking-confirmed", "booking-received", "booking-cancelled", "place-cancelled", "delegate-swapped", "place-for-you", "places-named", "you-are-booked",
        "your-place-cancelled", "waiting-list-joined", "booking-expired", "invoice-issued", "booked-already", "dates-published", "recording-asked", "recording-ready", "free-place-applied", "training-lead", "data-complaint-received",
    ];

    /// <summary>Kinds that go out before the others that are due: what somebody who has booked or paid is waiting for.</summary>
    public static IReadOnlyList<string> First { get; } =
        ["booking-confirmed", "payment-received", "free-place-approved", "waiting-offer", "emails-withheld", "staff-invited", "staff-password-link", "sign-in-code"];

    /// <summary>
    /// Kinds whose link is for their reader alone: it opens somebody's answers, an account of staff, or says whose mailbox it is. Staff
    /// neither send them to another address nor send one anew that has gone out.
    /// </summary>
    public static IReadOnlyList<string> ForReaderAlone { get; } = ["recording-asked", "recording-ready", "evaluation", "manager-link", "survey-invitation", "survey-reminder", "emails-withheld", "staff-invited", "staff-password-link", "sign-in-code"];

    /// <summary>Kinds whose words are a key in themselves: staff never see them, and they are not kept once they are sent or have failed.</summary>
    public static IReadOnlyList<string> NotKept { get; } = ["sign-in-code"];

    private static readonly Dictionary<Type, EmailKind> ByMessage = All.ToDictionary(kind => kind.Message);
    private static readonly Dictionary<string, EmailKind> ByName = All.ToDictionary(kind => kind.Name);

    /// <exception cref="ArgumentException">The message's type is not in the catalogue.</exception>
    public static EmailKind Of(IEmailMessage message) =>
        ByMessage.TryGetValue(message.GetType(), out var kind)
            ? kind
            : throw new ArgumentException($"{message.GetType().Name} is not in the email catalogue.", nameof(message));

    /// <exception cref="ArgumentException">No kind has this name.</exception>
    public static EmailKind Named(string name) =>
        ByName.TryGetValue(name, out var kind)
            ? kind
            : throw new ArgumentException($"'{name}' is not in the email catalogue.", nameof(name));

    private static EmailKind Kind<TMessage, TComponent>(string name)
        where TMessage : class, IEmailMessage
        where TComponent : EmailOf<TMessage> =>
        new(name, typeof(TMessage), typeof(TComponent));
}
