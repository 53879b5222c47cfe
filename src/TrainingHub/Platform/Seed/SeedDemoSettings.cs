using Npgsql;
using TrainingHub.Platform.Data;

namespace TrainingHub.Platform;

/// <summary>What the demonstration calls its partnership, settled as the coordinator would on screen.</summary>
internal sealed class SeedDemoSettings(NpgsqlDataSource database, TimeProvider clock) : ISeed
{
    private const string Partnership = "Pan-Dorset Safeguarding Children Partnership";

    public static int Order => 5;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        await using var add = database.CreateCommand(
            """
            insert into settings (name, value, changed_at)
            values ($1, $2, $3)
            on conflict (name) do nothing
            """);
        add.Parameters.AddWithValue(SettingName.PartnershipName);
        add.Parameters.AddWithValue(Partnership);
        add.Parameters.AddWithValue(clock.GetUtcNow());
        await add.ExecuteNonQueryAsync(ct);
    }
}
