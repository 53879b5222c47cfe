using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

/// <summary>
/// Destroys what leads from an answer to its invitation, 30 days after the survey closed, and to the delegate of a file, 90 days
/// after the import. What came from nobody loses its date as if it had had a link. Answers go together with others whose surveys have closed, in the
/// groups of <see cref="AnswerGroups"/>, after what came out of their date is kept (<see cref="DateEvaluation"/>), are written anew and lose their comments, so that neither the rows as they lie on the
/// disk nor what they say lead back. One transaction: what dies half-way is done by the next run.
/// </summary>
internal sealed class UnlinkAnswers(TrainingHubDb db, TimeProvider clock) : IJob
{
    private static readonly string Sql = SqlFile.Read("TrainingHub.Surveys.Sql.UnlinkAnswers.sql");

    public static TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // While the answers still say which date they are about.
        await DateEvaluation.AddAsync(db, now, ct);
        await db.SaveChangesAsync(ct);
        var answers = await ReadAsync(now, ct);
        if (!answers.Exists(answer => answer.IsDue))
        {
            await transaction.CommitAsync(ct);
            return 0;
        }

        var groups = AnswerGroups.Of(answers);
        await WriteAsync(groups, now, ct);
        await transaction.CommitAsync(ct);
        return groups.Sum(group => group.Answers.Count);
    }

    /// <summary>How many answers are due at that moment. A run takes others of closed surveys with them.</summary>
    public async Task<int> CountAsync(DateTimeOffset now, CancellationToken ct) =>
        (await db.Database.SqlQuery<LinkedAnswer>(Linked(now, "")).ToListAsync(ct)).Count(answer => answer.IsDue);

    private Task<List<LinkedAnswer>> ReadAsync(DateTimeOffset now, CancellationToken ct) =>
        db.Database.SqlQuery<LinkedAnswer>(Linked(now, "for update of response")).ToListAsync(ct);

    /// <summary>All whose survey has closed or that a file no longer knows. Those without a link of either kind are due.</summary>
    private static FormattableString Linked(DateTimeOffset now, string locking)
    {
        var closedBy = now.AddDays(-SurveyTimes.UnlinkDays);
        var (roomDue, roomOver) = (SurveyTimes.RoomOpenSince(closedBy), SurveyTimes.RoomOpenSince(now));
        return FormattableStringFactory.Create(
            """
            select
                response.id as "Id",
                coalesce(response.area_id, {0}) as "AreaId",
                response.course_id as "CourseId",
                coalesce(response.sector_id, {0}) as "SectorId",
                response.version_id as "VersionId",
                response.submitted_on as "SubmittedOn",
                coalesce(link.is_due, imported.known_until <= {1}, response.origin <> 'Room' or response.submitted_on <= {2}) as "IsDue"
            from survey_responses response
            left join linked_answers({1}, {3}) link on link.response_id = response.id
            left join imported_answers imported on imported.response_id = response.id
            where response.submitted_within = 'Day'
              and response.origin in ('Survey', 'Import', 'Room')
              and coalesce(link.is_closed, imported.known_until <= {1}, response.origin <> 'Room' or response.submitted_on <= {4})
              and not exists (select from held_comments held where held.response_id = response.id)

            """ + locking,
            Guid.Empty, now, roomDue, closedBy, roomOver);
    }

    private async Task WriteAsync(List<AnswerGroup> groups, DateTimeOffset now, CancellationToken ct)
    {
        var rows = groups.SelectMany(group => group.Answers.Select(answer => (group, answer.Id))).ToList();
        // Only the role that owns the links can destroy them, and a held one it keeps: the key then stops all of this.
        await db.Database.ExecuteSqlAsync($"select unlink_answers({rows.ConvertAll(row => row.Id)}, {now})", ct);
        await db.Database.ExecuteSqlRawAsync(
            Sql,
            [
                Array("ids", NpgsqlDbType.Uuid, rows.ConvertAll(row => row.Id)),
                Array("area_ids", NpgsqlDbType.Uuid, rows.ConvertAll(row => Known(row.group.AreaId))),
                Array("course_ids", NpgsqlDbType.Uuid, rows.ConvertAll(row => row.group.CourseId)),
                Array("sector_ids", NpgsqlDbType.Uuid, rows.ConvertAll(row => Known(row.group.SectorId))),
                Array("submitted_on", NpgsqlDbType.Date, rows.ConvertAll(row => row.group.SubmittedOn)),
                Array("submitted_within", NpgsqlDbType.Text, rows.ConvertAll(row => row.group.SubmittedWithin.ToString())),
                new NpgsqlParameter<DateTimeOffset>("now", now),
                new NpgsqlParameter<TimeSpan>("known_for", TimeSpan.FromDays(SurveyTimes.ImportKnownDays)),
            ],
            ct);

        // Who stayed unnamed has none.
        static Guid? Known(Guid? id) => id == Guid.Empty ? null : id;

        static NpgsqlParameter Array<T>(string name, NpgsqlDbType type, List<T> values) => new(name, NpgsqlDbType.Array | type) { Value = values };
    }
}
