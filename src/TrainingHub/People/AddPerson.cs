using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>Finds the row of a person, or adds it. Two that do so at once end with one row. Joins its caller's transaction.</summary>
internal static class AddPerson
{
    /// <summary>A known person keeps the spelling that is on record.</summary>
    public static async Task<Guid> FindOrAddAsync(TrainingHubDb db, string name, string email, DateTimeOffset now, CancellationToken ct)
    {
        var key = PersonKey.Of(email, name);
        var found = await db.Database.SqlQuery<Guid>(
            $"""
            insert into people (id, email, email_key, name, name_key, created_at)
            values ({Guid.CreateVersion7(now)}, {email}, {key.Email}, {name}, {key.Name}, {now})
            on conflict (email_key, name_key) do update set created_at = people.created_at
            returning id
            """).ToListAsync(ct);
        return found[0];
    }

    /// <summary>
    /// The same person under a corrected name or address, in the new spelling. Who asked for no more surveys or reminders under
    /// the former one gets none under this one.
    /// </summary>
    /// <param name="formerId">The person's row until now, which stays for other dates.</param>
    public static async Task<Guid> CorrectAsync(
        TrainingHubDb db, Guid? formerId, string name, string email, DateTimeOffset now, CancellationToken ct)
    {
        var key = PersonKey.Of(email, name);
        var found = await db.Database.SqlQuery<Guid>(
            $"""
            insert into people (id, email, email_key, name, name_key, created_at, surveys_stopped_at, renewals_stopped_at)
            values ({Guid.CreateVersion7(now)}, {email}, {key.Email}, {name}, {key.Name}, {now},
                (select surveys_stopped_at from people where id = {formerId}), (select renewals_stopped_at from people where id = {formerId}))
            on conflict (email_key, name_key) do update
            set email = excluded.email, name = excluded.name,
                surveys_stopped_at = coalesce(people.surveys_stopped_at, excluded.surveys_stopped_at),
                renewals_stopped_at = coalesce(people.renewals_stopped_at, excluded.renewals_stopped_at)
            returning id
            """).ToListAsync(ct);
        return found[0];
    }
}
