using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Npgsql;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

public sealed class ErrorPagesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Address_Unknown_IsAPageOfOurOwnUnderThatAddress()
    {
        var page = await app.Browse().GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("/no-such-page", page.Address);
        Assert.Equal("Page not found", page.Heading);
        Assert.DoesNotContain("What happened to what you typed", page.Main, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithoutItsToken_SaysThatNothingWasSaved()
    {
        var page = await app.Browse().PostAsync("/sign-in", [new("Form.Email", "someone@example.org")]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("We could not read what was sent", page.Heading);
        Assert.Contains("Nothing that you typed has been saved", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithANul_SaysWhatToDo()
    {
        var page = await app.Browse().PostAsync("/sign-in", [new("Form.Email", "some\0one@example.org")]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("pasted text holds a hidden character", page.Main, StringComparison.Ordinal);
        Assert.Contains("Nothing that you typed has been saved", page.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_TooLarge_IsSaidToBe()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new ByteArrayContent(new byte[RequestRules.LargestBody + 1]) };

        var page = await app.Browse().SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.Status);
        Assert.Equal("That file is too large", page.Heading);
        Assert.Contains("8 megabytes", page.Main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "You cannot open this page")]
    [InlineData(405, "This page cannot do that")]
    [InlineData(500, "Sorry, something went wrong")]
    [InlineData(503, "Sorry, the service is not available")]
    public async Task ErrorPage_OpenedByHand_AnswersWithTheStatusThatItExplains(int status, string heading)
    {
        var page = await app.Browse().GetAsync($"/error/{status}");

        Assert.Equal(status, (int)page.Status);
        Assert.Equal(heading, page.Heading);
    }

    [Fact]
    public void StatusOf_WhatCanGoWrong_TellsFaultsFromOutages()
    {
        var lost = new NpgsqlException("lost", new SocketException());

        Assert.Equal(503, ErrorPages.StatusOf(lost));
        Assert.Equal(503, ErrorPages.StatusOf(new InvalidOperationException("wrapped", lost)));
        Assert.Equal(413, ErrorPages.StatusOf(new BadHttpRequestException("too large", 413)));
        Assert.Equal(500, ErrorPages.StatusOf(new InvalidOperationException()));
        Assert.Equal(500, ErrorPages.StatusOf(new PostgresException("twice", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation)));
    }
}
