using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>A code of the authenticator app from whoever has one, else the password. Wrong ones are counted, as they are at the door.</summary>
internal sealed class StaffProof(TrainingHubDb db, PasswordProof password, CheckSecondFactor factor) : IStaffProof
{
    public Task<bool> IsByCodeAsync(Guid staffUserId, CancellationToken ct) => db.StaffAuthenticators.AnyAsync(app => app.StaffUserId == staffUserId, ct);

    public async Task<SignInRefusal?> WhyNotAsync(Guid staffUserId, string given, CancellationToken ct)
    {
        if (!await IsByCodeAsync(staffUserId, ct))
        {
            return await password.WhyNotAsync(staffUserId, given, ct);
        }

        var user = await db.Users.AsNoTracking().SingleAsync(one => one.Id == staffUserId, ct);
        return await factor.CodeAsync(user, given, SignInFrom.Inside(user), ct) is { } refusal
            ? refusal switch
            {
                FactorRefusal.NotRight or FactorRefusal.Used => SignInRefusal.NotRight,
                FactorRefusal.TooMany => SignInRefusal.TooMany,
            }
            : null;
    }
}
