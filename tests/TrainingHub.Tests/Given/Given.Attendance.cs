using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    public Task MarkAsync(Guid place, DateTimeOffset at, Mark mark = Mark.Attended) => AddAsync(NewMark(place, at, mark));

    /// <summary>A certificate of a place that is marked, as it is issued at this instant; no email.</summary>
    public async Task<Certificate> CertificateAsync(Guid place, DateTimeOffset at)
    {
        await using var db = Db();
        var earned = await db.EarnedCertificates.AsNoTracking().SingleAsync(one => one.PlaceId == place, ct);
        var certificate = Certificate.Of(earned, "Exampleshire Safeguarding Partnership", at);
        await AddAsync(certificate);
        return certificate;
    }

    public static AttendanceMark NewMark(Guid place, DateTimeOffset at, Mark mark = Mark.Attended) =>
        new() { PlaceId = place, Mark = mark, MarkedAt = at };
}
