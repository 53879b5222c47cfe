using TrainingHub.Platform;

namespace TrainingHub.FreePlaces;

/// <summary>How long what applicants send is kept. What they write goes with the bookings, whose room knows whether a booking holds it.</summary>
internal static class FreePlacesRetention
{
    public static readonly IReadOnlyList<RetentionRule> Rules =
    [
        new("evidence", "Documents with an application for free places", "To see what an organisation is", Period.Days(FreePlaceEvidence.KeptForDays), "after the decision")
        {
            Job = nameof(DeleteEvidence),
            Rows = new("free_place_evidence evidence", "exists (select from free_place_applications application where application.id = evidence.application_id and application.decided_at < @before)"),
        },
    ];
}
