using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class PruneEmailsTests(TestDatabase databases)
{
    [Fact]
    public async Task Emails_NinetyDaysOld_AreForgottenUnlessTheyWaitOrTellOfAProblem()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        await using var insert = app.Database.CreateCommand(
            """
            insert into outgoing_emails (id, kind, model, to_address, subject, state, created_at, due_at, attempt_count, sent_at, lease_until)
            select gen_random_uuid(), kind, case when state = 'Sent' then null else '{}'::jsonb end, 'a@x.example', kind, state, $1, $1, 1,
                case when state = 'Sent' then $1::timestamptz end, null
            from (values ('booking-confirmed', 'Sent'), ('booking-confirmed', 'Failed'), ('booking-confirmed', 'Waiting'), ('payment-needs-attention', 'Sent'))
                as given (kind, state)
            """);
        insert.Parameters.AddWithValue(app.Clock.GetUtcNow());
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        app.Clock.Advance(TimeSpan.FromDays(PruneEmails.KeepDays - 1));
        Assert.Equal(0, await app.RunJobAsync(nameof(PruneEmails)));
        app.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(2, await app.RunJobAsync(nameof(PruneEmails)));
    }
}
