using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Words that may be shown: with the names out, approved by a person, and never of a text with a concern.</summary>
public sealed class QuoteTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly SurveyWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("I rang Social Care. Monday was fine, said Ahmed.", "Social, Care, Ahmed")]
    [InlineData("Our DSL talks with the LADO. We do more.", "")]
    [InlineData("A boy aged 7 from the village; his twin too", "aged 7, village, twin")]
    [InlineData("Write to me@example.org or 07700 900123", "me@example.org, 07700 900123")]
    [InlineData("I’m calmer. Level 3 helped in March.", "")]
    public void Names_InAText_ArePointedOut(string text, string words) => Assert.Equal(words, string.Join(", ", NamesIn.Of(text)));

    [Fact]
    public async Task Quote_ProposedCheckedAndApproved_IsSeenByThoseWhoReadResultsWithoutItsText()
    {
        var comment = await CommentAsync($"Canary original: Since then we rang Ahmed {Guid.NewGuid():N}.");
        var (staff, officer) = (await app.BrowseAsStaffAsync(), await app.BrowseAsAsync([StaffRole.BookingOfficer]));
        var mark = $"quoted{Guid.NewGuid():N}"[..14];

        var page = await staff.GetAsync(SurveyUrls.Quote(comment));
        Assert.Contains("Ahmed", page.Find(".govuk-inset-text").TextContent);
        var refused = await page.SubmitAsync();
        Assert.StartsWith("Take these words out", Assert.Single(refused.Errors));
        var proposed = await page.SubmitAsync(form => form["Text"] = $"Since then we ring a colleague {mark}.");
        Assert.Contains(mark, proposed.Main);
        Assert.Equal("Read", await world.ScalarAsync<string>($"select state from survey_comments where id = '{comment}'"));
        Assert.Equal(0, await world.CountAsync($"approved_quotes where text like '%{mark}%'"));
        Assert.DoesNotContain(mark, (await officer.GetAsync(SurveyUrls.Quotes)).Text);
        await (await staff.GetAsync($"{SurveyUrls.Quotes}?q={mark}")).SubmitAsync(button: "Approve");

        Assert.Equal(1, await world.CountAsync($"approved_quotes where text like '%{mark}%'"));
        var seen = await officer.GetAsync($"{SurveyUrls.Quotes}?q={mark}");
        Assert.Contains(mark, seen.Main);
        Assert.DoesNotContain("original", seen.Text);
        Assert.DoesNotContain(comment.ToString(), seen.Text);
        Assert.Contains(mark, (await staff.GetAsync($"{SurveyUrls.Quotes}?q={mark}&file=csv")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync(SurveyUrls.Quote(comment))).Status);
    }

    [Fact]
    public async Task Quote_OfAConcern_IsWithdrawnAndNotProposed()
    {
        var (comment, staff) = (await CommentAsync($"We ring sooner {Guid.NewGuid():N}."), new Actor(await app.Given.StaffAsync(), "Cora Coordinator"));
        Assert.Equal(QuoteResult.Done, await app.WithAsync((KeepQuotes quotes) => quotes.ProposeAsync(comment, "We ring sooner.", staff, Ct)));
        var id = await world.ScalarAsync<Guid>($"select id from survey_quotes where comment_id = '{comment}'");
        Assert.Equal(QuoteResult.Done, await app.WithAsync((KeepQuotes quotes) => quotes.ApproveAsync(id, staff, Ct)));
        Assert.Equal(QuoteResult.ApprovedBefore, await app.WithAsync((KeepQuotes quotes) => quotes.ProposeAsync(comment, "Other", staff, Ct)));

        await app.WithAsync((RaiseConcern raise) => raise.RunAsync(comment, ConcernKind.AtRisk, staff, Ct));

        Assert.Equal("Withdrawn", await world.ScalarAsync<string>($"select state from survey_quotes where id = '{id}'"));
        Assert.Equal(0, await world.CountAsync($"approved_quotes where id = '{id}'"));
        Assert.Equal(QuoteResult.Gone, await app.WithAsync((KeepQuotes quotes) => quotes.ProposeAsync(comment, "Again", staff, Ct)));
        Assert.Equal(QuoteResult.Gone, await app.WithAsync((KeepQuotes quotes) => quotes.ApproveAsync(id, staff, Ct)));
    }

    [Fact]
    public async Task Quote_KeepsCourseAndAreaThatFiveShareAndNoDay()
    {
        var course = await app.Given.CourseAsync();
        var responses = await app.Given.ResponsesAsync(course.Id, London.DateOf(app.Clock.Now), 5);
        var (shared, alone) = (await CommentAsync($"Shared {Guid.NewGuid():N}"), await CommentAsync($"Alone {Guid.NewGuid():N}"));
        await world.DoAsync($"update survey_comments set response_id = '{responses[0].Id}' where id = '{shared}'");
        var staff = new Actor(await app.Given.StaffAsync(), "Cora Coordinator");

        await app.WithAsync((KeepQuotes quotes) => quotes.ProposeAsync(shared, "Shared", staff, Ct));
        await app.WithAsync((KeepQuotes quotes) => quotes.ProposeAsync(alone, "Alone", staff, Ct));

        Assert.Equal(1, await world.CountAsync($"survey_quotes where comment_id = '{shared}' and course_id = '{course.Id}' and area_id is not null and extract(day from proposed_in) = 1"));
        Assert.Equal(1, await world.CountAsync($"survey_quotes where comment_id = '{alone}' and course_id is null and area_id is null"));
    }

    [Fact]
    public async Task Text_ReplacedByItsAuthor_TakesItsQuoteAndThemesAlong()
    {
        var (comment, staff) = (await CommentAsync($"First {Guid.NewGuid():N}"), new Actor(await app.Given.StaffAsync(), "Cora Coordinator"));
        await app.WithAsync((KeepQuotes quotes) => quotes.ProposeAsync(comment, "First", staff, Ct));
        await app.WithAsync((CodeComment code) => code.RunAsync(comment, [], staff, Ct));

        await world.DoAsync($"delete from survey_comments where id = '{comment}'");

        Assert.Equal(0, await world.CountAsync($"survey_quotes where comment_id = '{comment}'"));
        Assert.Equal(0, await world.CountAsync($"comment_readings where comment_id = '{comment}'"));
    }

    private async Task<Guid> CommentAsync(string text)
    {
        await app.Given.CommentsAsync(CommentState.Unread, text);
        return await world.ScalarAsync<Guid>($"select id from survey_comments where text = '{text}'");
    }
}
