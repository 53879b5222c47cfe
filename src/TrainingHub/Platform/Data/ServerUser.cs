using System.Diagnostics;

namespace TrainingHub.Platform.Data;

/// <summary>
/// Who runs the private server. PostgreSQL refuses root, so root hands it to the user postgres (else nobody) through
/// setpriv, which becomes the program and leaves no process of its own; anybody else runs it as themselves.
/// </summary>
internal sealed record ServerUser(string? Owner, IReadOnlyList<string> Prefix)
{
    public static ServerUser Current()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerUser(null, []);
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        var user = users.Find(fields => fields[0] == "postgres") ?? users.Find(fields => fields[0] == "nobody")
            ?? throw new SetUpException("PostgreSQL does not run as root: start TrainingHub as an ordinary user, or add a user named postgres.");
        return new ServerUser($"{user[2]}:{user[3]}", ["setpriv", $"--reuid={user[2]}", $"--regid={user[3]}", "--clear-groups", "--"]);
    }

    /// <summary>Runs a program as the server's user and waits for it. Its working folder is /, which every user may enter.</summary>
    public async Task<(int ExitCode, string Errors)> RunAsync(IEnumerable<string> command, CancellationToken ct) =>
        await RunPlainlyAsync([.. Prefix, .. command], ct);

    public async Task GiveAsync(string path, CancellationToken ct)
    {
        if (Owner is null)
        {
            return;
        }

        var (exitCode, errors) = await RunPlainlyAsync(["chown", "-R", Owner, path], ct);
        if (exitCode != 0)
        {
            throw new SetUpException($"The folder {path} cannot be given to the user that runs PostgreSQL ({errors.Trim()}): name another folder in TRAININGHUB_DATA.");
        }
    }

    private static async Task<(int ExitCode, string Errors)> RunPlainlyAsync(string[] command, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await errors);
    }
}
