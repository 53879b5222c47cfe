using Npgsql;

namespace TrainingHub.Platform.Email;

/// <summary>
/// The mail server refuses this site, whoever an email is for: it does not relay for us, or does not let us sign in. Emails wait for as
/// long as that lasts, and it ends with the first that is taken.
/// </summary>
/// <param name="Since">When the first email met it.</param>
/// <param name="Error">What the server answered, or who gives the tokens for it.</param>
internal sealed record MailStop(DateTimeOffset Since, string Error)
{
    /// <summary>For staff: what that means and what to do.</summary>
    public string Words
    {
        get
        {
            var remedy = MailRemedy.For(Error);
            var meaning = remedy.Meaning is { } words ? $": {words}" : "";
            return $"The mail server does not accept email from this site, since {London.Moment(Since)}{meaning}. The answer was: “{Error.TrimEnd('.')}.” "
                + $"Emails wait, and all are sent once it accepts them again. {remedy.Act}";
        }
    }

    /// <summary>Null when email is taken.</summary>
    public static async Task<MailStop?> ReadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var query = database.CreateCommand("select since, error from mail_stops");
        await using var rows = await query.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? new(rows.GetFieldValue<DateTimeOffset>(0), rows.GetString(1)) : null;
    }

    /// <summary>Returns whether it has just begun, so that it is told of once; the first words stay.</summary>
    public static async Task<bool> BeginAsync(NpgsqlDataSource database, DateTimeOffset now, string error, CancellationToken ct)
    {
        await using var insert = database.CreateCommand("insert into mail_stops (since, error) values ($1, $2) on conflict do nothing");
        insert.Parameters.AddWithValue(now);
        insert.Parameters.AddWithValue(error);
        return await insert.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Returns whether there was one.</summary>
    public static async Task<bool> EndAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var delete = database.CreateCommand("delete from mail_stops");
        return await delete.ExecuteNonQueryAsync(ct) == 1;
    }
}
