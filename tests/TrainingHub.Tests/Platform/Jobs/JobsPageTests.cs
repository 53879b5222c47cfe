using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform.Jobs;
using TrainingHub.StripeDouble;
using TrainingHub.Tests.Payments;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Platform.Jobs;

/// <summary>The page of automatic work: what failed, what that means and what to do, in words; and what merely waits.</summary>
public sealed class JobsPageTests(PayApp app) : IClassFixture<PayApp>
{
    [Fact]
    public async Task RunAll_OneFails_TheOthersRunAndThePageNamesIt()
    {
        // The page shows the last run of each job; those of other tests may have begun at this instant.
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.World.ExecuteAsync("alter table survey_invitations rename to gone");
        var page = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/jobs");

        var failed = await page.SubmitAsync(selector: "form[action*='All']");
        await app.World.ExecuteAsync("alter table gone rename to survey_invitations");

        var error = Assert.Single(failed.Errors);
        Assert.Contains("Close surveys", error, StringComparison.Ordinal);
        Assert.Contains("failed; all other jobs ran.", error, StringComparison.Ordinal);
        Assert.Contains("The database is not as this version of the program expects", failed.Main, StringComparison.Ordinal);
        Assert.Matches("Reference: [0-9A-F]{8}\\.", failed.Main);
        Assert.DoesNotContain("42P01", failed.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", failed.Main, StringComparison.Ordinal);
        Assert.Equal(0, await app.World.CountAsync(
            "select count(*) from unnest($1) as wanted (job) where not exists (select from job_runs where job_runs.job = wanted.job)", (object)Names()));
        Assert.Contains("All jobs ran", (await failed.SubmitAsync(selector: "form[action*='All']")).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefundWhileStripeIsDown_SaysThatItWaits_AndIsMadeLater()
    {
        var (booking, payment) = await CancelledAsync();
        var staff = await app.BrowseAsStaffAsync();
        var asked = await (await staff.GetAsync(PaymentUrls.StaffPayment(payment))).SubmitAsync(form => form["Sure"] = "true", "form[action*=Refund]");
        Assert.Contains("The refund is asked for. It goes to Stripe within a minute", asked.Main, StringComparison.Ordinal);
        app.Stripe.Faults.Always = Fault.ServerError;

        var waits = await (await staff.GetAsync("/staff/jobs")).SubmitAsync(selector: "form:has(button[value=SendRefunds])", button: "Run now: Send refunds");

        Assert.Contains("Send refunds: 0 handled. Stripe did not answer. 1 of 1 wait and are tried again by themselves", waits.Main, StringComparison.Ordinal);
        Assert.Contains("Waits: Stripe has not answered. It is tried again by itself", (await staff.GetAsync(PaymentUrls.StaffPayment(payment))).Main, StringComparison.Ordinal);
        app.Stripe.Faults.Always = null;
        Assert.Equal(1, await app.RunJobAsync(nameof(SendRefunds)));
        Assert.Equal(0, await app.PaidPenceAsync(booking));
        Assert.Contains("Refunded", (await staff.GetAsync(PaymentUrls.StaffPayment(payment))).Main, StringComparison.Ordinal);
        await app.CheckAsync();
    }

    [Fact]
    public async Task Jobs_AllInTime_SayAllRunning_AndOneThatIsLateIsNamed()
    {
        // Later than the runs of other tests.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var staff = await app.BrowseAsStaffAsync();
        await (await staff.GetAsync("/staff/jobs")).SubmitAsync(selector: "form[action*='All']");
        var fine = await staff.GetAsync("/staff/jobs");
        await app.World.ExecuteAsync("update job_runs set started_at = started_at - interval '1 day' where job = 'SendEmails'");

        var late = await staff.GetAsync("/staff/jobs");

        Assert.Contains("All running", fine.Main, StringComparison.Ordinal);
        Assert.Contains("What needs a look (1)", late.Main, StringComparison.Ordinal);
        Assert.Contains("Send emails Late It should run every", late.Main, StringComparison.Ordinal);
        var run = await late.SubmitAsync(selector: "form:has(button[value=SendEmails])", button: "Run now: Send emails");
        Assert.Contains("All running", run.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cannot", "Something went wrong that the program does not expect.")]
    [InlineData("gone", "The database could not be reached.")]
    [InlineData("stopped", "It was stopped because the program was ending.")]
    public void Failure_OfAnyKind_IsSaidInWords(string kind, string begins)
    {
        Exception failure = kind switch
        {
            "gone" => new InvalidOperationException("x", new Npgsql.NpgsqlException("Failed to connect")),
            "stopped" => new TaskCanceledException(),
            _ => new InvalidOperationException("the disk is full"),
        };

        Assert.StartsWith(begins, JobFailure.Words(failure), StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string[] Names() => [.. app.Services.GetRequiredService<JobRunner>().Names];

    private async Task<(Guid Booking, Guid Payment)> CancelledAsync()
    {
        var booking = await app.HeldAsync();
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        await app.CancelForLaterAsync(booking);
        await app.RunJobAsync(nameof(FlagCancelledPayments));
        return (booking, (await app.PaymentAsync(booking)).Id);
    }
}
