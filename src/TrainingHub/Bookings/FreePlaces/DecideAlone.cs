using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.FreePlaces;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings;

/// <summary>
/// Answers an application that came without a booking, once: approved, the organisation has an award for the year and its code; declined, the
/// applicant reads why. The organisation is the known one of that name, or a new one. Everything else is as with a booking.
/// </summary>
internal sealed class DecideAlone(TrainingHubDb db, GiveAward give, TimeProvider clock, IOptions<SiteOptions> site)
{
    public Task<bool> IsAsync(Guid applicationId, CancellationToken ct) =>
        db.FreePlaceApplications.AnyAsync(one => one.Id == applicationId && !db.Bookings.Any(booking => booking.FreePlaceApplicationId == one.Id), ct);

    public async Task<DecideResult> ApproveAsync(Guid applicationId, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(db, applicationId, ct) is not { State: FreePlaceState.Pending } application)
        {
            return DecideResult.NotPending;
        }

        var undo = KeepUndo.Begin(db, now);
        var (given, refusal) = await give.RunAsync(application, await OrganisationAsync(application, now, ct), [], now, ct);
        if (given is null)
        {
            return refusal;
        }

        application.Approve(by.Id, given.Award.Id, now);
        Tell(application, new AwardGivenEmail(application.ApplicantName ?? "", AwardMail.Of(db, given.Award, site.Value, now)), now);
        await EndAsync(application, by, "Approved", undo, new DecidedBefore(FreePlaceState.Approved, given.IsNew ? given.Award.Id : null), ct);
        await transaction.CommitAsync(ct);
        return DecideResult.Decided;
    }

    public async Task<DecideResult> DeclineAsync(Guid applicationId, DeclinedRule? rule, string reason, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(db, applicationId, ct) is not { State: FreePlaceState.Pending } application)
        {
            return DecideResult.NotPending;
        }

        var undo = KeepUndo.Begin(db, now);
        application.Decline(by.Id, reason, now, rule);
        Tell(
            application,
            new ApplicationDeclinedEmail(
                application.ApplicantName ?? "", application.OrganisationName, DeclineWords.Of(rule), reason, site.Value.Absolute(CatalogueUrls.Courses),
                site.Value.Absolute(FreePlaceUrls.FreeForEveryone), site.Value.Absolute(FreePlaceUrls.Apply)),
            now);
        await EndAsync(application, by, "Declined", undo, new DecidedBefore(FreePlaceState.Declined), ct);
        await transaction.CommitAsync(ct);
        return DecideResult.Decided;
    }

    /// <summary>The application, held until the commit and read afresh; null when there is none.</summary>
    public static async Task<FreePlaceApplication?> LockAsync(TrainingHubDb db, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from free_place_applications where id = {id} for no key update", ct);
        var application = await db.FreePlaceApplications.SingleOrDefaultAsync(one => one.Id == id, ct);
        if (application is not null)
        {
            await db.Entry(application).ReloadAsync(ct);
        }

        return application;
    }

    private async Task EndAsync(FreePlaceApplication application, Actor by, string act, KeepUndo undo, DecidedBefore before, CancellationToken ct)
    {
        // Not the reason: it is kept with the application, and goes with it.
        HistoryEntry.Add<FreePlaceApplication>(db, application.Id, by, act, [], undo.At, id: undo.Id);
        undo.End(UndoAward.Kind, application.Id, before);
        await db.SaveChangesAsync(ct);
    }

    private void Tell(FreePlaceApplication application, IEmailMessage message, DateTimeOffset now)
    {
        if (application.ApplicantEmail is { } address)
        {
            db.Add(OutgoingEmail.To(address, message, now, application.Id.ToString()));
        }
    }

    /// <returns>Null when the name is none, such as of marks alone.</returns>
    private async Task<Guid?> OrganisationAsync(FreePlaceApplication application, DateTimeOffset now, CancellationToken ct)
    {
        var key = Organisation.KeyOf(application.OrganisationName);
        if (key.Length == 0)
        {
            return null;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into organisations (id, name, name_key, sector_id)
            values ({Guid.CreateVersion7(now)}, {application.OrganisationName}, {key}, {application.SectorId})
            on conflict (name_key) do nothing
            """,
            ct);
        var known = await db.Organisations.Where(one => one.NameKey == key).Select(one => new { one.Id, one.MergedIntoId }).SingleAsync(ct);
        return known.MergedIntoId ?? known.Id;
    }
}
