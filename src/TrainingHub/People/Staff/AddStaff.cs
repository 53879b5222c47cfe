using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using TrainingHub.Platform.Email;

namespace TrainingHub.People;

/// <summary>What came of adding an account: the password that signs in, or what is wrong with the wishes.</summary>
internal sealed record StaffAdded(string Password, IReadOnlyList<string> Errors);

/// <summary>
/// Opens a staff account. Without a password it gets a random one of about 97 bits that holds for seven days and must be
/// replaced at the first sign-in. Who is added while there is no coordinator becomes one. Refuses, in words, a bad address, an address that has an account, a weak password.
/// </summary>
internal sealed class AddStaff(UserManager<StaffUser> users, TimeProvider clock)
{
    // Without look-alikes: it may be read out or written down.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    public async Task<StaffAdded> RunAsync(string email, string name, string? ownPassword)
    {
        var now = clock.GetUtcNow();
        if (!EmailAddress.IsValid(email))
        {
            return new("", [$"{email} is not an email address."]);
        }

        if (name.Trim().Length is 0 or > StaffUser.NameLength)
        {
            return new("", [$"The name must have 1 to {StaffUser.NameLength} characters."]);
        }

        var password = ownPassword ?? RandomPassword();
        var user = new StaffUser
        {
            Id = Guid.CreateVersion7(now),
            UserName = email,
            Email = email,
            Name = name.Trim(),
            CreatedAt = now,
            IsCoordinator = !users.Users.Any(user => user.IsCoordinator && user.ClosedAt == null),
            OneTimePasswordUntil = ownPassword is null ? now + StaffUser.OneTimePasswordFor : null,
        };
        var made = await users.CreateAsync(user, password);
        return new(password, [.. made.Errors.Select(error => error.Description)]);
    }

    public static string RandomPassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
}
