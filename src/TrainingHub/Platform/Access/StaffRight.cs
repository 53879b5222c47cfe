namespace TrainingHub.Platform;

/// <summary>What a page or an act of staff needs. Roles are made of these.</summary>
internal enum StaffRight
{
    /// <summary>Courses, dates, venues, providers and fees, as they are.</summary>
    ReadProgramme,

    /// <summary>Changing them.</summary>
    RunProgramme,

    /// <summary>Who is booked, waits or came, with their organisations; also the search over all of it.</summary>
    ReadBookings,

    /// <summary>Booking, changing and cancelling for people, the register, free places, messages and emails.</summary>
    RunBookings,

    /// <summary>Payments, invoices and income.</summary>
    ReadMoney,

    /// <summary>Recording, deciding and paying back.</summary>
    HandleMoney,

    /// <summary>How many answered, and the reports.</summary>
    ReadResults,

    /// <summary>The impact report of the areas that the account names, and no other.</summary>
    ReadAreaResults,

    /// <summary>What people wrote in the survey; it may be about a child at risk.</summary>
    ReadComments,

    /// <summary>Concerns about what people wrote: the texts, what is done about them, and who wrote them once somebody else has agreed.</summary>
    HandleConcerns,

    /// <summary>One's own dates as a trainer: who comes, and the register.</summary>
    OwnDates,

    /// <summary>The partnership's names, texts, deadlines and colours.</summary>
    Settings,

    /// <summary>Automatic work, the mail server and the checks.</summary>
    Operate,

    /// <summary>All that was done, by whom and when.</summary>
    ReadHistory,

    /// <summary>Who can sign in, and as what.</summary>
    Accounts,

    /// <summary>What people ask about their own data: copies, corrections and erasure, over all rooms.</summary>
    PersonalData,
}
