using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.People;

namespace TrainingHub.Attendance;

internal sealed record ImportWritten(IReadOnlyList<string> NewOrganisations);

/// <summary>
/// Writes a plan in the transaction that holds the dates' locks. Each room writes its own rows, all of them at once; only the marks
/// are written here. Places are cancelled before others are added, so that a seat given back in a file can be taken in it.
/// </summary>
internal sealed class ImportWriter(TrainingHubDb db, DateTimeOffset now)
{
    private sealed record Made(ImportedRow Row, ImportedPlace Place);

    public async Task<ImportWritten> WriteAsync(ImportPlan plan, CancellationToken ct)
    {
        var (places, payments) = (new ImportPlaces(db, now), new ImportPayments(db, now));
        await CancelAsync(plan.Cancel, places, payments, ct);
        var organisations = await AddOrganisations.RunAsync(
            db, plan.Add.Where(row => row.Organisation is not null).Select(row => (row.Organisation!, row.SectorId)), now, ct);
        var people = await AddPeople.RunAsync(db, plan.Add.Select(row => (row.Name, row.Email)), now, ct);
        List<Made> made = [.. plan.Add.Select(row => new Made(row, PlaceOf(row, organisations.Ids, people)))];
        await places.AddAsync([.. made.Select(one => one.Place)], ct);
        await MarkAsync(
        [
            .. made.Where(one => one.Row.Mark is not null).Select(one => (one.Place.PlaceId, one.Row.Mark!.Value)),
            .. plan.Remark.Select(change => (change.Place.Id, change.Mark)),
        ], ct);
        await payments.AddAsync(
        [
            .. made.Where(one => one.Row.PaidPence > 0)
                .Select(one => new ImportedPayment(one.Place.BookingId, one.Place.PlaceId, one.Row.PaidPence, one.Row.BookedAt, one.Row.IsCancelled)),
            .. plan.Pay.Select(change => new ImportedPayment(change.Place.BookingId, change.Place.Id, change.PaidPence, now, IsForNothing: false)),
        ], ct);
        return new(organisations.New);
    }

    private ImportedPlace PlaceOf(ImportedRow row, IReadOnlyDictionary<string, Guid> organisations, IReadOnlyDictionary<PersonKey, Guid> people) => new(
        Guid.CreateVersion7(now), Guid.CreateVersion7(now), row.Run.Id, people[row.Key], row.Name, row.Organisation,
        row.Organisation is { } name ? organisations[Organisation.KeyOf(name)] : null, row.SectorId, row.AreaId, row.Method, row.PricePence ?? 0,
        row.BookedAt, row.IsCancelled);

    private async Task CancelAsync(List<KnownPlace> cancel, ImportPlaces places, ImportPayments payments, CancellationToken ct)
    {
        Guid[] ids = [.. cancel.Select(place => place.Id)];
        // First the places: whoever is marking one is waited for, so that this mark goes too.
        var cancelled = await places.CancelAsync(ids, ct);
        await db.AttendanceMarks.Where(mark => ids.Contains(mark.PlaceId)).ExecuteDeleteAsync(ct);
        await db.MeetingMarks.Where(mark => ids.Contains(mark.PlaceId)).ExecuteDeleteAsync(ct);
        await payments.FlagCancelledAsync(cancelled, ct);
    }

    private Task<int> MarkAsync(List<(Guid Place, Mark Mark)> marks, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        insert into attendance_marks (place_id, mark, marked_at)
        select place_id, mark, {now}
        from unnest({marks.Select(mark => mark.Place).ToArray()}, {marks.Select(mark => mark.Mark.ToString()).ToArray()}) as given (place_id, mark)
        on conflict (place_id) do update
        set mark = excluded.mark, marked_at = excluded.marked_at, marked_by_id = null
        """,
        ct);
}
