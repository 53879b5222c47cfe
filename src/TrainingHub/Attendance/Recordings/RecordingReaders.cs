using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Attendance;

/// <summary>Who is shown the links of an event.</summary>
/// <param name="RunId">The date.</param>
/// <param name="WishId">Of somebody who asked for it; null for somebody who came.</param>
internal sealed record RecordingReader(Guid RunId, Guid? WishId);

/// <summary>
/// The private links to recordings: one for a place whose delegate came, one for a wish. They open while the person is known and came, or the
/// wish is there; what they open ends with the release.
/// </summary>
internal static class RecordingReaders
{
    public const string CamePurpose = "recording-came";

    /// <returns>Null when the link is unknown, or its person is forgotten, did not come or asked for nothing.</returns>
    public static async Task<RecordingReader?> FindAsync(NpgsqlDataSource database, TrainingHubDb db, string token, DateTimeOffset now, CancellationToken ct)
    {
        if (await SecretLink.FindAsync(database, CamePurpose, token, now, ct) is { } place)
        {
            return await db.RegisterPlaces.AsNoTracking().Where(line => line.PlaceId == place && line.Attended == true && line.PersonId != null)
                .Select(line => new RecordingReader(line.RunId, null)).SingleOrDefaultAsync(ct);
        }

        return await SecretLink.FindAsync(database, DateWish.RecordingPurpose, token, now, ct) is { } wish
            ? await db.DateWishes.AsNoTracking().Where(one => one.Id == wish && one.RunId != null && one.EndsAt > now)
                .Select(one => new RecordingReader(one.RunId ?? Guid.Empty, one.Id)).SingleOrDefaultAsync(ct)
            : null;
    }
}
