using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Attendance;

internal enum CertificateResult
{
    Issued,

    /// <summary>Another one stands for the one that was in force.</summary>
    Replaced,

    /// <summary>The one in force is not any more.</summary>
    Ended,
    NothingToDo,

    /// <summary>By itself: it waits until how the course was is answered.</summary>
    Waits,

    /// <summary>By hand: the register does not count the attendance.</summary>
    NotEarned,

    /// <summary>By hand: the course is not over.</summary>
    NotYet,
}

/// <summary>
/// Brings the certificate of one place into line with the register: issues it, replaces it when who, when, how long or how much was
/// corrected, ends it when the attendance does not count any more. The place is locked meanwhile, as whoever marks, renames or cancels it
/// locks it too; the database has the last word that one is in force at the most. The email is written with it. A second run finds
/// nothing to do. Where the settings say so it waits
/// until how the course was is answered (<see cref="CertificateWait"/>), except by hand. Joins its caller's transaction.
/// </summary>
internal sealed class IssueCertificate(TrainingHubDb db, IOptions<SiteOptions> site, IOptions<CertificateOptions> options, TimeProvider clock)
{
    /// <summary>What follows from the register and the settings.</summary>
    public async Task<CertificateResult> RunAsync(Guid placeId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var (present, earned) = await LockAsync(placeId, ct);
        if (present is null ? !await MayIssueAsync(earned, now, ct) : earned is not null && present.Says(earned))
        {
            return CertificateResult.NothingToDo;
        }

        if (present is null && earned is not null && await WaitsAsync(earned, now, ct))
        {
            await transaction.CommitAsync(ct);
            return CertificateResult.Waits;
        }

        if (present is not null && (earned is null || (earned.IsPart && !present.IsPart && !options.Value.Covers(earned.IsPart))))
        {
            present.End(CertificateState.NotEarned, now);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return CertificateResult.Ended;
        }

        await IssueAsync(present, earned ?? throw new InvalidOperationException("Nothing to issue."), now, ct);
        await transaction.CommitAsync(ct);
        return present is null ? CertificateResult.Issued : CertificateResult.Replaced;
    }

    /// <summary>Staff issue one, or another in place of the one in force, whatever the settings say of who gets one by itself.</summary>
    /// <param name="placeId"></param>
    /// <param name="seen">The one that was shown as in force, null for none: a second delivery of the same form finds another and does nothing.</param>
    /// <param name="by"></param>
    /// <param name="ct"></param>
    public async Task<CertificateResult> ByHandAsync(Guid placeId, Guid? seen, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await JoinedTransaction.BeginAsync(db.Database, ct);
        var (present, earned) = await LockAsync(placeId, ct);
        if (present?.Id != seen)
        {
            return CertificateResult.NothingToDo;
        }

        if (earned is null || earned.EndsAt > now)
        {
            return earned is null ? CertificateResult.NotEarned : CertificateResult.NotYet;
        }

        // Whoever was given it by hand does not wait again when a mark is put right later.
        await db.CertificateWaits.Where(wait => wait.PlaceId == placeId && wait.EndedOn == null)
            .ExecuteUpdateAsync(set => set.SetProperty(wait => wait.EndedOn, wait => wait.LookedOn), ct);
        var made = await IssueAsync(present, earned, now, ct);
        HistoryEntry.Add<Certificate>(db, made.Id, by, present is null ? "Issued" : "Issued again", [], now, present is null ? null : $"It replaces number {present.Number}.");
        if (present is not null)
        {
            HistoryEntry.Add<Certificate>(db, present.Id, by, "Replaced", [], now, $"By number {made.Number}.");
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return present is null ? CertificateResult.Issued : CertificateResult.Replaced;
    }

    /// <summary>Whether the settings give one by itself now, to somebody from whom staff have taken none.</summary>
    private async Task<bool> MayIssueAsync(EarnedCertificate? earned, DateTimeOffset now, CancellationToken ct) =>
        earned is not null && options.Value.Covers(earned.IsPart) && earned.EndsAt <= now && earned.EndsAt > now.AddDays(-CertificateOptions.DaysBack)
        && London.DateOf(now) >= earned.LastDay.AddDays(options.Value.DaysAfter)
        && !await db.Certificates.AnyAsync(one => one.PlaceId == earned.PlaceId && one.State == CertificateState.Withdrawn, ct);

    /// <summary>Begins the wait of one that is due, if it is to wait and has not.</summary>
    private async Task<bool> WaitsAsync(EarnedCertificate earned, DateTimeOffset now, CancellationToken ct)
    {
        if (!options.Value.MayWait(earned.EndsAt, now))
        {
            return false;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into certificate_waits (place_id, looked_on)
            values ({earned.PlaceId}, {London.DateOf(now).AddDays(-1)})
            on conflict (place_id) do nothing
            """,
            ct);
        return await db.CertificateWaits.AnyAsync(wait => wait.PlaceId == earned.PlaceId && wait.EndedOn == null, ct);
    }

    private async Task<(Certificate? Present, EarnedCertificate? Earned)> LockAsync(Guid placeId, CancellationToken ct)
    {
        await db.Database.SqlQuery<Guid>(
            $"""
            select id as "Value"
            from places
            where id = {placeId}
            for no key update
            """).ToListAsync(ct);
        return (
            await db.Certificates.SingleOrDefaultAsync(one => one.PlaceId == placeId && one.State == CertificateState.Issued, ct),
            await db.EarnedCertificates.AsNoTracking().SingleOrDefaultAsync(one => one.PlaceId == placeId, ct));
    }

    private async Task<Certificate> IssueAsync(Certificate? present, EarnedCertificate earned, DateTimeOffset now, CancellationToken ct)
    {
        if (present is not null)
        {
            present.End(CertificateState.Replaced, now);
            // First, or two would be in force for a moment, which the index refuses.
            await db.SaveChangesAsync(ct);
        }

        var made = Certificate.Of(earned, site.Value.PartnershipName, now);
        db.Add(made);
        await TellAsync(made, earned, isAgain: present is not null, now, ct);
        await db.SaveChangesAsync(ct);
        return made;
    }

    private async Task TellAsync(Certificate made, EarnedCertificate earned, bool isAgain, DateTimeOffset now, CancellationToken ct)
    {
        var person = await db.People.AsNoTracking().SingleAsync(one => one.Id == earned.PersonId, ct);
        var reference = await db.Bookings.Where(one => one.Id == earned.BookingId).Select(one => one.Reference).SingleAsync(ct);
        var token = SecretLink.Issue(db, Certificate.LinkPurpose, made.Id, now, CertificateWords.LinkEnds(now));
        db.Add(OutgoingEmail.To(
            person.Email,
            new CertificateReadyEmail(person.Name, made.CourseTitle, CertificateWords.Days(made.Days), site.Value.Absolute(CertificateUrls.Link(token)), isAgain),
            now, reference));
    }
}
