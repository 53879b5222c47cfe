using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Commands;

namespace TrainingHub.People;

/// <summary>Opens a staff account from the command line; the first one needs no role, because it runs everything. With --password-stdin the password is the first line of standard input.</summary>
internal sealed class AddStaffVerb(TrainingHubDb db, AddStaff add) : IVerb
{
    public static string Name => "staff add";

    public static string Usage => "staff add EMAIL NAME [--role ROLE ...] [--area AREA ...] [--password-stdin]";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var fromInput = args.Contains("--password-stdin");
        var words = RoleWords.OfOptions(args.Where(word => word != "--password-stdin"));
        if (words.Rest is not [var email, .. { Length: > 0 } names])
        {
            throw new UsageException("Give an email address and a name.");
        }

        var own = fromInput ? await Console.In.ReadLineAsync(ct) ?? "" : null;
        var added = await add.RunAsync(email, string.Join(' ', names), own, words.Roles, await words.AreasAsync(db, ct));
        if (added.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, added.Errors));
            return 1;
        }

        Console.WriteLine(own is null ? HandOver(email, added.Password) : $"{email} can sign in at /sign-in.");
        return 0;
    }

    public static string HandOver(string email, string password) =>
        $"{email} can sign in at /sign-in within 7 days with this password, and chooses a new one then: {password}";
}

/// <summary>For somebody who forgot the password: a new one-time password from the command line.</summary>
internal sealed class ResetStaffVerb(ResetStaffPassword reset) : IVerb
{
    public static string Name => "staff reset";

    public static string Usage => "staff reset EMAIL";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args is not [var email])
        {
            throw new UsageException("Give one email address.");
        }

        if (await reset.RunAsync(email, ct) is not { } password)
        {
            await Console.Error.WriteLineAsync($"There is no open staff account {email}.");
            return 1;
        }

        Console.WriteLine(AddStaffVerb.HandOver(email, password));
        return 0;
    }
}

/// <summary>Closes a staff account from the command line.</summary>
internal sealed class CloseStaffVerb(CloseStaff close) : IVerb
{
    public static string Name => "staff close";

    public static string Usage => "staff close EMAIL";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args is not [var email])
        {
            throw new UsageException("Give one email address.");
        }

        if (await close.RunAsync(email, Actor.CommandLine, ct) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal switch
            {
                CloseStaffRefusal.Unknown => $"There is no staff account {email}.",
                CloseStaffRefusal.Oneself => $"{email} cannot be closed by itself.",
                CloseStaffRefusal.LastOne => $"{email} is the only open account. Add another one first.",
                CloseStaffRefusal.LastAdministrator => $"{email} is the only administrator. Make somebody else one first.",
                CloseStaffRefusal.LastReader => $"{email} is the only one who reads survey comments. Let somebody else read them first.",
            });
            return 1;
        }

        Console.WriteLine($"{email} is closed and signed out everywhere.");
        return 0;
    }
}

/// <summary>Says from the command line what an account is for: all its roles, by name.</summary>
internal sealed class StaffRolesVerb(TrainingHubDb db, SetStaffRoles set, ILookupNormalizer normalizer) : IVerb
{
    public static string Name => "staff roles";

    public static string Usage => $"staff roles EMAIL ROLE [ROLE ...] [--area AREA ...]   roles: {string.Join(", ", StaffRoles.All)}";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var words = RoleWords.Of(args);
        if (words.Rest is not [var email] || words.Roles.Count == 0)
        {
            throw new UsageException("Give one email address and at least one role.");
        }

        var key = normalizer.NormalizeEmail(email.Trim());
        var id = await db.Users.Where(user => user.ClosedAt == null && user.NormalizedEmail == key).Select(user => user.Id).FirstOrDefaultAsync(ct);
        if (await set.RunAsync(id, words.Roles, await words.AreasAsync(db, ct), Actor.CommandLine, ct) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal switch
            {
                RolesRefusal.Unknown => $"There is no open staff account {email}.",
                RolesRefusal.Oneself => $"{email} cannot change itself.",
                RolesRefusal.FromWorkAccount => $"{email} has connected a work account: its groups say what it is for.",
                RolesRefusal.Incomplete => "A learning group reads the results of areas: name one with --area.",
                RolesRefusal.LastAdministrator => $"{email} is the only administrator. Make somebody else one first.",
                RolesRefusal.LastReader => $"{email} is the only one who reads survey comments. Let somebody else read them first.",
            });
            return 1;
        }

        Console.WriteLine($"{email} is now: {StaffUser.Words(words.Roles)}. A session that was open has ended.");
        return 0;
    }
}
