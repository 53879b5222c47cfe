namespace TrainingHub.Platform;

/// <summary>What an account is for. One may have several; what each may do stands in <see cref="StaffRoles"/>.</summary>
internal enum StaffRole
{
    /// <summary>Runs the programme, often alone.</summary>
    Coordinator,

    /// <summary>Takes bookings, keeps registers and writes to people.</summary>
    BookingOfficer,

    /// <summary>Invoices, payments and refunds.</summary>
    Finance,

    /// <summary>Reads survey comments and deals with concerns.</summary>
    SafeguardingLead,

    /// <summary>Reads the results of the areas that the account names.</summary>
    LearningGroup,

    /// <summary>Trains for the providers that name the account.</summary>
    Trainer,

    /// <summary>Looks after accounts, settings and the machine, and sees of who was booked only what a request about their data asks for.</summary>
    Administrator,
}
