using Npgsql;

namespace TrainingHub.Catalogue;

/// <summary>The same as <see cref="CancellationPolicy.OfAsync"/> without EF Core, for what is read together with something else.</summary>
internal static class ReadPolicy
{
    public static NpgsqlBatchCommand Of(DateOnly day) => new("select * from cancellation_policies where id = cancellation_policy_on(@day)")
    {
        Parameters = { new("day", day) },
    };

    /// <returns>Null before the first version.</returns>
    public static async Task<CancellationPolicy?> FromAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }

        T Value<T>(string column) => reader.GetFieldValue<T>(reader.GetOrdinal(column));
        return new()
        {
            Id = Value<Guid>("id"),
            StartsOn = Value<DateOnly>("starts_on"),
            TierWorkingDays = Value<int[]>("tier_working_days"),
            TierPercents = Value<int[]>("tier_percents"),
            FreeLatePence = Value<int>("free_late_pence"),
            AbsentHalfDayPence = Value<int>("absent_half_day_pence"),
            AbsentFullDayPence = Value<int>("absent_full_day_pence"),
            MoveWorkingDays = Value<int>("move_working_days"),
            MostMoves = Value<int>("most_moves"),
            LateMinutes = Value<int>("late_minutes"),
            WaiverReasons = Value<string[]>("waiver_reasons"),
            Reason = Value<string>("reason"),
            AddedAt = Value<DateTimeOffset>("added_at"),
        };
    }
}
