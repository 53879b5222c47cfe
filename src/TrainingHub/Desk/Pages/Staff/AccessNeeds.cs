namespace TrainingHub.Desk.Pages.Staff;

/// <summary>What one person needs to take part, and what they are called here; null when they have said nothing.</summary>
internal sealed record AccessNeeds(string? Words, string Of);
