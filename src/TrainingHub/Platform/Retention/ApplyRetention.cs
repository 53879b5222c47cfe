using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Platform.Web;

namespace TrainingHub.Platform;

/// <summary>What a rule would take.</summary>
/// <param name="Now">Rows that its next run takes; null where nobody can say.</param>
/// <param name="Soon">Rows that it takes besides within <see cref="ApplyRetention.SoonDays"/> days, if nothing else changes.</param>
internal sealed record RetentionCount(RetentionRule Rule, int? Now, int? Soon);

/// <summary>
/// Does what <see cref="RetentionRule"/>s say: removes what is over for a job, in one transaction and in the order of the rules, or only
/// counts it, by the same conditions.
/// </summary>
internal sealed class ApplyRetention(IEnumerable<RetentionRule> rules, NpgsqlDataSource database, TimeProvider clock, SessionClock sessions, IOptions<SiteOptions> site, IServiceScopeFactory scopes)
{
    public const int SoonDays = 30;

    /// <returns>How many rows the rules of this job took.</returns>
    public async Task<int> RunAsync(string job, CancellationToken ct) => (await RemoveAsync(job, ct)).Sum(rule => rule.Rows);

    /// <summary>The same, rule by rule.</summary>
    public async Task<IReadOnlyList<(RetentionRule Rule, int Rows)>> RemoveAsync(string job, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        var own = new List<(RetentionRule Rule, NpgsqlBatchCommand Command)>();
        foreach (var rule in rules.Where(rule => rule.Job == job && rule.Rows is not null))
        {
            foreach (var statement in rule.Rows!.FirstStatements)
            {
                batch.BatchCommands.Add(Command(rule, statement));
            }

            own.Add((rule, Command(rule, rule.Rows.Statement)));
            batch.BatchCommands.Add(own[^1].Command);
        }

        if (own.Count == 0)
        {
            throw new InvalidOperationException($"No rule names the job {job}.");
        }

        await batch.ExecuteNonQueryAsync(ct);
        return [.. own.Select(one => (one.Rule, (int)one.Command.RecordsAffected))];
    }

    /// <summary>What each rule would take; changes nothing.</summary>
    public Task<IReadOnlyList<RetentionCount>> CountAsync(CancellationToken ct) => CountAsync(rules, ct);

    /// <summary>The same of the rules of one job.</summary>
    public Task<IReadOnlyList<RetentionCount>> CountAsync(string job, CancellationToken ct) => CountAsync(rules.Where(rule => rule.Job == job), ct);

    private async Task<IReadOnlyList<RetentionCount>> CountAsync(IEnumerable<RetentionRule> counted, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var connection = await database.OpenConnectionAsync(ct);
        var counts = new List<RetentionCount>();
        foreach (var rule in counted)
        {
            var (now, later) = (await OneAsync(rule, NowOf(rule)), await OneAsync(rule, NowOf(rule).AddDays(SoonDays)));
            counts.Add(new(rule, now, later is null ? null : Math.Max(0, later.Value - now!.Value)));
        }

        return counts;

        async Task<int?> OneAsync(RetentionRule rule, DateTimeOffset at)
        {
            if (rule.Rows is not { } rows)
            {
                return rule.CountAsync is { } count ? await count(scope.ServiceProvider, at, ct) : null;
            }

            await using var command = new NpgsqlCommand(rows.CountStatement, connection);
            AddTo(command.Parameters, rule, at);
            return (int)(await command.ExecuteScalarAsync(ct))!;
        }
    }

    private DateTimeOffset NowOf(RetentionRule rule) => rule.ByRealTime ? sessions.GetUtcNow() : clock.GetUtcNow();

    private NpgsqlBatchCommand Command(RetentionRule rule, string statement)
    {
        var command = new NpgsqlBatchCommand(statement);
        AddTo(command.Parameters, rule, NowOf(rule));
        return command;
    }

    private void AddTo(NpgsqlParameterCollection parameters, RetentionRule rule, DateTimeOffset now)
    {
        parameters.Add(new NpgsqlParameter<DateTimeOffset>("now", now));
        parameters.Add(new NpgsqlParameter<DateOnly>("today", London.DateOf(now)));
        if (rule.PeriodOf(site.Value) is { } kept)
        {
            parameters.Add(new NpgsqlParameter<DateTimeOffset>("before", kept.Before(now)));
            parameters.Add(new NpgsqlParameter<DateOnly>("before_day", kept.BeforeDay(now)));
        }

        if (rule.Other is { } other)
        {
            parameters.Add(new NpgsqlParameter<DateOnly>("other_day", other.BeforeDay(now)));
        }
    }
}
