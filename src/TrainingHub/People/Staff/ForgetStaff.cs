using Npgsql;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.People;

/// <summary>
/// Forgets who had an account six years after it was closed, as long as names in bookings are kept: name, address and whatever signed in.
/// The row stays, so that history still tells one former member of staff from another. One statement; a second run finds nothing.
/// </summary>
internal sealed class ForgetStaff(NpgsqlDataSource database, TimeProvider clock) : IJob
{
    public const int YearsAfterClosing = 6;

    public static TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var forget = database.CreateCommand(
            """
            with forgotten as (
                update staff_users
                set name = 'Former member of staff', email = null, normalized_email = null, user_name = null, normalized_user_name = null,
                    password_hash = null, phone_number = null, last_signed_in_at = null
                where closed_at < $1 and email is not null
                returning id
            ), claims as (
                delete from staff_claims where user_id in (select id from forgotten)
            ), logins as (
                delete from staff_logins where user_id in (select id from forgotten)
            ), tokens as (
                delete from staff_tokens where user_id in (select id from forgotten)
            ), work_accounts as (
                delete from staff_work_accounts where staff_user_id in (select id from forgotten)
            ), passkeys as (
                delete from staff_passkeys where user_id in (select id from forgotten)
            )
            select count(*)::integer from forgotten
            """);
        forget.Parameters.AddWithValue(clock.GetUtcNow().AddYears(-YearsAfterClosing));
        return (int)(await forget.ExecuteScalarAsync(ct))!;
    }
}
