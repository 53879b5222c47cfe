using Npgsql;
using TrainingHub.Platform.Data;
using TrainingHub.Reporting;
using Xunit;

namespace TrainingHub.Tests.Reporting;

/// <summary>Every invariant holds on a small sound world, and is seen broken once that world is spoilt in one way.</summary>
public sealed class AuditTests(TestDatabase databases)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> Faults => new()
    {
        { "01", "alter table course_runs drop constraint ck_course_runs_places, drop constraint ck_course_runs_capacity; update course_runs set capacity = 0" },
        { "02", "update course_runs set places_taken = 0" },
        { "03", "drop index ux_places_live_person; insert into places select gen_random_uuid(), booking_id, run_id, person_id, delegate_name, null, 0, state, created_at, null, price_rule from places; update course_runs set places_taken = 2" },
        { "04", "update bookings set state = 'Cancelled'" },
        { "05", "update course_runs set slot = 'Saturday'" },
        { "06", Unguarded + "delete from ledger_entries" },
        { "07", Unguarded + "insert into refunds (id, payment_id, amount_pence, reason, state, created_at) select gen_random_uuid(), id, 100, 'BookingCancelled', 'Succeeded', created_at from payments" },
        { "08", Unguarded + "insert into refunds (id, payment_id, amount_pence, reason, state, created_at) select gen_random_uuid(), id, 9999, 'BookingCancelled', 'Due', created_at from payments" },
        { "09", "update places set state = 'Cancelled', ended_at = '2026-10-01T00:00Z'; update bookings set state = 'Cancelled'; update course_runs set places_taken = 0" },
        { "10", Unguarded + "update ledger_entries set amount_pence = 1" },
        { "11", "update invoice_numbers set next_number = 3" },
        { "12", "update bookings set payment_method = 'Invoice'" },
        { "13", "update bookings set state = 'Held', held_until = '2026-11-01T00:00Z'" },
        { "14", "delete from survey_invitations" },
        { "15", "update attendance_marks set mark = 'Absent'; update survey_invitations set state = 'Scheduled'" },
        { "16", Answer + "insert into survey_links (invitation_id, response_id) select i.id, r.id from survey_invitations i cross join survey_responses r" },
        { "17", "update survey_invitations set state = 'Sent', closes_at = '2026-10-01T00:00Z'" },
        { "18", Answer + "update survey_responses set confidence_id = knowledge_id" },
        { "18", Answer + "update survey_responses set toolkit_ids = array[gen_random_uuid()], uses_toolkits = true" },
        { "19", "insert into outgoing_emails (id, kind, to_address, subject, state, created_at, due_at, attempt_count, lease_until) values (gen_random_uuid(), 'X', 'a@example.org', 'S', 'Sending', '2026-11-01T00:00Z', '2026-11-01T00:00Z', 1, '2026-11-01T00:10Z')" },
        { "20", "insert into free_place_applications (id, applicant, organisation_name, about, created_at, state) values ('00000000-0000-0000-0000-0000000000fa', 'UnregisteredCharity', 'A', 'B', '2026-10-01T00:00Z', 'Pending'); update bookings set payment_method = 'FreePlace', free_place_application_id = '00000000-0000-0000-0000-0000000000fa'" },
        { "21", Unguarded + "insert into refunds (id, payment_id, amount_pence, reason, state, created_at) select gen_random_uuid(), id, 100, 'BookingCancelled', 'Due', '2026-11-01T09:00Z' from payments" },
        { "22", "update payments set problem = 'AmountDiffers'" },
        { "24", Unguarded + "insert into refunds (id, payment_id, amount_pence, reason, state, created_at) select gen_random_uuid(), id, 100, 'BookingCancelled', 'Due', created_at from payments" },
        { "24", Unguarded + "insert into refunds (id, payment_id, amount_pence, reason, state, created_at) select '00000000-0000-0000-0000-0000000000ab', id, 9000, 'BookingCancelled', 'Succeeded', created_at from payments; insert into ledger_entries (id, booking_id, place_id, kind, amount_pence, refund_id, at) select gen_random_uuid(), booking_id, place_id, 'Refund', 9000, '00000000-0000-0000-0000-0000000000ab', at from ledger_entries" },
        { "23", Answer + "insert into survey_links (invitation_id, response_id) select i.id, r.id from survey_invitations i cross join survey_responses r; update survey_invitations set state = 'Answered', closes_at = '2026-08-01T00:00Z'" },
        { "23", Answer + "insert into imported_answers (response_id, delegate_key, known_until) select id, 'k', '2026-11-01T09:00Z' from survey_responses" },
    };

    [Fact]
    public async Task Audit_OfASoundWorld_FindsNothing()
    {
        await using var database = await WorldAsync();

        var lines = await Audit.RunAsync(database, Now, TestContext.Current.CancellationToken);

        Assert.Equal(SqlFile.In("TrainingHub.Reporting.Sql.Invariants").Count(), lines.Count);
        Assert.DoesNotContain(lines, line => line.Broken > 0);
        Assert.Equal(0, await VerbAsync(database));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Audit_OfASpoiltWorld_NamesTheInvariant(string number, string fault)
    {
        await using var database = await WorldAsync();
        await ExecuteAsync(database, fault);

        var lines = await Audit.RunAsync(database, Now, TestContext.Current.CancellationToken);

        var name = SqlFile.In("TrainingHub.Reporting.Sql.Invariants").Single(file => file.Contains($".Invariants.{number}_", StringComparison.Ordinal));
        var words = SqlFile.Read(name).Split('\n')[0].TrimStart('-', ' ');
        Assert.True(lines.Single(line => line.Invariant == words).Broken > 0, $"{words} was not seen broken.");
    }

    // One is enough: the verb prints every line, and its exit code knows no single invariant.
    [Fact]
    public async Task Verb_OfASpoiltWorld_ExitsWithOne()
    {
        await using var database = await WorldAsync();
        await ExecuteAsync(database, "update payments set problem = 'AmountDiffers'");

        Assert.Equal(1, await VerbAsync(database));
    }

    [Fact]
    public void Faults_AreThereForEveryInvariant()
    {
        var tested = Faults.Select(fault => fault.Data.Item1);

        Assert.DoesNotContain(
            SqlFile.In("TrainingHub.Reporting.Sql.Invariants"), file => !tested.Any(number => file.Contains($".Invariants.{number}_", StringComparison.Ordinal)));
    }

    private static async Task<int> VerbAsync(NpgsqlDataSource database) =>
        await new AuditVerb(database, new TestClock()).RunAsync([], TestContext.Current.CancellationToken);

    private async Task<NpgsqlDataSource> WorldAsync()
    {
        var database = NpgsqlDataSource.Create(await databases.CreateAsync() + ";Pooling=false");
        await ExecuteAsync(database, World);
        return database;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    // The database itself refuses what these faults plant.
    private const string Unguarded = "alter table ledger_entries disable trigger user; alter table refunds disable trigger user; ";

    private const string Answer =
        """
        insert into survey_responses (
            id, course_id, area_id, sector_id, submitted_on, confidence_id, knowledge_id, changed_practice, impacted_families, recommend,
            toolkit_ids, origin)
        select gen_random_uuid(), c.id, (select id from areas limit 1), (select id from sectors limit 1), '2026-10-02',
            (select id from scale_options where question_key = 'confidence' limit 1),
            (select id from scale_options where question_key = 'knowledge' limit 1), true, true, true, '{}', 'Survey'
        from courses c;
        """;

    private const string World =
        """
        insert into courses (id, slug, title, summary, audience, is_new, search_words)
        values ('00000000-0000-0000-0000-0000000000c0', 'neglect', 'Neglect', '', '', false, '');
        insert into course_runs (id, reference, course_id, starts_at, ends_at, runs_on, slot, capacity, places_taken, delivery, state, change_number)
        values ('00000000-0000-0000-0000-0000000000d0', 'N-1', '00000000-0000-0000-0000-0000000000c0',
            '2026-07-01T08:30Z', '2026-07-01T15:00Z', '2026-07-01', 'Weekday', 20, 1, 'Online', 'Scheduled', 0);
        insert into people (id, email, email_key, name, created_at)
        values ('00000000-0000-0000-0000-0000000000e0', 'a@example.org', 'a@example.org', 'A Person', '2026-06-01T00:00Z');
        insert into bookings (id, reference, origin, sector_id, area_id, payment_method, state, created_at, confirmed_at)
        select '00000000-0000-0000-0000-0000000000b0', 'ABCD2345', 'Online', (select id from sectors limit 1), (select id from areas limit 1),
            'Card', 'Confirmed', '2026-06-01T00:00Z', '2026-06-01T00:00Z';
        insert into places (id, booking_id, run_id, person_id, delegate_name, price_pence, price_rule, state, created_at)
        values ('00000000-0000-0000-0000-0000000000f0', '00000000-0000-0000-0000-0000000000b0', '00000000-0000-0000-0000-0000000000d0',
            '00000000-0000-0000-0000-0000000000e0', 'A Person', 5500, 'Half-day fee', 'Confirmed', '2026-06-01T00:00Z');
        insert into payments (id, booking_id, provider, attempt, amount_pence, state, received_amount, received_currency, created_at, paid_at)
        values ('00000000-0000-0000-0000-0000000000a0', '00000000-0000-0000-0000-0000000000b0', 'Stripe', 1, 5500, 'Paid', 5500, 'gbp',
            '2026-06-01T00:00Z', '2026-06-01T00:00Z');
        insert into ledger_entries (id, booking_id, place_id, kind, amount_pence, payment_id, at)
        values (gen_random_uuid(), '00000000-0000-0000-0000-0000000000b0', '00000000-0000-0000-0000-0000000000f0', 'Payment', 5500, '00000000-0000-0000-0000-0000000000a0', '2026-06-01T00:00Z');
        insert into attendance_marks (place_id, mark, marked_at) values ('00000000-0000-0000-0000-0000000000f0', 'Attended', '2026-07-01T15:00Z');
        insert into survey_invitations (id, place_id, due_on, due_at, state, reminders_sent, created_at)
        values (gen_random_uuid(), '00000000-0000-0000-0000-0000000000f0', '2026-10-01', '2026-10-01T08:00Z', 'Missed', 0, '2026-07-02T00:00Z');
        """;
}
