using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.People;

/// <summary>
/// One coordinator in Demo, also when it starts empty: somebody must be able to import. The random password is made with
/// the account and is in a file of the data folder that only its owner may read. Elsewhere it does nothing.
/// </summary>
internal sealed class SeedDemoCoordinator(TrainingHubDb db, AddStaff add, IHostEnvironment environment, IConfiguration configuration) : ISeed
{
    public const string Email = "coordinator@training.example";
    private const string FileName = "demo-staff-password";

    public static int Order => 120;

    public static bool DemoOnly => false;

    public static string FileIn(IConfiguration configuration) => Path.Combine(DataFolder.In(configuration), FileName);

    public async Task RunAsync(CancellationToken ct)
    {
        if (!environment.IsDemo() || await db.Users.AnyAsync(user => user.Email == Email, ct))
        {
            return;
        }

        var password = AddStaff.RandomPassword();
        var added = await add.RunAsync(Email, "Training coordinator", password, StaffUser.WhoIsAlone);
        if (added.Errors.Count > 0)
        {
            throw new InvalidOperationException($"The demonstration coordinator was not made: {string.Join(" ", added.Errors)}");
        }

        await WriteAsync(password, ct);
    }

    private async Task WriteAsync(string password, CancellationToken ct)
    {
        var file = FileIn(configuration);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var writer = new StreamWriter(file, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await writer.WriteAsync(password.AsMemory(), ct);
    }
}
