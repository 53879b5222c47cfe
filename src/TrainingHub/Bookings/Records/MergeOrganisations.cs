using Microsoft.EntityFrameworkCore;
using TrainingHub.Learning;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

internal enum MergeResult
{
    Merged,

    /// <summary>All of them were merged into this one before. Nothing was changed.</summary>
    MergedBefore,

    /// <summary>One of them is gone, or was merged into another meanwhile.</summary>
    Gone,

    /// <summary>Two of the people have a place on the same date. Nothing was changed.</summary>
    SameDate,

    /// <summary>Somebody was booked while this was looked at. Nothing was changed; the same again may succeed.</summary>
    BookedMeanwhile,
}

/// <summary>
/// Makes one organisation of several: their bookings become those of the one that stays, which takes over what it lacks (sector, area,
/// contact, where its invoices go, that bookers may find it). The others stay as names, so that what is booked or imported under them later lands on it. What
/// was printed on bookings and invoices stays. The rows are locked in the order of their ids before anything is read: a booking that
/// is being made under one of the names is waited for, and one that comes later waits. A second time changes nothing.
/// </summary>
internal sealed class MergeOrganisations(TrainingHubDb db, TimeProvider clock)
{
    public async Task<MergeResult> RunAsync(Guid kept, IEnumerable<Guid> others, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Guid[] ids = [kept, .. others.Where(id => id != kept).Distinct()];
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var rows = await db.Organisations.FromSql($"select * from organisations where id = any({ids}) order by id for update").ToListAsync(ct);
        if (rows.Count < ids.Length || rows.Exists(row => row.MergedIntoId is { } into && (row.Id == kept || into != kept)))
        {
            return MergeResult.Gone;
        }

        var merged = rows.Where(row => row.Id != kept && row.MergedIntoId is null).ToList();
        if (merged.Count == 0)
        {
            return MergeResult.MergedBefore;
        }

        var moved = await MoveBookingsAsync(kept, [.. merged.Select(row => row.Id)], ct);
        await MoveAwardsAsync(kept, [.. merged.Select(row => row.Id)], now, ct);
        Join(rows.Single(row => row.Id == kept), merged, moved, by, now);
        await db.SaveChangesAsync(ct);
        Guid[] gone = [.. merged.Select(row => row.Id)];
        await OrganisationLead.MoveAsync(db, kept, gone, ct);
        await VoteForNeed.MoveAsync(db, kept, gone, ct);
        await db.Organisations.Where(row => row.MergedIntoId != null && gone.Contains(row.MergedIntoId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.MergedIntoId, kept), ct);
        await transaction.CommitAsync(ct);
        return MergeResult.Merged;
    }

    private void Join(Organisation stays, List<Organisation> merged, int moved, Actor by, DateTimeOffset now)
    {
        foreach (var one in merged)
        {
            stays.SectorId ??= one.SectorId;
            stays.AreaId ??= one.AreaId;
            TakeOver(stays, one);
            stays.IsApproved |= one.IsApproved;
            (one.MergedIntoId, one.IsApproved) = (stays.Id, false);
            (one.ContactName, one.ContactEmail, one.ContactPhone, one.ContactChangedAt) = (null, null, null, null);
            (one.InvoiceAddress, one.InvoiceEmail, one.PurchaseOrderNote) = (null, null, null);
            one.Version++;
            HistoryEntry.Add<Organisation>(db, one.Id, by, "Merged into another", [], now);
        }

        stays.Version++;
        var names = merged.Count == 1 ? "1 other name" : $"{merged.Count} other names";
        HistoryEntry.Add<Organisation>(db, stays.Id, by, "Merged", [], now, $"{names} with {(moved == 1 ? "1 booking" : $"{moved} bookings")} joined this one.");
    }

    // Each as a whole: half of one contact and half of another would be nobody. The later of the two times is kept, so that neither goes early.
    private static void TakeOver(Organisation stays, Organisation one)
    {
        var isTaken = false;
        if (stays is { ContactName: null, ContactEmail: null, ContactPhone: null } && one is not { ContactName: null, ContactEmail: null, ContactPhone: null })
        {
            (stays.ContactName, stays.ContactEmail, stays.ContactPhone) = (one.ContactName, one.ContactEmail, one.ContactPhone);
            isTaken = true;
        }

        if (stays is { InvoiceAddress: null, InvoiceEmail: null, PurchaseOrderNote: null } && one is not { InvoiceAddress: null, InvoiceEmail: null, PurchaseOrderNote: null })
        {
            (stays.InvoiceAddress, stays.InvoiceEmail, stays.PurchaseOrderNote) = (one.InvoiceAddress, one.InvoiceEmail, one.PurchaseOrderNote);
            isTaken = true;
        }

        if (isTaken && (stays.ContactChangedAt is null || one.ContactChangedAt > stays.ContactChangedAt))
        {
            stays.ContactChangedAt = one.ContactChangedAt;
        }
    }

    // One award a year stays open; what was booked under the others stands, and counts with them.
    private Task<int> MoveAwardsAsync(Guid kept, Guid[] merged, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        update free_place_awards
        set organisation_id = {kept},
            ended_at = case when ended_at is null and exists (
                select
                from free_place_awards other
                where other.year_starts_on = free_place_awards.year_starts_on
                  and other.ended_at is null
                  and (other.organisation_id = {kept} or (other.organisation_id = any({merged}) and other.id < free_place_awards.id))
            ) then {now} else ended_at end
        where organisation_id = any({merged})
        """,
        ct);

    // In the order of their ids, as they are changed elsewhere.
    private async Task<int> MoveBookingsAsync(Guid kept, Guid[] merged, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        update bookings
        set organisation_id = {kept}
        from (
            select id
            from bookings
            where organisation_id = any({merged})
            order by id
            for no key update
        ) moved
        where bookings.id = moved.id
        """,
        ct);
}
