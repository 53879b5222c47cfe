using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.People;

internal enum AddLeadResult
{
    Added,

    /// <summary>The address has the right, or an invitation to it, already. Nothing was changed.</summary>
    AddedBefore,

    /// <summary>The organisation has as many leads as one may have.</summary>
    TooMany,

    /// <summary>There is no such organisation, or it was merged into another.</summary>
    Gone,
}

/// <summary>
/// Gives and takes the right to see how the people of an organisation are trained. Staff give it at once; what a lead gives waits until the
/// colleague accepts. The organisation's row is locked, so that two at once count each other. History says that it was done and not to whom.
/// </summary>
internal sealed class KeepLeads(TrainingHubDb db, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <summary>What acts when a lead does.</summary>
    public static readonly Actor Lead = new(Guid.Empty, "A training lead");

    /// <summary>Staff vouch for the address. It is told by email.</summary>
    public Task<AddLeadResult> ApproveAsync(Guid organisation, string address, Actor by, CancellationToken ct) =>
        AddAsync(organisation, address, by, isAccepted: true, ct);

    /// <summary>A lead invites a colleague, who is told by email and accepts by signing in.</summary>
    public Task<AddLeadResult> InviteAsync(Guid organisation, string address, CancellationToken ct) =>
        AddAsync(organisation, address, Lead, isAccepted: false, ct);

    /// <returns>Whether an invitation was waiting until now.</returns>
    public async Task<bool> AcceptAsync(Guid lead, string email, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var waiting = db.OrganisationLeads.Where(one => one.Id == lead && one.Email == email && one.AcceptedAt == null);
        var organisation = await waiting.Select(one => (Guid?)one.OrganisationId).SingleOrDefaultAsync(ct);
        if (organisation is not { } id || await waiting.ExecuteUpdateAsync(set => set.SetProperty(one => one.AcceptedAt, now).SetProperty(one => one.SeenAt, now), ct) == 0)
        {
            return false;
        }

        HistoryEntry.Add<Organisation>(db, id, Lead, "Invitation of a training lead accepted", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Takes the right or the invitation away. A second time changes nothing.</summary>
    public async Task<bool> RemoveAsync(Guid organisation, Guid lead, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.OrganisationLeads.Where(one => one.Id == lead && one.OrganisationId == organisation).ExecuteDeleteAsync(ct) == 0)
        {
            return false;
        }

        HistoryEntry.Add<Organisation>(db, organisation, by, "Training lead removed", [], clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<AddLeadResult> AddAsync(Guid organisation, string address, Actor by, bool isAccepted, CancellationToken ct)
    {
        var (email, now) = (EmailAddress.KeyOf(address), clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var found = await db.Organisations.FromSql($"select * from organisations where id = {organisation} for no key update").AsNoTracking().ToListAsync(ct);
        if (found is not [{ MergedIntoId: null } one])
        {
            return AddLeadResult.Gone;
        }

        var leads = await db.OrganisationLeads.Where(lead => lead.OrganisationId == organisation).ToListAsync(ct);
        if (leads.Find(lead => lead.Email == email) is { } known)
        {
            if (!isAccepted || known.AcceptedAt is not null)
            {
                return AddLeadResult.AddedBefore;
            }

            // Staff say yes to whom a colleague has invited.
            db.Remove(known);
            await db.SaveChangesAsync(ct);
        }
        else if (leads.Count >= OrganisationLead.MostOfOrganisation)
        {
            return AddLeadResult.TooMany;
        }

        db.Add(new OrganisationLead
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = organisation,
            Email = email,
            AddedAt = now,
            AcceptedAt = isAccepted ? now : null,
            SeenAt = now,
        });
        db.Add(OutgoingEmail.To(address, new TrainingLeadEmail(one.Name, isAccepted, OrganisationLead.InvitedForDays, site.Value.Absolute(SignedInAddress.SignInPath)), now));
        HistoryEntry.Add<Organisation>(db, organisation, by, isAccepted ? "Training lead added" : "Training lead invited", [], now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return AddLeadResult.Added;
    }
}
