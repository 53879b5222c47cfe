using TrainingHub.Platform.Data;

namespace TrainingHub.Bookings;

/// <summary>The statements of this room that are too long for the middle of C#.</summary>
internal static class BookingSql
{
    public static readonly string BookPlace = SqlFile.Read("TrainingHub.Bookings.Sql.BookPlace.sql");
    public static readonly string BookableRuns = SqlFile.Read("TrainingHub.Bookings.Sql.BookableRuns.sql");
}
