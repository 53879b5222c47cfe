using Npgsql;
using TrainingHub.Platform.Files;

namespace TrainingHub.Reporting;

/// <summary>The reports by name, as the command line and the downloads call them.</summary>
internal static class Reports
{
    public const string Impact = "impact";
    public const string Moments = "moments";
    public const string Learning = "learning";
    public const string Providers = "providers";

    /// <summary>Those that count answers: they cover whole months, and a learning group may read them for its areas.</summary>
    public static readonly string[] OfAnswers = [Impact, Moments];

    public static readonly string[] Names = ["programme", "take-up", "income", Impact, Moments, Learning, Providers];

    /// <exception cref="ArgumentException">The name is none of <see cref="Names"/>.</exception>
    public static async Task<TextTable> ReadAsync(
        string name, TrainingHubDb db, NpgsqlDataSource database, ReportFilter filter, DateTimeOffset now, CancellationToken ct) => name switch
        {
            "programme" => (await ProgrammeReport.ReadAsync(database, filter, now, ct)).Table,
            "take-up" => (await TakeUpReport.ReadAsync(database, filter, now, ct)).Table,
            "income" => (await IncomeReport.ReadAsync(database, filter, ct)).Table,
            Impact => (await ImpactReport.ReadAsync(db, database, filter, ct)).Table,
            Moments => (await MomentReport.ReadAsync(db, database, filter, ct)).Table,
            Learning => (await LearningReport.ReadAsync(database, filter, now, ct)).Table,
            Providers => (await ProviderReport.ReadAsync(database, filter.Year is { } year ? [year] : [], now, ct)).Table,
            _ => throw new ArgumentException($"There is no report {name}.", nameof(name)),
        };
}
