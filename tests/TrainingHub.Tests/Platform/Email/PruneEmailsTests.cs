using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class PruneEmailsTests(TestDatabase databases)
{
    [Fact]
    public async Task Emails_NinetyDaysOld_AreForgottenUnlessTheyWaitOrTellOfAProblem()
    {
        await using var app = new TestApp(await databases.CreateAsync());
        await app.Given.EmailAsync("booking-confirmed", EmailState.Sent);
        await app.Given.EmailAsync("booking-confirmed", EmailState.Failed);
        await app.Given.EmailAsync("booking-confirmed", EmailState.Waiting);
        await app.Given.EmailAsync("payment-needs-attention", EmailState.Sent);

        app.Clock.Advance(TimeSpan.FromDays(PruneEmails.KeepDays - 1));
        Assert.Equal(0, await app.RunJobAsync(nameof(PruneEmails)));
        app.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(2, await app.RunJobAsync(nameof(PruneEmails)));
    }
}
