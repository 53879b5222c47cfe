using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>
/// Rows of the schema before orders of several dates (migrations 0018 to 0021): what was recorded a booking at a time is divided over
/// its places to the penny, and every invariant holds afterwards.
/// </summary>
public sealed class OlderRowsTests(TestDatabase databases) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private NpgsqlDataSource database = null!;
    private int places;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = NpgsqlDataSource.Create(TablesOwner.Of(await databases.CreateEmptyAsync()));
        await Migrator.ApplyBeforeAsync(database, "0018", Ct);
        await DoAsync(
            """
            insert into questions (key, position, kind, wording) values ('confidence', 1, 'Scale', 'How confident?');
            insert into scale_options (id, question_key, position, label) values (gen_random_uuid(), 'confidence', 1, 'Not'), (gen_random_uuid(), 'confidence', 2, 'Very');
            insert into areas (id, name, long_name, sort_order) values (gen_random_uuid(), 'BCP', 'BCP', 1);
            insert into sectors (id, name, sort_order) values (gen_random_uuid(), 'Education', 1);
            insert into courses (id, slug, title, summary, audience, is_new, search_words) values (gen_random_uuid(), 'c', 'C', '', '', false, '');
            insert into course_runs (id, reference, course_id, starts_at, ends_at, runs_on, slot, capacity, places_taken, delivery, state, change_number)
            select gen_random_uuid(), 'R1', id, '2026-12-01T09:30Z', '2026-12-01T12:30Z', '2026-12-01', 'Weekday', 100, 0, 'Online', 'Scheduled', 0
            from courses;
            insert into course_runs (id, reference, course_id, starts_at, ends_at, runs_on, slot, capacity, places_taken, delivery, state, change_number)
            select gen_random_uuid(), 'R2', id, '2026-07-05T08:30Z', '2026-07-05T11:30Z', '2026-07-05', 'Saturday', 100, 0, 'Online', 'Scheduled', 0
            from courses
            """);
    }

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Migration_MoneyOfBookings_BelongsToTheirPlacesToThePenny()
    {
        await BookAsync("PAIDHALF", "Card", "Confirmed");
        await PayAsync("PAIDHALF", 5500);
        await BookAsync("ONEWENTX", "Card", "Confirmed", "Confirmed", "Cancelled", "Confirmed");
        await PayAsync("ONEWENTX", 16500);
        await RefundAsync("ONEWENTX", 5500, "Succeeded", "Refund");
        await BookAsync("PARTBACK", "Card", "Cancelled", "Cancelled", "Cancelled");
        await PayAsync("PARTBACK", 11000);
        await RefundAsync("PARTBACK", 7000, "Succeeded", "Refund");
        await RefundAsync("PARTBACK", 4000, "Due");
        await BookAsync("KEPTPART", "Card", "Cancelled", "Cancelled", "Cancelled");
        await PayAsync("KEPTPART", 11000, keptPence: 11000);
        await BookAsync("SENTBACK", "Card", "Cancelled", "Cancelled");
        await PayAsync("SENTBACK", 5500, keptPence: 5500);
        await RefundAsync("SENTBACK", 5500, "Failed", "Refund", "RefundReturned");
        await BookAsync("TOOMUCHX", "Card", "Confirmed", "Confirmed", "Confirmed");
        await PayAsync("TOOMUCHX", 11001, keptPence: 1);
        await BookAsync("BYINVOIC", "Invoice", "Confirmed", "Confirmed", "Cancelled");
        await DoAsync(
            """
            insert into invoices (id, booking_id, number, amount_pence, issued_on, due_on, email, created_at)
            select gen_random_uuid(), id, 1, 11000, '2026-10-20', '2026-11-20', 'finance@x.example', created_at
            from bookings where reference = 'BYINVOIC';
            update invoice_numbers set next_number = 2
            """);
        await BookAsync("HELDCARD", "Card", "Held");
        await BookAsync("DOLLARSX", "Card", "Cancelled", "Cancelled");
        await PayAsync("DOLLARSX", 7000, currency: "usd");
        await RefundAsync("DOLLARSX", 7000, "Succeeded");
        var before = await ReadAsync("select booking_id, kind, sum(amount_pence) from ledger_entries group by 1, 2 order by 1, 2");

        await Migrator.ApplyAsync(database, Ct);

        Assert.Equal(
            [
                "BYINVOIC 1: owes 5500 of 5500", "BYINVOIC 2: owes 0 of 5500",
                "DOLLARSX 1: owes 0 of 5500",
                "HELDCARD 1: owes 5500 of 5500",
                "KEPTPART 1: owes 0 of 5500, paid 5500, kept 5500", "KEPTPART 2: owes 0 of 5500, paid 5500, kept 5500",
                "ONEWENTX 1: owes 5500 of 5500, paid 5500", "ONEWENTX 2: owes 0 of 5500, paid 5500, refunded 5500", "ONEWENTX 3: owes 5500 of 5500, paid 5500",
                "PAIDHALF 1: owes 5500 of 5500, paid 5500",
                "PARTBACK 1: owes 0 of 5500, paid 5500, refunded 5500, leaving 4000", "PARTBACK 2: owes 0 of 5500, paid 5500, refunded 1500",
                "SENTBACK 1: owes 0 of 5500, paid 5500, kept 5500",
                "TOOMUCHX 1: owes 5500 of 5500, paid 5501, kept 1", "TOOMUCHX 2: owes 5500 of 5500, paid 5500",
            ],
            await MoneyAsync());
        Assert.Equal(before, await ReadAsync("select booking_id, kind, sum(amount_pence) from ledger_entries where kind not in ('Charge', 'ChargeReversed') group by 1, 2 order by 1, 2"));
        Assert.Equal(["Half-day fee"], await ReadAsync("select distinct price_rule from places"));
        Assert.DoesNotContain(await Audit.RunAsync(database, Now, Ct), line => line.IsWrong);
    }

    [Fact]
    public async Task Migration_SundayAndUndeliveredInvitation_AreWhatTheyWere()
    {
        await BookAsync("SUNDAYXX", "Free", "Confirmed", "Confirmed", "Confirmed", "Confirmed");
        await DoAsync(
            """
            update places set run_id = (select id from course_runs where reference = 'R2');
            update course_runs set places_taken = case reference when 'R2' then 3 else 0 end;
            insert into attendance_marks (place_id, mark, marked_at) select id, 'Attended', '2026-07-05T12:00Z' from places;
            insert into outgoing_emails (id, kind, to_address, subject, state, created_at, due_at, attempt_count)
            select id, 'survey-invitation', 'x@x.example', 'x', case number when 1 then 'Sent' when 2 then 'Bounced' else 'Failed' end, '2026-10-05T08:00Z', '2026-10-05T08:00Z', 1
            from (select id, row_number() over (order by id) as number from places) numbered;
            insert into survey_invitations (id, place_id, due_on, due_at, state, sent_at, email_id, reminders_sent, closes_at, created_at)
            select gen_random_uuid(), id, '2026-10-05', '2026-10-05T08:00Z', case number when 3 then 'Sent' else 'Closed' end, '2026-10-05T08:00Z', id, 0, '2026-11-16T08:00Z', '2026-07-05T13:00Z'
            from (select id, row_number() over (order by id) as number from places) numbered
            """);

        await Migrator.ApplyAsync(database, Ct);

        Assert.Equal(["R1 Weekday", "R2 Sunday"], await ReadAsync("select reference || ' ' || slot from course_runs order by 1"));
        Assert.Equal(["False", "True", "False"], await ReadAsync("select is_undelivered from survey_invitations order by place_id"));
        Assert.Equal(["False", "True", "True"], await ReadAsync("select is_undelivered from sent_surveys order by place_id"));
        Assert.DoesNotContain(await Audit.RunAsync(database, Now, Ct), line => line.IsWrong);
    }

    /// <summary>A booking with a place of £55 in each of these states.</summary>
    private async Task BookAsync(string reference, string method, string state, params string[] states)
    {
        await DoAsync(
            """
            insert into bookings (id, reference, origin, sector_id, area_id, payment_method, price_rule, state, held_until, created_at, confirmed_at, cancelled_at)
            select gen_random_uuid(), $1, 'Online', (select id from sectors), (select id from areas), $2, 'Half-day fee', $3,
                case $3 when 'Held' then $4 + interval '10 minutes' end, $4 - interval '2 days', $4 - interval '2 days',
                case $3 when 'Cancelled' then $4 - interval '1 day' end
            """,
            reference, method, state, Now);
        foreach (var place in states is [] ? [state] : states)
        {
            await DoAsync(
                """
                insert into places (id, booking_id, run_id, delegate_name, price_pence, state, created_at, ended_at)
                select $1, booking.id, run.id, 'Ann Ames', 5500, $3, booking.created_at, case $3 when 'Cancelled' then booking.created_at + interval '1 day' end
                from bookings booking
                join course_runs run on run.reference = 'R1'
                where booking.reference = $2
                """,
                new Guid(++places, 0, 0, new byte[8]), reference, place);
        }

        await DoAsync("update course_runs set places_taken = (select count(*) from places where run_id = course_runs.id and state in ('Held', 'Confirmed'))");
    }

    private Task PayAsync(string reference, int pence, int keptPence = 0, string currency = "gbp") => DoAsync(
        """
        insert into payments (id, booking_id, provider, attempt, amount_pence, state, received_amount, received_currency, created_at, paid_at, kept_pence)
        select gen_random_uuid(), id, 'Stripe', 1, $2, 'Paid', $2, $4, created_at, created_at, $3
        from bookings
        where reference = $1
        """,
        [reference, pence, keptPence, currency],
        """
        insert into ledger_entries (id, booking_id, kind, amount_pence, payment_id, at)
        select gen_random_uuid(), booking_id, 'Payment', received_amount, id, paid_at
        from payments
        where received_currency = 'gbp' and id not in (select payment_id from ledger_entries where payment_id is not null)
        """);

    private Task RefundAsync(string reference, int pence, string state, params string[] entries) => DoAsync(
        """
        insert into refunds (id, payment_id, amount_pence, reason, state, created_at)
        select gen_random_uuid(), payment.id, $2, 'BookingCancelled', $3, $4 - interval '1 hour'
        from payments payment
        join bookings booking on booking.id = payment.booking_id
        where booking.reference = $1
        """,
        [reference, pence, state, Now],
        $"""
        insert into ledger_entries (id, booking_id, kind, amount_pence, refund_id, at)
        select gen_random_uuid(), payment.booking_id, kind, refund.amount_pence, refund.id, refund.created_at
        from refunds refund
        join payments payment on payment.id = refund.payment_id
        cross join unnest(array[{string.Join(", ", entries.Select(kind => $"'{kind}'"))}]::text[]) as kind
        where refund.id not in (select refund_id from ledger_entries where refund_id is not null)
        """);

    /// <summary>Each place by the number that it has in its booking; sums of nothing are left out.</summary>
    private Task<List<string>> MoneyAsync() => ReadAsync(
        """
        select concat(
            booking.reference, ' ', row_number() over (partition by booking.id order by place.id), ': owes ', money.owed_pence, ' of ', place.price_pence,
            ', paid ' || nullif(money.paid_pence, 0), ', refunded ' || nullif(money.refunded_pence, 0), ', leaving ' || nullif(money.leaving_pence, 0),
            ', kept ' || nullif(money.kept_pence, 0))
        from place_money money
        join places place on place.id = money.place_id
        join bookings booking on booking.id = place.booking_id
        order by booking.reference, place.id
        """);

    private async Task DoAsync(string sql, object[] values, string then)
    {
        await DoAsync(sql, values);
        await DoAsync(then);
    }

    private async Task DoAsync(string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<List<string>> ReadAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column))));
        }

        return rows;
    }
}
