using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;

namespace TrainingHub.Attendance;

/// <summary>A row of a bookings file that makes sense by itself. Pence; a price that is null was not given.</summary>
internal sealed record ImportedRow(
    int Number, CourseRun Run, string Name, string Email, PersonKey Key, string? Organisation, Guid SectorId, Guid AreaId,
    DateTimeOffset BookedAt, bool IsCancelled, Mark? Mark, int? PricePence, int PaidPence, PaymentMethod Method)
{
    /// <summary>The file says whether it is booked or cancelled. When it does not, a place that was cancelled stays so.</summary>
    public bool HasStatus { get; init; }
}
