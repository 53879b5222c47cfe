using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>Finds an open account by its address and holds it in the caller's transaction: whoever closes it waits, or has done so and it is not found.</summary>
internal sealed class HoldAccount(TrainingHubDb db, ILookupNormalizer normalizer)
{
    public async Task<StaffUser?> RunAsync(string email, CancellationToken ct)
    {
        var key = normalizer.NormalizeEmail(email.Trim());
        return (await db.Users.FromSql($"select * from staff_users where normalized_email = {key} and closed_at is null for no key update").ToListAsync(ct)).SingleOrDefault();
    }
}
