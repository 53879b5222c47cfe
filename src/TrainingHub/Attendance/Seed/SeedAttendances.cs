using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Attendance;

/// <summary>
/// Demo: the published attendances of past years, on the dates that the catalogue's history put in. Sectors, areas and absences
/// are invented. One statement; dates that have places are left alone.
/// </summary>
internal sealed class SeedAttendances(NpgsqlDataSource database) : ISeed
{
    public static int Order => 70;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        var years = HistoryFile.Read().Years;
        var file = SeedFile.ReadJson<SpreadFile>("Attendance.Seed.history.json");
        (string Kind, Share Of)[] shares = [.. file.Sectors.Select(share => ("sector", share)), .. file.Areas.Select(share => ("area", share))];
        await using var command = database.CreateCommand(SqlFile.Read("TrainingHub.Attendance.Sql.SeedHistory.sql"));
        command.Parameters.Add(new("prefixes", years.Select(year => year.Prefix).ToArray()));
        command.Parameters.Add(new("attended", years.Select(year => year.Attendances).ToArray()));
        command.Parameters.Add(new("absent", years.Select(year => year.Attendances * file.AbsentPerHundredAttended / 100).ToArray()));
        command.Parameters.Add(new("share_kinds", shares.Select(share => share.Kind).ToArray()));
        command.Parameters.Add(new("share_names", shares.Select(share => share.Of.Name).ToArray()));
        command.Parameters.Add(new("share_weights", shares.Select(share => share.Of.Weight).ToArray()));
        command.Parameters.Add(new("alphabet", Reference.Alphabet));
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record Share(string Name, int Weight);

    private sealed record SpreadFile(int AbsentPerHundredAttended, IReadOnlyList<Share> Sectors, IReadOnlyList<Share> Areas);
}
