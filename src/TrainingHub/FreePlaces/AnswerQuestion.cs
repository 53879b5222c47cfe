using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.FreePlaces;

internal enum AnswerResult
{
    Taken,

    /// <summary>It is decided, withdrawn or lapsed.</summary>
    NotPending,

    /// <summary>There would be more files than an application may have.</summary>
    TooManyFiles,
}

/// <summary>
/// Takes what an applicant adds before the decision: the answer to what staff asked, and further files. After an answer the days to decide
/// begin anew. Files alone answer no question that was not asked, and change no day.
/// </summary>
internal sealed class AnswerQuestion(TrainingHubDb db, TimeProvider clock)
{
    /// <param name="applicationId"></param>
    /// <param name="answer">Null when only files are added.</param>
    /// <param name="files"></param>
    /// <param name="ct"></param>
    public async Task<AnswerResult> RunAsync(Guid applicationId, string? answer, IReadOnlyList<CheckedFile> files, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select from free_place_applications where id = {applicationId} for no key update", ct);
        if (await db.FreePlaceApplications.SingleOrDefaultAsync(one => one.Id == applicationId, ct) is not { State: FreePlaceState.Pending } application)
        {
            return AnswerResult.NotPending;
        }

        if (await db.FreePlaceEvidence.CountAsync(one => one.ApplicationId == applicationId, ct) + files.Count > FreePlaceEvidence.MostFiles)
        {
            return AnswerResult.TooManyFiles;
        }

        db.AddRange(files.Select(file => FreePlaceEvidence.Of(file, applicationId, now)));
        if (application.IsAsked)
        {
            var policy = await db.FreePlacePolicies.AsNoTracking().FirstOrDefaultAsync(one => one.Id == application.PolicyId, ct);
            application.Reply(answer, policy?.DecideBy(London.DateOf(now)), now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return AnswerResult.Taken;
    }
}
