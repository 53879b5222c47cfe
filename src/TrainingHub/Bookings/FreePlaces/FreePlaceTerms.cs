using Npgsql;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>An application that comes with a booking is under the policy in force, and decided by the day that it says.</summary>
internal static class FreePlaceTerms
{
    /// <summary>One reading, and only for an application. Without a policy nothing is promised.</summary>
    public static async Task<BookPlaceRequest> StampAsync(NpgsqlConnection connection, BookPlaceRequest request, DateTimeOffset now, CancellationToken ct)
    {
        if (request.FreePlace is not { PolicyId: null } asked)
        {
            return request;
        }

        var today = London.DateOf(now);
        await using var command = new NpgsqlCommand(
            """
            select id, decide_within_days
            from free_place_policies
            where state = 'Published' and year_starts_on <= $1
            order by year_starts_on desc
            limit 1
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<DateOnly> { TypedValue = today } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? request with { FreePlace = asked with { PolicyId = reader.GetGuid(0), DecideOn = FreePlacePolicy.DecideBy(today, reader.GetInt32(1)) } }
            : request;
    }
}
