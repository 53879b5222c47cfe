namespace TrainingHub.Bookings.Pages;

/// <summary>One answer on the check page, and where it is changed.</summary>
internal sealed record CheckRow(string Key, string? Value, string ChangeAt);
