using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;

namespace TrainingHub.Bookings;

/// <summary>A date as somebody who books it sees it: what, when, where, how many places are left and what one costs.</summary>
internal sealed record BookableRun
{
    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }
    public required string Course { get; init; }
    public required string CourseSlug { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required DateOnly RunsOn { get; init; }
    public required DeliveryMode Delivery { get; init; }
    public required string? Venue { get; init; }
    public required string? Address { get; init; }
    public required int Capacity { get; init; }
    public required int PlacesTaken { get; init; }
    public required RunState State { get; init; }
    public required int ChangeNumber { get; init; }

    /// <summary>Null when nothing says what it costs: such a date is not booked online.</summary>
    public required Price? Price { get; init; }

    public int PlacesLeft => Capacity - PlacesTaken;

    public string When => $"{London.LongWords(RunsOn)}, {London.Times(StartsAt, EndsAt)}";

    public string Where => (Delivery, Venue) switch
    {
        (DeliveryMode.Online, _) => "Online. We send the joining link before the date.",
        (DeliveryMode.InPerson, null) => "In person. We will tell you the venue.",
        (DeliveryMode.InPerson, _) => string.IsNullOrEmpty(Address) ? Venue : $"{Venue}, {Address}",
        _ => throw new InvalidOperationException($"Delivery {Delivery} has no words."),
    };

    public CourseDate Date => new(Course, When, Where);

    public bool IsOpenAt(DateTimeOffset now) => State == RunState.Scheduled && now < StartsAt && Price is not null;

    public static BookableRun Of(DateLine date, ListedCourse course) => new()
    {
        Id = date.Id,
        CourseId = course.Id,
        Course = course.Title,
        CourseSlug = course.Slug,
        StartsAt = date.StartsAt,
        EndsAt = date.EndsAt,
        RunsOn = date.RunsOn,
        Delivery = date.Delivery,
        Venue = date.Venue,
        Address = date.Address,
        Capacity = date.Capacity,
        PlacesTaken = date.PlacesTaken,
        State = date.State,
        ChangeNumber = date.ChangeNumber,
        Price = date.Price,
    };

    /// <returns>The date, or null when there is none with this id.</returns>
    public static async Task<BookableRun?> FindAsync(NpgsqlConnection connection, Guid runId, CancellationToken ct) =>
        (await FindAsync(connection, [runId], ct)).GetValueOrDefault(runId);

    /// <returns>Those of the dates that there are, by their ids.</returns>
    public static async Task<Dictionary<Guid, BookableRun>> FindAsync(NpgsqlConnection connection, Guid[] runIds, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(BookingSql.BookableRun, connection) { Parameters = { new("run_ids", runIds) } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new Dictionary<Guid, BookableRun>(runIds.Length);
        while (await reader.ReadAsync(ct))
        {
            var run = Read(reader);
            found.Add(run.Id, run);
        }

        return found;
    }

    private static BookableRun Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        CourseId = row.GetGuid(1),
        Course = row.GetString(2),
        CourseSlug = row.GetString(3),
        StartsAt = row.GetFieldValue<DateTimeOffset>(4),
        EndsAt = row.GetFieldValue<DateTimeOffset>(5),
        RunsOn = row.GetFieldValue<DateOnly>(6),
        Delivery = Enum.Parse<DeliveryMode>(row.GetString(7)),
        Venue = row.IsDBNull(8) ? null : row.GetString(8),
        Address = row.IsDBNull(9) ? null : row.GetString(9),
        Capacity = row.GetInt32(10),
        PlacesTaken = row.GetInt32(11),
        State = Enum.Parse<RunState>(row.GetString(12)),
        ChangeNumber = row.GetInt32(13),
        Price = row.IsDBNull(14) ? null : PriceOf(row),
    };

    private static Price PriceOf(NpgsqlDataReader row) => RunPrice.Words(
        row.GetInt32(14),
        Enum.Parse<PriceSource>(row.GetString(15)),
        row.IsDBNull(16) ? null : Enum.Parse<CourseLength>(row.GetString(16)),
        row.IsDBNull(17) ? null : row.GetFieldValue<DateOnly>(17));
}
