using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TrainingHub.Emails;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>The application with a mailbox in place of the mail server.</summary>
public sealed class EmailBench(TestDatabase databases) : TestApp(databases)
{
    internal FakeMailbox Mailbox { get; } = new();

    internal SiteOptions Site => Services.GetRequiredService<IOptions<SiteOptions>>().Value;

    internal EmailSender Sender => Services.GetRequiredService<EmailSender>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task ClearAsync()
    {
        Mailbox.Clear();
        await WithAsync((TrainingHubDb db) => db.OutgoingEmails.ExecuteDeleteAsync(Token));
        await WithAsync((TrainingHubDb db) => db.RecentTries.ExecuteDeleteAsync(Token));
        await WithAsync((TrainingHubDb db) => db.ConfirmedAddresses.ExecuteDeleteAsync(Token));
        await WithAsync((TrainingHubDb db) => db.UndeliverableAddresses.ExecuteDeleteAsync(Token));
    }

    /// <summary>Adds an email to a confirmed mailbox, a little later than the one before, so that they are due in this order.</summary>
    public async Task<Guid> AddAsync(string address)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var message = new PlaceForYouEmail("Mia", "Ann", EmailSamples.Date, "https://training.example/dates/1");
        await WithAsync((TrainingHubDb db) => ConfirmedAddress.ConfirmAsync(db, address, Clock.Now, Token));
        return (await Given.EmailAsync(address, message, "K7M2P9QX")).Id;
    }

    public async Task ExecuteAsync(string sql, Guid id)
    {
        await using var command = Database.CreateCommand(sql);
        command.Parameters.AddWithValue("id", id);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
    }

    internal async Task<OutgoingEmail> RowAsync(Guid id) => (await RowsAsync([id]))[0];

    internal Task<List<OutgoingEmail>> RowsAsync(IReadOnlyList<Guid> ids) =>
        WithAsync((TrainingHubDb db) => db.OutgoingEmails.AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.CreatedAt).ToListAsync(Token));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<Func<IEmailTransport>>(() => Mailbox)));
    }
}

/// <summary>Takes every email, unless a test gives another answer.</summary>
internal sealed class FakeMailbox : IEmailTransport
{
    private readonly SemaphoreSlim arrived = new(0);

    public Func<RenderedEmail, Task<Delivery>> Answer { get; set; } = Take;

    public ConcurrentQueue<RenderedEmail> Sent { get; } = new();

    public async Task<Delivery> SendAsync(RenderedEmail email, CancellationToken ct)
    {
        var delivery = await Answer(email);
        if (delivery.Outcome == DeliveryOutcome.Sent)
        {
            Sent.Enqueue(email);
            arrived.Release();
        }

        return delivery;
    }

    /// <summary>Waits for the next email to arrive, and fails when none does in time.</summary>
    public async Task NextAsync(TimeSpan within) => Assert.True(await arrived.WaitAsync(within, TestContext.Current.CancellationToken));

    public void Clear()
    {
        Answer = Take;
        Sent.Clear();
        while (arrived.Wait(0))
        {
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Task<Delivery> Take(RenderedEmail email) => Task.FromResult(Delivery.Sent);
}
