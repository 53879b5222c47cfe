using TrainingHub.Payments;
using TrainingHub.Surveys;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Email;

namespace TrainingHub.Tests.Reporting;

/// <summary>One way of spoiling the sound world, and the number of the invariant that it breaks.</summary>
internal sealed record AuditFault(string Number, string Words, Func<AuditWorld, Task> SpoilAsync);

internal static class AuditFaults
{
    // The database itself refuses such answers; what it would refuse is seen all the same.
    private const string Unchecked = "alter table survey_responses disable trigger user; ";

    public static readonly IReadOnlyList<AuditFault> All =
    [
        Sql("01", "alter table course_runs drop constraint ck_course_runs_places, drop constraint ck_course_runs_capacity; update course_runs set capacity = 0"),
        Sql("02", "update course_runs set places_taken = 0"),
        Sql("02", "update course_runs set held_back_taken = 1"),
        Sql("02", "update course_runs set places_waited_for = 1"),
        new("03", "the same person once more on the date", async world =>
        {
            await world.ExecuteAsync("drop index ux_places_live_person");
            await world.Given.PlacesAsync(world.Run, new GivenDelegate(world.Place.Person.Name));
        }),
        Sql("04", "update bookings set state = 'Cancelled'"),
        Sql("05", "update course_runs set slot = 'Saturday'"),
        Unguarded("06", "delete from ledger_entries"),
        new("07", "a refund that succeeded without a line in the ledger", world =>
            world.Given.RefundAsync(world.Payment, world.Place.Place, 100, world.Payment.CreatedAt, RefundState.Succeeded)),
        new("08", "a refund of more than was paid", world => world.Given.RefundAsync(world.Payment, world.Place.Place, 9999, world.Payment.CreatedAt)),
        Sql("09", "update places set state = 'Cancelled', ended_at = '2026-10-01T00:00Z'; update bookings set state = 'Cancelled'; update course_runs set places_taken = 0"),
        Unguarded("10", "update ledger_entries set amount_pence = 1"),
        Sql("11", "update invoice_numbers set next_number = 3"),
        Sql("12", "update bookings set payment_method = 'Invoice'"),
        Sql("13", "update bookings set state = 'Held', held_until = '2026-11-01T00:00Z'"),
        Sql("14", "delete from survey_invitations"),
        Sql("15", "update attendance_marks set mark = 'Absent'; update survey_invitations set state = 'Scheduled'"),
        new("16", "an answer to a survey that was missed", LinkAsync),
        Sql("17", "update survey_invitations set state = 'Sent', closes_at = '2026-10-01T00:00Z'"),
        Answered("18", Unchecked + "update survey_responses set option_ids = option_ids || (select option_id from version_options where question_key = 'confidence' and label = 'Confident')"),
        Answered("18", Unchecked + "update survey_responses set option_ids = array[gen_random_uuid()]"),
        new("19", "an email that is sent for hours", world => world.Given.EmailAsync("X", EmailState.Sending, world.Invitation.DueAt.AddMinutes(10))),
        new("20", "a free place of an application that nobody decided", async world =>
        {
            var application = await world.Given.ApplicationAsync("A");
            await world.ExecuteAsync($"update bookings set payment_method = 'FreePlace', free_place_application_id = '{application.Id}'");
        }),
        new("47", "a session that counts a place nobody has", async world =>
        {
            await world.Given.SlotAsync(world.Run.Id, new(10, 0), 5);
            await world.ExecuteAsync("update event_sessions set places_taken = 1");
        }),
        Sql("35", "update free_place_years set places_used = 1"),
        Sql("35", "update free_place_years set forgone_pence = 1"),
        new("21", "a refund that nobody has sent for a day", world => world.Given.RefundAsync(world.Payment, world.Place.Place, 100, TestClock.Start.AddHours(-25))),
        Sql("22", "update payments set problem = 'AmountDiffers'"),
        new("23", "an answer whose link outlives the survey's end", async world =>
        {
            await LinkAsync(world);
            await world.ExecuteAsync("update survey_invitations set state = 'Answered', closes_at = '2026-08-01T00:00Z'");
        }),
        new("23", "an imported answer whose key outlives its day", async world =>
            await world.Given.ImportedAnswerAsync(await world.AnswerAsync(), [1], TestClock.Start.AddHours(-25))),
        Answered("25", "update survey_responses set submitted_within = 'Year', run_id = null"),
        Unguarded("24", "delete from refund_shares", world => world.Given.RefundAsync(world.Payment, world.Place.Place, 100, world.Payment.CreatedAt)),
        Unguarded("24", "insert into ledger_entries (id, booking_id, place_id, kind, amount_pence, refund_id, at) select gen_random_uuid(), s.booking_id, s.place_id, 'Refund', 9000, r.id, r.created_at from refunds r join ledger_entries s on s.kind = 'Payment'",
            world => world.Given.RefundAsync(world.Payment, world.Place.Place, 9000, world.Payment.CreatedAt, RefundState.Succeeded)),
        Sql("29", "insert into organisations (id, name, name_key) values (gen_random_uuid(), 'Stays', 'stays'), (gen_random_uuid(), 'Goes', 'goes'); update bookings set organisation_id = (select id from organisations where name = 'Goes'); update organisations set merged_into_id = (select id from organisations where name = 'Stays') where name = 'Goes'"),
        History("30", "an entry was changed", "update history_entries set note = 'Other' where id = (select entry_id from history_links where number = 2)"),
        History("30", "an entry was removed", "delete from history_entries where id = (select entry_id from history_links where number = 2)"),
        History("30", "an entry was removed with its link", "delete from history_entries where id = (select entry_id from history_links where number = 2); delete from history_links where number = 2"),
        History("30", "an entry was removed and the rest numbered anew", "delete from history_entries where id = (select entry_id from history_links where number = 2); delete from history_links where number = 2; update history_links set number = number - 1 where number > 2; update history_heads set number = number - 1"),
        History(
            "30", "an entry was put in between, with a link that fits what is before it",
            """
            update history_links set number = number + 100 where number > 2;
            update history_links set number = number - 99 where number > 2;
            insert into history_entries select gen_random_uuid(), at, actor_id, actor, record_type, record_id, act, 'Put in', changes from history_entries limit 1;
            delete from history_waiting;
            insert into history_links
            select 3, entry.id, sha256((select hash from history_links where number = 2) || convert_to(form_of_history(3, entry), 'UTF8')) from history_entries entry where note = 'Put in';
            update history_heads set number = number + 1
            """),
        History("30", "the last entry was removed", "delete from history_entries where id = (select entry_id from history_links order by number desc limit 1)"),
        History("31", "the last entry was removed with its link", "delete from history_entries where id = (select entry_id from history_links order by number desc limit 1); delete from history_links where number = (select max(number) from history_links)"),
        History("31", "all was removed", "delete from history_entries; delete from history_links"),
        History("32", "an entry was put in past the chain", "insert into history_entries (id, at, actor_id, actor, record_type, record_id, act, changes) select gen_random_uuid(), at, actor_id, actor, record_type, record_id, act, changes from history_entries limit 1"),
        new("32", "an entry was removed before it was linked", async world =>
        {
            await world.HistoryAsync(3, linked: false);
            await world.ExecuteAsync("alter table history_entries disable trigger user; delete from history_entries where note = 'Note 2'");
        }),
        new("32", "an entry has waited for too long", async world =>
        {
            await world.HistoryAsync(1, linked: false);
            await world.ExecuteAsync("update history_waiting set since = since - interval '2 hours'");
        }),
        new("33", "an entry was written for an earlier day", async world =>
        {
            await world.HistoryAsync(2, linked: true);
            await world.HistoryAsync(1, linked: true, daysEarlier: 3);
        }),
        Sql("46", $"grant select on survey_links to {PrivatePostgres.Application}"),
        Sql("34", $"grant delete on history_entries to {PrivatePostgres.Application}"),
        Sql("26", "update course_runs set meetings = tstzmultirange(tstzrange(starts_at, starts_at + interval '1 hour'), tstzrange(ends_at - interval '1 hour', ends_at)); insert into meeting_marks select place_id, 1, 'Absent', now(), (select id from staff_users limit 1) from attendance_marks"),
        new("27", "a register that is said to be done with a place that has no mark", async world =>
        {
            var run = await world.Given.RunAsync(world.Run.CourseId, new DateOnly(2026, 7, 2));
            await world.Given.PlacesAsync(run, new GivenDelegate("B Person"));
            await world.ExecuteAsync($"update course_runs set is_register_done = true where id = '{run.Id}'");
        }),
        new("28", "an invoice that is said to be open of a booking that has paid", async world =>
        {
            await world.Given.InvoiceAsync(world.Place.Booking.Id, 1, 5500, new DateOnly(2026, 6, 1));
            await world.ExecuteAsync("update invoice_numbers set next_number = 2; update invoices set is_settled = false");
        }),
        Unguarded("36", "delete from ledger_entries where kind = 'Charge'"),
        Unguarded("37", "alter table invoice_lines disable trigger user; update invoice_lines set amount_pence = 5400", async world =>
        {
            await world.Given.InvoiceAsync(world.Place.Booking.Id, 1, 5500, new DateOnly(2026, 6, 1));
            await world.ExecuteAsync("update invoice_numbers set next_number = 2");
        }),
        Unguarded("38", "delete from ledger_entries where kind = 'WriteOff'", async world =>
        {
            var invoice = await world.Given.InvoiceAsync(world.Place.Booking.Id, 1, 5500, new DateOnly(2026, 6, 1));
            await world.ExecuteAsync("update invoice_numbers set next_number = 2");
            await world.Given.WriteOffAsync(invoice, world.Place.Place, 100);
        }),
        Unguarded("39", "delete from ledger_entries where kind = 'Disputed'", world => world.Given.DisputedAsync(world.Payment, world.Place.Place, 100)),
        Certified("40", "update attendance_marks set mark = 'Absent'"),
        Certified("40", "update places set delegate_name = 'Another Person'"),
        Certified("41", "drop index ux_certificates_in_force; insert into certificates select gen_random_uuid(), place_id, course_id, '22222222', 'AAAABBBBCCCCDDDD', person_name, course_title, level, days, minutes, is_part, provider_name, partnership_name, issued_at, valid_until, state, ended_at, reason, reminded_at from certificates"),
        Certified("41", "update places set person_id = null"),
        new("42", "somebody who attended and has no certificate", async world =>
        {
            var run = await world.Given.RunAsync(world.Run.CourseId, new DateOnly(2026, 9, 21));
            var place = (await world.Given.PlacesAsync(run, new GivenDelegate("B Person")))[0];
            await world.Given.MarkAsync(place.Place.Id, run.EndsAt);
        }),
        Concern("44", "delete from concerns"),
        Concern("44", "update survey_comments set state = 'Read'"),
        Concern("44", "update concerns set held_response_id = null"),
        Concern("44", "insert into legal_holds select id from places limit 1"),
        Concern("44", "insert into survey_quotes (id, comment_id, text, version_id, question_key, year_from, state, proposed_in, proposed_by_id) select gen_random_uuid(), id, 'x', version_id, question_key, '2026-04-01', 'Proposed', '2026-10-01', read_by_id from survey_comments"),
        Concern("45", "insert into concern_alerts (id, concern_id, step, state, due_at) select gen_random_uuid(), id, 'Deputy', 'Due', raised_at - interval '3 days' from concerns"),
        Concern("45", "insert into concern_alerts (id, concern_id, step, state, due_at, done_at) select gen_random_uuid(), id, 'Lead', 'Sent', raised_at, raised_at from concerns"),
        Concern("45", "with request as (insert into identity_requests (id, concern_id, reason, asked_at, asked_by_id) select gen_random_uuid(), id, 'x', raised_at, raised_by_id from concerns returning *) insert into identity_views select gen_random_uuid(), id, asked_at, asked_by_id from request"),
    ];

    private static AuditFault Certified(string number, string sql) => new(number, sql, async world =>
    {
        await world.Given.CertificateAsync(world.Place.Place.Id, world.Run.EndsAt.AddDays(1));
        await world.ExecuteAsync(sql);
    });

    private static AuditFault Concern(string number, string sql) => new(number, sql, async world =>
    {
        await world.Given.CommentsAsync(CommentState.Concern, "A canary.");
        await world.ExecuteAsync(sql);
    });

    private static AuditFault Sql(string number, string sql) => new(number, sql, world => world.ExecuteAsync(sql));

    // The database itself refuses these; what it would refuse is seen all the same.
    private static AuditFault Unguarded(string number, string sql, Func<AuditWorld, Task>? before = null) => new(number, sql, async world =>
    {
        if (before is not null)
        {
            await before(world);
        }

        await world.ExecuteAsync("alter table ledger_entries disable trigger user; alter table refund_shares disable trigger user; " + sql);
    });

    private static AuditFault History(string number, string words, string sql) => new(number, words, async world =>
    {
        await world.HistoryAsync(5, linked: true);
        await world.ExecuteAsync("alter table history_entries disable trigger user; alter table history_links disable trigger user; " + sql);
    });

    private static AuditFault Answered(string number, string sql) => new(number, sql, async world =>
    {
        await world.AnswerAsync();
        await world.ExecuteAsync(sql);
    });

    private static async Task LinkAsync(AuditWorld world) => await world.Given.AnswersAsync(world.Invitation, await world.AnswerAsync());
}
