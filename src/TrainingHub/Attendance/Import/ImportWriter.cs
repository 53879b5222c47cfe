using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Attendance;

internal sealed record ImportWritten(IReadOnlyList<string> NewOrganisations);

/// <summary>Writes a plan in the transaction that holds the dates' locks: a statement or a copy for each table, however many rows.</summary>
internal sealed class ImportWriter(TrainingHubDb db, DateTimeOffset now)
{
    private const string PriceRule = "Imported";

    private readonly NpgsqlConnection connection = (NpgsqlConnection)db.Database.GetDbConnection();

    private sealed record Made(ImportedRow Row, Guid BookingId, Guid PlaceId, string Reference);

    private sealed record Paid(Guid PaymentId, Guid BookingId, Guid PlaceId, int Pence, DateTimeOffset At);

    public async Task<ImportWritten> WriteAsync(ImportPlan plan, CancellationToken ct)
    {
        var organisations = await AddOrganisationsAsync(plan.Add, ct);
        var people = await AddPeopleAsync(plan.Add, ct);
        var references = await NewReferencesAsync(plan.Add.Count, ct);
        List<Made> made = [.. plan.Add.Zip(references, (row, reference) => new Made(row, NewId(), NewId(), reference))];
        await CopyBookingsAsync(made, organisations.Ids, ct);
        await CopyPlacesAsync(made, people, ct);
        await CancelAsync(plan.Cancel, ct);
        await MarkAsync(
        [
            .. made.Where(one => one.Row.Mark is not null).Select(one => (one.PlaceId, one.Row.Mark!.Value)),
            .. plan.Remark.Select(change => (change.Place.Id, change.Mark)),
        ], ct);
        await CopyMoneyAsync(
        [
            .. made.Where(one => one.Row.PaidPence > 0).Select(one => (new Paid(NewId(), one.BookingId, one.PlaceId, one.Row.PaidPence, one.Row.BookedAt), one.Row.IsCancelled)),
            .. plan.Pay.Select(change => (new Paid(NewId(), change.Place.BookingId, change.Place.Id, change.PaidPence, now), false)),
        ], ct);
        await CountPlacesAsync(plan, ct);
        return new(organisations.New);
    }

    private Guid NewId() => Guid.CreateVersion7(now);

    private async Task<(Dictionary<string, Guid> Ids, List<string> New)> AddOrganisationsAsync(List<ImportedRow> rows, CancellationToken ct)
    {
        var named = rows.Where(row => row.Organisation is not null)
            .DistinctBy(row => Organisation.KeyOf(row.Organisation!))
            .Select(row => new { Id = NewId(), Name = row.Organisation!, Key = Organisation.KeyOf(row.Organisation!), row.SectorId })
            .OrderBy(organisation => organisation.Key, StringComparer.Ordinal)
            .ToList();
        var added = await db.Database.SqlQuery<string>(
            $"""
            insert into organisations (id, name, name_key, sector_id)
            select id, name, name_key, sector_id
            from unnest({named.Select(one => one.Id).ToArray()}, {named.Select(one => one.Name).ToArray()},
                {named.Select(one => one.Key).ToArray()}, {named.Select(one => one.SectorId).ToArray()}) as given (id, name, name_key, sector_id)
            on conflict (name_key) do nothing
            returning name as "Value"
            """).ToListAsync(ct);
        var keys = named.Select(one => one.Key).ToList();
        var ids = await db.Organisations.Where(known => keys.Contains(known.NameKey)).ToDictionaryAsync(known => known.NameKey, known => known.Id, ct);
        return (ids, added);
    }

    private async Task<Dictionary<string, Guid>> AddPeopleAsync(List<ImportedRow> rows, CancellationToken ct)
    {
        var named = rows.DistinctBy(row => row.EmailKey).OrderBy(row => row.EmailKey, StringComparer.Ordinal).ToList();
        string[] keys = [.. named.Select(row => row.EmailKey)];
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into people (id, email, email_key, name, created_at)
            select id, email, email_key, name, {now}
            from unnest({named.Select(_ => NewId()).ToArray()}, {named.Select(row => row.Email).ToArray()}, {keys},
                {named.Select(row => row.Name).ToArray()}) as given (id, email, email_key, name)
            on conflict (email_key) do nothing
            """,
            ct);
        return await db.People.Where(person => keys.Contains(person.EmailKey)).ToDictionaryAsync(person => person.EmailKey, person => person.Id, ct);
    }

    private async Task<List<string>> NewReferencesAsync(int count, CancellationToken ct)
    {
        var references = new HashSet<string>(count);
        while (references.Count < count)
        {
            references.Add(Reference.New());
            if (references.Count == count)
            {
                var drawn = references.ToList();
                references.ExceptWith(await db.Bookings.Where(booking => drawn.Contains(booking.Reference)).Select(booking => booking.Reference).ToListAsync(ct));
            }
        }

        return [.. references];
    }

    private Task CopyBookingsAsync(List<Made> made, Dictionary<string, Guid> organisations, CancellationToken ct) => connection.CopyInAsync(
        """
        copy bookings (id, reference, origin, organisation_name, organisation_id, sector_id, area_id, payment_method, state, created_at, confirmed_at, cancelled_at)
        from stdin (format binary)
        """,
        made,
        one =>
        [
            one.BookingId, one.Reference, nameof(BookingOrigin.Import), one.Row.Organisation,
            one.Row.Organisation is { } name ? organisations[Organisation.KeyOf(name)] : null, one.Row.SectorId, one.Row.AreaId,
            one.Row.Method.ToString(), (one.Row.IsCancelled ? BookingState.Cancelled : BookingState.Confirmed).ToString(),
            one.Row.BookedAt, one.Row.IsCancelled ? null : one.Row.BookedAt, one.Row.IsCancelled ? now : null,
        ],
        ct);

    private Task CopyPlacesAsync(List<Made> made, Dictionary<string, Guid> people, CancellationToken ct) => connection.CopyInAsync(
        "copy places (id, booking_id, run_id, person_id, delegate_name, price_pence, price_rule, state, created_at, ended_at) from stdin (format binary)",
        made,
        one =>
        [
            one.PlaceId, one.BookingId, one.Row.Run.Id, people[one.Row.EmailKey], one.Row.Name, one.Row.PricePence ?? 0, PriceRule,
            (one.Row.IsCancelled ? PlaceState.Cancelled : PlaceState.Confirmed).ToString(), one.Row.BookedAt, one.Row.IsCancelled ? now : null,
        ],
        ct);

    private async Task CancelAsync(List<KnownPlace> cancel, CancellationToken ct)
    {
        Guid[] places = [.. cancel.Select(place => place.Id)];
        Guid[] bookings = [.. cancel.Select(place => place.BookingId).Distinct()];
        await db.Database.ExecuteSqlAsync($"update places set state = 'Cancelled', ended_at = {now} where id = any({places})", ct);
        await db.Database.ExecuteSqlAsync($"delete from attendance_marks where place_id = any({places})", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update bookings
            set state = 'Cancelled', cancelled_at = {now}
            where id = any({bookings})
            and not exists (select from places where booking_id = bookings.id and state in ('Held', 'Confirmed'))
            """,
            ct);
        // Money that was paid for them is the coordinator's to decide.
        await db.Database.ExecuteSqlAsync(
            $"""
            update payments
            set problem = 'PlacesCancelled'
            where state = 'Paid' and problem is null
            and booking_id in (select id from bookings where id = any({bookings}) and state = 'Cancelled')
            """,
            ct);
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

    private async Task CopyMoneyAsync(List<(Paid Paid, bool IsCancelled)> payments, CancellationToken ct)
    {
        await connection.CopyInAsync(
            """
            copy payments (id, booking_id, provider, attempt, amount_pence, state, problem, received_amount, received_currency, created_at, paid_at)
            from stdin (format binary)
            """,
            payments,
            one =>
            [
                one.Paid.PaymentId, one.Paid.BookingId, "Imported", 1, one.Paid.Pence, "Paid", one.IsCancelled ? "PlacesCancelled" : null,
                one.Paid.Pence, "gbp", one.Paid.At, one.Paid.At,
            ],
            ct);
        await connection.CopyInAsync(
            "copy ledger_entries (id, booking_id, place_id, kind, amount_pence, payment_id, at) from stdin (format binary)",
            payments,
            one => [NewId(), one.Paid.BookingId, one.Paid.PlaceId, "Payment", one.Paid.Pence, one.Paid.PaymentId, one.Paid.At],
            ct);
    }

    private Task<int> CountPlacesAsync(ImportPlan plan, CancellationToken ct)
    {
        var changes = plan.Add.Where(row => !row.IsCancelled).Select(row => (Run: row.Run.Id, By: 1))
            .Concat(plan.Cancel.Select(place => (Run: place.RunId, By: -1)))
            .GroupBy(change => change.Run)
            .Select(run => (Run: run.Key, By: run.Sum(change => change.By)))
            .ToList();
        return db.Database.ExecuteSqlAsync(
            $"""
            update course_runs
            set places_taken = places_taken + given.change
            from unnest({changes.Select(change => change.Run).ToArray()}, {changes.Select(change => change.By).ToArray()}) as given (run_id, change)
            where course_runs.id = given.run_id
            """,
            ct);
    }
}
