using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>Few emails that anybody can cause go to a mailbox whose owner has not asked for them, and nothing is lost in silence.</summary>
public sealed class AddressBoundsTests(EmailBench bench) : IClassFixture<EmailBench>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_ManyToAStranger_SendsThreeAnHourAndTenADay()
    {
        await bench.ClearAsync();
        var sent = new List<DateTimeOffset>();
        for (var minute = 0; minute < 2 * 24 * 60; minute += 15)
        {
            await AddAsync($"win{minute % 2}", "victim@x.example");
            await AddAsync("tag", $"Victim+{minute}@x.example");
            await WorkAsync();
            sent.AddRange(Enumerable.Repeat(bench.Clock.Now, bench.Mailbox.Sent.Count - sent.Count));
            bench.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.All(sent, one => Assert.InRange(sent.Count(other => other >= one && other < one.AddHours(1)), 1, 3));
        Assert.All(sent, one => Assert.InRange(sent.Count(other => other >= one && other < one.AddDays(1)), 1, 10));
        Assert.InRange(sent.Count, 15, 21);
    }

    [Fact]
    public async Task Send_FourSendersAtOnce_SendTwoTogether()
    {
        await bench.ClearAsync();
        for (var i = 0; i < 30; i++)
        {
            await AddAsync($"Mia {i}", "race@x.example");
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => bench.Sender.SendAsync(Token), Token)));

        Assert.Equal(2, bench.Mailbox.Sent.Count);
        Assert.Equal(28, await CountAsync(EmailState.Withheld));
    }

    [Fact]
    public async Task Withheld_OwnerPressesTheButton_GetsThemAllAndIsConfirmed()
    {
        await bench.ClearAsync();
        for (var i = 0; i < 6; i++)
        {
            await AddAsync($"Mia {i}", "office@x.example");
        }

        await WorkAsync();
        var offer = bench.Mailbox.Sent.Last();
        var link = new Uri(offer.Text.Split('\n').First(line => line.Contains("/emails/", StringComparison.Ordinal)).Split(' ').Last()).AbsolutePath;
        var page = await bench.Browse().GetAsync(link);
        Assert.Equal(4, await CountAsync(EmailState.Withheld));
        var pressed = await page.SubmitAsync();
        await WorkAsync();
        await AddAsync("Mia 7", "office@x.example");
        await WorkAsync();

        Assert.Equal("Send you 4 more emails?", page.Heading);
        Assert.Equal("No more emails wait for you", pressed.Heading);
        Assert.Equal("4 more emails wait for you", offer.Subject);
        Assert.Contains(", you have a place:", offer.Text);
        Assert.Equal(8, bench.Mailbox.Sent.Count);
        Assert.Equal(0, await CountAsync(EmailState.Withheld));
    }

    [Fact]
    public async Task Withheld_TokenOfSomethingElse_OpensNothing()
    {
        var page = await bench.Browse().GetAsync("/emails/AAAAAAAAAAAAAAAAAAAAAA");

        Assert.Equal("This link does not work any more", page.Heading);
    }

    [Fact]
    public async Task Withheld_StaffSendOne_ItGoesOut()
    {
        await bench.ClearAsync();
        for (var i = 0; i < 3; i++)
        {
            await AddAsync($"Mia {i}", "finance@x.example");
        }

        await bench.Sender.SendAsync(Token);
        var withheld = (await bench.WithAsync((TrainingHubDb db) => Task.FromResult(db.OutgoingEmails.Single(email => email.State == EmailState.Withheld)))).Id;
        await bench.WithAsync((SendEmailAgain again) => again.RunAsync(withheld, Guid.Empty, "finance@x.example", null, Actor.CommandLine, Token));
        await bench.Sender.SendAsync(Token);

        Assert.Equal(3, bench.Mailbox.Sent.Count);
    }

    [Fact]
    public async Task Send_WhatStaffOrMoneyHaveCaused_IsNotBounded()
    {
        await bench.ClearAsync();
        for (var i = 0; i < 12; i++)
        {
            await bench.Given.EmailAsync("ann@x.example", new RefundMadeEmail("Ann", "K7M2P9QX", EmailSamples.Date, "£55", "One place was cancelled.", "Within ten working days."));
        }

        await bench.Sender.SendAsync(Token);

        Assert.Equal(12, bench.Mailbox.Sent.Count);
    }

    [Fact]
    public async Task Send_ConfirmationBehindALongQueue_GoesFirst()
    {
        await bench.ClearAsync();
        for (var i = 0; i < 40; i++)
        {
            await AddAsync($"Mia {i}", $"mia{i}@queue.example");
        }

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Given.EmailAsync("ann@queue.example", EmailSamples.All[0]);
        await bench.Sender.SendAsync(Token);

        Assert.Equal("booking-confirmed", bench.Mailbox.Sent.First().Kind);
        Assert.Equal(41, bench.Mailbox.Sent.Count);
    }

    private async Task WorkAsync()
    {
        await bench.Sender.SendAsync(Token);
        await bench.RunJobAsync(nameof(OfferWithheld));
        await bench.Sender.SendAsync(Token);
    }

    private Task<OutgoingEmail> AddAsync(string name, string address) =>
        bench.Given.EmailAsync(address, new PlaceForYouEmail(name, "Ann", EmailSamples.Date, "https://training.example/dates/1"));

    private Task<int> CountAsync(EmailState state) =>
        bench.WithAsync((TrainingHubDb db) => Task.FromResult(db.OutgoingEmails.Count(email => email.State == state)));
}
