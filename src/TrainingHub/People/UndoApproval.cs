using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>Whether bookers were offered the name.</summary>
internal sealed record ApprovedBefore(bool WasApproved);

/// <summary>Undoes <see cref="ApproveOrganisation"/>. Nobody is told of either. What was booked under the name in between stays.</summary>
internal sealed class UndoApproval(TrainingHubDb db, OrganisationAddress page) : IUndo
{
    public const string Kind = "show-organisation";

    public string Brings(UndoableAct act) =>
        act.What<ApprovedBefore>().WasApproved ? "Bookers are offered the organisation again." : "Bookers are not offered the organisation.";

    public Task LockAsync(UndoableAct act, CancellationToken ct) => Task.CompletedTask;

    public async Task<UndoRefused?> WhyNotAsync(UndoableAct act, DateTimeOffset now, CancellationToken ct) =>
        await AsItWasLeft(act).AnyAsync(ct) ? null : UndoRefused.Changed("The organisation");

    // The condition is the lock: a merger or another decision that comes first leaves nothing to change.
    public async Task<UndoRefused?> RunAsync(UndoableAct act, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var was = act.What<ApprovedBefore>().WasApproved;
        return await AsItWasLeft(act).ExecuteUpdateAsync(row => row.SetProperty(one => one.IsApproved, was), ct) == 1
            ? null
            : UndoRefused.Changed("The organisation");
    }

    public Task<string?> AddressAsync(Guid subjectId, CancellationToken ct) => Task.FromResult<string?>(page.Of(subjectId));

    private IQueryable<Organisation> AsItWasLeft(UndoableAct act)
    {
        var was = act.What<ApprovedBefore>().WasApproved;
        return db.Organisations.Where(one => one.Id == act.SubjectId && one.MergedIntoId == null && one.IsApproved != was);
    }
}

/// <summary>Where staff see an organisation: a room further right shows it.</summary>
internal sealed record OrganisationAddress(Func<Guid, string> Of);
