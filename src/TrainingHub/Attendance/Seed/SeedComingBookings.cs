using Npgsql;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Attendance;

/// <summary>
/// Demo: invented delegates on the coming dates, so that some are full and some are empty. Card bookings come with a payment
/// that was made elsewhere, those by invoice are invoiced after it. One statement; dates that have places are left alone.
/// </summary>
internal sealed class SeedComingBookings(NpgsqlDataSource database, TimeProvider clock) : ISeed
{
    public static int Order => 71;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        var file = SeedFile.ReadJson<ComingFile>("Attendance.Seed.coming.json");
        await using var command = database.CreateCommand(SqlFile.Read("TrainingHub.Attendance.Sql.SeedComing.sql"));
        var parameters = command.Parameters;
        parameters.Add(new("now", clock.GetUtcNow()));
        parameters.Add(new("alphabet", Reference.Alphabet));
        parameters.Add(new("org_names", Each(organisation => organisation.Name)));
        parameters.Add(new("org_keys", Each(organisation => Organisation.KeyOf(organisation.Name))));
        parameters.Add(new("org_domains", Each(organisation => organisation.Domain)));
        parameters.Add(new("org_sectors", Each(organisation => organisation.Sector)));
        parameters.Add(new("org_areas", Each(organisation => organisation.Area)));
        parameters.Add(new("org_pays", Each(organisation => organisation.Pays)));
        parameters.Add(new("people_each", file.PeoplePerOrganisation));
        parameters.Add(new("first_names", file.FirstNames));
        parameters.Add(new("last_names", file.LastNames));
        // The key of a whole name is those of its words, one after the other.
        parameters.Add(new("first_keys", file.FirstNames.Select(PersonKey.NameOf).ToArray()));
        parameters.Add(new("last_keys", file.LastNames.Select(PersonKey.NameOf).ToArray()));
        parameters.Add(new("near_days", file.NearDays));
        parameters.Add(new("fill_near", file.FillPercentNear));
        parameters.Add(new("fill_later", file.FillPercentLater));
        parameters.Add(new("needs_every", file.NeedsEvery));
        parameters.Add(new("needs", file.AccessNeeds));
        await command.ExecuteNonQueryAsync(ct);

        string[] Each(Func<ComingOrganisation, string> value) => [.. file.Organisations.Select(value)];
    }

    /// <param name="Pays">Card or Invoice, where there is something to pay.</param>
    private sealed record ComingOrganisation(string Name, string Domain, string Sector, string Area, string Pays);

    private sealed record ComingFile(
        int PeoplePerOrganisation, int NearDays, int[] FillPercentNear, int[] FillPercentLater, int NeedsEvery, string[] AccessNeeds,
        IReadOnlyList<ComingOrganisation> Organisations, string[] FirstNames, string[] LastNames);
}
