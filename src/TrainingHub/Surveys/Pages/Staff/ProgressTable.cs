namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>A table of invitations by month or by course, with its total.</summary>
/// <param name="Caption"></param>
/// <param name="First">The heading of the names.</param>
/// <param name="Lines"></param>
/// <param name="Total"></param>
/// <param name="IsSorted">By its headings, as the address says.</param>
internal sealed record ProgressTable(
    string Caption, string First, List<(string Name, SurveyProgress Progress)> Lines, SurveyProgress Total, bool IsSorted = false);
