using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>
/// Makes one person of several records: their places, and with them marks and surveys, become those of the record that stays, under its
/// name, and the links that they were sent go on working. Who wanted no surveys or no reminders under one of them gets none. The other addresses and
/// names stay known to imports and to search. Refuses where two of them have a place on one date: one of those has to be cancelled first.
/// Dates are locked first and in the order of their ids, as everything does that changes places, then the people. A second time
/// changes nothing.
/// </summary>
internal sealed class MergePeople(TrainingHubDb db, TimeProvider clock)
{
    private sealed record MovedPlace(Guid Id, Guid PersonId);

    public async Task<MergeResult> RunAsync(Guid kept, IEnumerable<Guid> others, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Guid[] ids = [kept, .. others.Where(id => id != kept).Distinct()];
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var dates = await LockDatesAsync(ids, ct);
        var rows = await db.People.FromSql($"select * from people where id = any({ids}) order by id for update").ToListAsync(ct);
        var aliases = await db.PersonAliases.Where(alias => ids.Contains(alias.Id)).ToListAsync(ct);
        var stays = rows.Find(row => row.Id == kept);
        if (stays is null || ids.Any(id => !rows.Exists(row => row.Id == id) && !aliases.Exists(alias => alias.Id == id && alias.PersonId == kept)))
        {
            return MergeResult.Gone;
        }

        var merged = rows.Where(row => row.Id != kept).ToList();
        if (merged.Count == 0)
        {
            return MergeResult.MergedBefore;
        }

        var live = await db.LivePlaces.Where(place => place.PersonId != null && ids.Contains(place.PersonId.Value)).Select(place => place.RunId).ToListAsync(ct);
        if (live.Exists(run => !dates.Contains(run)))
        {
            return MergeResult.BookedMeanwhile;
        }

        if (live.Count > live.Distinct().Count())
        {
            return MergeResult.SameDate;
        }

        await JoinAsync(stays, merged, by, now, ct);
        await transaction.CommitAsync(ct);
        return MergeResult.Merged;
    }

    private async Task<HashSet<Guid>> LockDatesAsync(Guid[] people, CancellationToken ct) => [.. await db.Database.SqlQuery<Guid>(
        $"""
        select id as "Value"
        from course_runs
        where id in (select run_id from live_places where person_id = any({people}))
        order by id
        for no key update
        """).ToListAsync(ct)];

    private async Task JoinAsync(Person stays, List<Person> merged, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] gone = [.. merged.Select(row => row.Id)];
        var moved = await db.Places.Where(place => place.PersonId != null && gone.Contains(place.PersonId.Value))
            .Select(place => new MovedPlace(place.Id, place.PersonId!.Value)).ToListAsync(ct);
        await db.Places.Where(place => place.PersonId != null && gone.Contains(place.PersonId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(place => place.PersonId, stays.Id).SetProperty(place => place.DelegateName, stays.Name), ct);
        await KeepLinksAsync(moved, merged.ToDictionary(row => row.Id, row => new PersonKey(row.EmailKey, row.NameKey)), new(stays.EmailKey, stays.NameKey), ct);
        await MoveNoticesAsync(stays.Id, gone, ct);
        await db.PersonAliases.Where(alias => gone.Contains(alias.PersonId)).ExecuteUpdateAsync(set => set.SetProperty(alias => alias.PersonId, stays.Id), ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            with moved as (
                delete from elearning_completions
                where person_id = any({gone})
                returning title, title_key, completed_on
            )
            insert into elearning_completions (id, person_id, title, title_key, completed_on)
            select gen_random_uuid(), {stays.Id}, title, title_key, completed_on
            from moved
            on conflict (person_id, title_key, completed_on) do nothing
            """,
            ct);
        foreach (var one in merged)
        {
            await db.PersonAliases.Where(alias => alias.EmailKey == one.EmailKey && alias.NameKey == one.NameKey).ExecuteDeleteAsync(ct);
            db.Add(new PersonAlias { Id = one.Id, PersonId = stays.Id, Email = one.Email, EmailKey = one.EmailKey, Name = one.Name, NameKey = one.NameKey });
            HistoryEntry.Add<Person>(db, one.Id, by, "Merged into another", [], now);
            if (one.SurveysStoppedAt is { } stopped)
            {
                stays.StopSurveys(stopped);
            }

            if (one.RenewalsStoppedAt is { } refused)
            {
                stays.StopRenewals(refused);
            }
        }

        db.RemoveRange(merged);
        var records = merged.Count == 1 ? "1 other record" : $"{merged.Count} other records";
        HistoryEntry.Add<Person>(db, stays.Id, by, "Merged", [], now, $"{records} with {(moved.Count == 1 ? "1 place" : $"{moved.Count} places")} joined this one.");
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What stands in a delegate's mailbox says the place and who had it; it opens for who they are now.</summary>
    private Task<int> KeepLinksAsync(List<MovedPlace> moved, Dictionary<Guid, PersonKey> former, PersonKey key, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        update secret_links
        set subject_id = given.after
        from unnest({moved.ConvertAll(place => DelegateLink.SubjectOf(place.Id, former[place.PersonId])).ToArray()},
            {moved.ConvertAll(place => DelegateLink.SubjectOf(place.Id, key)).ToArray()}) as given (before, after)
        where secret_links.purpose = {DelegateLink.Purpose} and secret_links.subject_id = given.before
        """,
        ct);

    private async Task MoveNoticesAsync(Guid kept, Guid[] merged, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into place_notices (place_id, person_id, kind, version, sent_at)
            select place_id, {kept}, kind, version, sent_at
            from place_notices
            where person_id = any({merged})
            on conflict do nothing
            """,
            ct);
        await db.PlaceNotices.Where(notice => merged.Contains(notice.PersonId)).ExecuteDeleteAsync(ct);
    }
}
