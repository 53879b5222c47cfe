namespace TrainingHub.Reporting;

/// <summary>Addresses of the staff reports.</summary>
internal static class ReportingUrls
{
    public const string Reports = "/staff/reports";
    public const string Audit = "/staff/audit";

    /// <param name="name">programme, take-up, income, impact, moments, learning or providers.</param>
    public static string Report(string name) => $"{Reports}/{name}";

    /// <param name="query">The filter as it is in the page's address, with its question mark, or empty.</param>
    public static string Csv(string name, string query) => $"{Reports}/{name}.csv{query}";

    /// <inheritdoc cref="Csv"/>
    public static string Workbook(string name, string query) => $"{Reports}/{name}.xlsx{query}";
}
