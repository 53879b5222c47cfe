using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

internal enum RegisterRefusal
{
    /// <summary>The date has not come yet.</summary>
    NotYet,
    RunCancelled,

    /// <summary>Nobody can be booked on it.</summary>
    RunIsDraft,

    /// <summary>No confirmed place of this date, perhaps cancelled a moment ago.</summary>
    NotOnRegister,

    /// <summary>Nothing to note minutes beside: not marked, or absent.</summary>
    NotMarkedHere,

    /// <summary>The trainer has closed it; staff still correct it.</summary>
    ClosedForTrainers,

    /// <summary>Too long after the date for its trainer; staff still correct it.</summary>
    OverForTrainers,
}

/// <summary>
/// When a register can be marked: from the London day of the date on, so that early arrivals can be ticked at the door, and
/// for ever after, since a register is corrected when a delegate writes in.
/// </summary>
internal static class Register
{
    /// <param name="state">Of the date.</param>
    /// <param name="day">Of the date, or of one of its meetings.</param>
    /// <param name="now"></param>
    public static RegisterRefusal? WhyNotMark(RunState state, DateOnly day, DateTimeOffset now) => state switch
    {
        RunState.Cancelled => RegisterRefusal.RunCancelled,
        RunState.Draft => RegisterRefusal.RunIsDraft,
        RunState.Scheduled when London.DateOf(now) < day => RegisterRefusal.NotYet,
        RunState.Scheduled => null,
    };

    public static string Words(RegisterRefusal refusal) => refusal switch
    {
        RegisterRefusal.NotYet => "The register opens on the day of the course.",
        RegisterRefusal.RunCancelled => "This date was cancelled, so it has no register.",
        RegisterRefusal.RunIsDraft => "This date is a draft, so it has no register yet.",
        RegisterRefusal.NotOnRegister => "This person no longer has a place on this date.",
        RegisterRefusal.NotMarkedHere => "Mark this person as attended or part first.",
        RegisterRefusal.ClosedForTrainers => "The register is closed. Ask the training team if something is wrong.",
        RegisterRefusal.OverForTrainers => "Trainers mark a register until 7 days after the date. Ask the training team if something is wrong.",
    };
}
