using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>One way in which somebody who is signed in proves that it is they.</summary>
internal interface IStaffProof
{
    /// <summary>Whether it is a code that is asked for, and not the password.</summary>
    Task<bool> IsByCodeAsync(Guid staffUserId, CancellationToken ct);

    /// <param name="staffUserId">Who is signed in.</param>
    /// <param name="given">What they typed.</param>
    /// <param name="ct">To stop.</param>
    /// <returns>Why it proves nothing, or null.</returns>
    Task<SignInRefusal?> WhyNotAsync(Guid staffUserId, string given, CancellationToken ct);
}

/// <summary>The password of the account. Wrong ones are counted, as they are at the door.</summary>
internal sealed class PasswordProof(TrainingHubDb db, CheckSignIn check)
{
    public async Task<SignInRefusal?> WhyNotAsync(Guid staffUserId, string given, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleAsync(one => one.Id == staffUserId, ct);
        return (await check.RunAsync(user.Email ?? "", given, SignInFrom.Inside(user), ct)).Refusal;
    }
}
