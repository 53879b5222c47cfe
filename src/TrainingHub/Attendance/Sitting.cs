using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>What a register is taken of: a date, or one of its meetings when it has several.</summary>
/// <param name="RunId"></param>
/// <param name="Meeting">From 1; null where the date is one meeting.</param>
internal readonly record struct Sitting(Guid RunId, short? Meeting = null)
{
    /// <summary>Today's meeting of a date, or the last one before today; before the first, that one.</summary>
    public static Sitting At(DateLine date, DateTimeOffset now) =>
        new(date.Id, date.Meetings is null ? null : (short)Math.Max(1, date.EachMeeting.Count(one => one.On <= London.DateOf(now))));

    /// <param name="db"></param>
    /// <param name="now"></param>
    /// <param name="ct"></param>
    /// <returns>Why it cannot be marked, or null; and how many meetings the date has.</returns>
    public async Task<(RegisterRefusal? WhyNot, int Meetings)> CheckAsync(TrainingHubDb db, DateTimeOffset now, CancellationToken ct)
    {
        var id = RunId;
        var run = await db.CourseRuns.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct);
        if (run is null || (run.Meetings is null ? Meeting is not null : Meeting is not { } number || number < 1 || number > run.EachMeeting.Count))
        {
            return (RegisterRefusal.NotOnRegister, 0);
        }

        return (Register.WhyNotMark(run.State, run.EachMeeting[(Meeting ?? 1) - 1].On, now), run.EachMeeting.Count);
    }
}
