using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;

namespace TrainingHub.People;

/// <summary>Changes one's own name, and ends one's sessions, which say it. All that one did is shown under the new one. The same name again changes nothing.</summary>
internal sealed class RenameStaff(TrainingHubDb db, TimeProvider clock)
{
    /// <returns>Whether it is another one.</returns>
    public async Task<bool> RunAsync(string name, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var user = await db.Users.FromSql($"select * from staff_users where id = {by.Id} for no key update").SingleAsync(ct);
        if (user.Name == name)
        {
            return false;
        }

        HistoryEntry.Add<StaffUser>(db, by.Id, by, "Name changed", HistoryChange.Of(HistoryChange.OfPerson("Name", user.Name, name)), clock.GetUtcNow());
        user.Name = name;
        await db.SaveChangesAsync(ct);
        await db.StaffSessions.Where(session => session.StaffUserId == by.Id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
