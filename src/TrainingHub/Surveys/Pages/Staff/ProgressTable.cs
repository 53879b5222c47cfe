namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>A table of invitations by month or by course, with its total.</summary>
internal sealed record ProgressTable(
    string Caption, string First, List<(string Name, SurveyProgress Progress)> Lines, SurveyProgress Total);
