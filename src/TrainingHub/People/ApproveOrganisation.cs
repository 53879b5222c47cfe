using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>Lets strangers who book be offered a name, or no longer. A second press changes nothing.</summary>
internal sealed class ApproveOrganisation(TrainingHubDb db)
{
    public Task ShowAsync(Guid id, CancellationToken ct) => db.Organisations
        .Where(organisation => organisation.Id == id)
        .ExecuteUpdateAsync(row => row.SetProperty(organisation => organisation.IsApproved, true), ct);

    public Task HideAsync(Guid id, CancellationToken ct) => db.Organisations
        .Where(organisation => organisation.Id == id)
        .ExecuteUpdateAsync(row => row.SetProperty(organisation => organisation.IsApproved, false), ct);
}
