namespace TrainingHub.PersonalData;

/// <summary>The kinds of records that may be about one person. Stored in the log of erasures, so a name never changes.</summary>
internal enum HeldKind
{
    Person,

    /// <summary>Whoever made a booking; the record is the booking.</summary>
    Booker,

    /// <summary>Where a booking's invoice goes; the record is the booking.</summary>
    InvoiceAddress,
    Waiting,
    DateWish,
    OrganisationContact,

    /// <summary>Where the invoices of an organisation go.</summary>
    OrganisationInvoices,
    Trainer,
    ProviderContact,
    VenueContact,
    StaffAccount,

    /// <summary>Who applied for free places without a booking.</summary>
    FreePlaceApplicant,

    // Words in which somebody is mentioned.
    BookingNote,
    Message,
    PaymentNote,
    FreePlaceWords,
    SurveyComment,

    /// <summary>May see how the people of an organisation are trained.</summary>
    TrainingLead,

    /// <summary>What they asked or complained of before.</summary>
    DataRequest,
}

/// <summary>One record that staff took for the person's.</summary>
internal readonly record struct HeldRecord(HeldKind Kind, Guid Id);

internal static class HeldKinds
{
    /// <summary>Whether they only stand in the words of something else.</summary>
    public static bool IsMention(this HeldKind kind) => kind is >= HeldKind.BookingNote and <= HeldKind.SurveyComment;

    /// <summary>What the record is to whom it is about.</summary>
    public static string Words(this HeldKind kind) => kind switch
    {
        HeldKind.Person => "Person with a place",
        HeldKind.Booker => "Booked",
        HeldKind.InvoiceAddress => "Gets invoices",
        HeldKind.Waiting => "On a waiting list",
        HeldKind.DateWish => "Wants to hear of dates or of a recording",
        HeldKind.OrganisationContact => "Contact of an organisation",
        HeldKind.OrganisationInvoices => "Gets the invoices of an organisation",
        HeldKind.Trainer => "Trainer",
        HeldKind.ProviderContact => "Contact of a provider",
        HeldKind.VenueContact => "Contact of a venue",
        HeldKind.StaffAccount => "Account of staff",
        HeldKind.FreePlaceApplicant => "Applied for free places",
        HeldKind.BookingNote => "Named in a note on a booking",
        HeldKind.Message => "Named in a message",
        HeldKind.PaymentNote => "Named in a note on a payment",
        HeldKind.FreePlaceWords => "Named in an application",
        HeldKind.SurveyComment => "Named in a survey comment",
        HeldKind.TrainingLead => "Sees the training of an organisation",
        HeldKind.DataRequest => "Asked or complained before",
    };
}
