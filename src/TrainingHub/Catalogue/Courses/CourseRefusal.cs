namespace TrainingHub.Catalogue;

/// <summary>Why a course cannot become what staff want it to be.</summary>
internal enum CourseRefusal
{
    /// <summary>A published page says at least what it is, for whom, and what one learns.</summary>
    SummaryMissing,
    AudienceMissing,
    OutcomesMissing,

    /// <summary>Dates are coming; visitors and those booked on them need its page.</summary>
    HasComingDates,

    /// <summary>It is not in the state from which this can be done, most likely because somebody else did it.</summary>
    NotNow,
}
