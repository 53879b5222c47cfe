using TrainingHub.Platform;
using TrainingHub.Platform.Commands;

namespace TrainingHub.People;

/// <summary>Opens a staff account from the command line; with --password-stdin the password is the first line of standard input.</summary>
internal sealed class AddStaffVerb(AddStaff add) : IVerb
{
    public static string Name => "staff add";

    public static string Usage => "staff add EMAIL NAME [--password-stdin]";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var fromInput = args.Contains("--password-stdin");
        if (args.Where(word => word != "--password-stdin").ToArray() is not [var email, .. { Length: > 0 } names])
        {
            throw new UsageException("Give an email address and a name.");
        }

        var own = fromInput ? await Console.In.ReadLineAsync(ct) ?? "" : null;
        var added = await add.RunAsync(email, string.Join(' ', names), own);
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
                CloseStaffRefusal.LastCoordinator => $"{email} is the only coordinator. Name another one first.",
            });
            return 1;
        }

        Console.WriteLine($"{email} is closed and signed out everywhere.");
        return 0;
    }
}

/// <summary>Says from the command line who reads survey comments and concerns.</summary>
internal sealed class CoordinatorVerb(NameCoordinator coordinators) : IVerb
{
    public static string Name => "staff coordinator";

    public static string Usage => "staff coordinator add|remove EMAIL";

    public async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var refusal = args switch
        {
            ["add", var email] => await coordinators.NameAsync(email, Actor.CommandLine, ct),
            ["remove", var email] => await coordinators.EndAsync(email, Actor.CommandLine, ct),
            _ => throw new UsageException("Say add or remove, and one email address."),
        };
        if (refusal is { } reason)
        {
            await Console.Error.WriteLineAsync(reason switch
            {
                CoordinatorRefusal.Unknown => $"There is no open staff account {args[1]}.",
                CoordinatorRefusal.LastOne => $"{args[1]} is the only coordinator. Name another one first.",
            });
            return 1;
        }

        Console.WriteLine($"{args[1]} {(args[0] == "add" ? "is a coordinator and reads" : "is no coordinator and does not read")} survey comments. A session that was open has ended.");
        return 0;
    }
}
