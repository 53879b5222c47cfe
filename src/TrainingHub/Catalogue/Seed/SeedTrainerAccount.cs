using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>The demonstration's trainer trains for the provider that has the next date. Does nothing when the account trains for one.</summary>
internal sealed class SeedTrainerAccount(TrainingHubDb db, KeepProviderAccounts accounts, TimeProvider clock) : ISeed
{
    // After the accounts.
    public static int Order => 122;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        var email = SeedDemoColleagues.EmailOf(StaffRole.Trainer);
        var next = await DateLines.Coming(db, clock.GetUtcNow()).Where(run => run.ProviderId != null)
            .OrderBy(run => run.StartsAt).ThenBy(run => run.Id).Select(run => run.ProviderId).FirstOrDefaultAsync(ct);
        if (next is { } provider && !await db.ProviderAccounts.AnyAsync(own => db.Users.Any(user => user.Id == own.StaffUserId && user.Email == email), ct))
        {
            await accounts.AddAsync(provider, email, Actor.Automatic, ct);
        }
    }
}
