using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Catalogue;

/// <summary>What delegates are told of a venue beside its name and address.</summary>
internal sealed record VenueDetails(
    Guid Id, string Name, string FullAddress, string? Room, string? MapUrl, StepFreeAccess? StepFree, string? Access, string? Travel)
{
    /// <summary>The venues of these dates that are held in person.</summary>
    public static async Task<IReadOnlyDictionary<Guid, VenueDetails>> OfRunsAsync(TrainingHubDb db, IReadOnlyCollection<Guid> runs, CancellationToken ct) => await (
        from run in db.CourseRuns
        join venue in db.Venues on run.VenueId equals venue.Id
        where runs.Contains(run.Id) && run.Delivery == DeliveryMode.InPerson
        select new
        {
            RunId = run.Id,
            Venue = new VenueDetails(
                venue.Id, venue.Name, venue.FullAddress, venue.Room, venue.MapUrl, venue.StepFree, venue.Access, venue.Travel),
        }).AsNoTracking().ToDictionaryAsync(row => row.RunId, row => row.Venue, ct);

    /// <summary>"Room: Suite 2", "Step-free access: yes" …; none when nothing is known.</summary>
    public IReadOnlyList<(string What, string Words)> Facts =>
    [
        .. Said("Room", Room),
        .. Said("Step-free access", StepFree switch
        {
            StepFreeAccess.Yes => "yes, to the room and a toilet",
            StepFreeAccess.Partly => "in part. Please tell us what you need before you come",
            StepFreeAccess.No => "no. Please tell us if you need it",
            null => null,
        }),
        .. Said("Access", Access),
        .. Said("Parking and public transport", Travel),
    ];

    public bool SaysMore => MapUrl is not null || Facts.Count > 0;

    private static (string What, string Words)[] Said(string what, string? words) => words is null ? [] : [(what, words)];
}
