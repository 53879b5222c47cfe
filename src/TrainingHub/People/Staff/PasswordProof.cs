using Microsoft.EntityFrameworkCore;

namespace TrainingHub.People;

/// <summary>One way in which somebody who is signed in proves that it is they.</summary>
internal interface IStaffProof
{
    /// <param name="staffUserId">Who is signed in.</param>
    /// <param name="given">What they typed.</param>
    /// <param name="ct">To stop.</param>
    /// <returns>Why it proves nothing, or null.</returns>
    Task<SignInRefusal?> WhyNotAsync(Guid staffUserId, string given, CancellationToken ct);
}

/// <summary>The password of the account. Wrong ones are counted, as they are at the door.</summary>
internal sealed class PasswordProof(TrainingHubDb db, CheckSignIn check) : IStaffProof
{
    public async Task<SignInRefusal?> WhyNotAsync(Guid staffUserId, string given, CancellationToken ct)
    {
        var account = await db.Users.Where(user => user.Id == staffUserId).Select(user => new { user.Email, user.SecurityStamp }).SingleAsync(ct);
        // Whoever is signed in is known, and is not kept waiting by what strangers try at the door.
        var from = new SignInFrom("", new KnownDevice(staffUserId, staffUserId, account.SecurityStamp ?? ""));
        return (await check.RunAsync(account.Email ?? "", given, from, ct)).Refusal;
    }
}
