using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Surveys;

/// <summary>Staff write the next version on screen, see what it changes, and publish or discard it.</summary>
public sealed class SurveyQuestionsPageTests(TestDatabase databases) : IAsyncLifetime
{
    private readonly TestApp app = new(databases);
    private SurveyWorld world = null!;
    private TestBrowser staff = null!;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = new SurveyWorld(app);
        staff = await app.BrowseAsStaffAsync();
        await app.Given.NumbersCheckedAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Draft_QuestionAddedMovedAndPublished_IsAskedFromThenOn()
    {
        await StartAsync();
        var added = await (await staff.GetAsync(SurveyUrls.Question(null))).SubmitAsync(Fill);
        await (await staff.GetAsync(SurveyUrls.Questions)).SubmitAsync(selector: "#question-who_did_you_tell form", button: "Up: Who did you tell?");
        var preview = await staff.GetAsync(SurveyUrls.Preview(2));
        var publish = await staff.GetAsync(SurveyUrls.PublishQuestions());
        var done = await publish.SubmitAsync();

        Assert.Contains("Added to the draft", added.Main, StringComparison.Ordinal);
        Assert.Equal("Whom did you tell what you learnt?", preview.All("legend")[^2]);
        Assert.Contains(publish.All("tr"), row => row == "Who did you tell? New Begin with this version");
        Assert.Contains("6 questions stay as before", publish.Main, StringComparison.Ordinal);
        Assert.Contains("Published. New invitations ask this version", done.Main, StringComparison.Ordinal);
        Assert.Equal(["My team", "My manager", "Nobody"], (await world.OpenAsync()).All("label[for^=Form_WhoDidYouTell]"));
    }

    [Fact]
    public async Task Publish_NumbersNotChecked_SaysSoAndWhereToCheckThem()
    {
        await StartAsync();
        app.Clock.Advance(TimeSpan.FromDays(183));
        staff = await app.BrowseAsStaffAsync();

        var publish = await staff.GetAsync(SurveyUrls.PublishQuestions());

        Assert.Contains("The numbers to call when a child may be at risk were last checked on 2 November 2026", publish.Main, StringComparison.Ordinal);
        Assert.Contains("Ring each, then save the page", publish.All("a"));
        Assert.Empty(publish.All("main form button"));
    }

    [Fact]
    public async Task Question_Reworded_SaysWhichResultsStayComparable()
    {
        await StartAsync();
        await ChangeAsync("confidence", form => form["Form.Wording"] = "How sure are you?");
        await ChangeAsync("recommend", form =>
        {
            form["Form.Wording"] = "Would you send a colleague?";
            form.Clear("Form.IsComparable");
        });

        var publish = await staff.GetAsync(SurveyUrls.PublishQuestions());

        Assert.Contains(publish.All("tr"), row => row == "How confident are you in applying what you learnt? Wording Add up with those of before");
        Assert.Contains(publish.All("tr"), row => row == "Would you recommend this course? Wording Begin anew: those of before are shown apart");
    }

    [Fact]
    public async Task Question_NothingFilledIn_SaysWhatIsMissingAndKeepsWhatWasTyped()
    {
        await StartAsync();

        var page = await (await staff.GetAsync(SurveyUrls.Question(null))).SubmitAsync(form =>
        {
            form["Form.ShortWording"] = "Who did you tell?";
            form["Form.Kind"] = nameof(QuestionKind.One);
            form["Form.Options"] = "Nobody\nnobody";
        });

        Assert.Equal(["Enter the question", "Enter each answer once", "Enter what we say when it is left out"], page.Errors);
        Assert.Equal("Who did you tell?", page.Find("input[name='Form.ShortWording']").GetAttribute("value"));
        Assert.Equal(6, await world.CountAsync("survey_questions q join survey_versions v on v.id = q.version_id where v.state = 'Draft'"));
    }

    [Fact]
    public async Task Question_ChangedByTwo_TellsTheSecondAndKeepsWhatTheyTyped()
    {
        await StartAsync();
        var first = await staff.GetAsync(SurveyUrls.Question("confidence"));
        var second = await staff.GetAsync(SurveyUrls.Question("confidence"));

        await first.SubmitAsync(form => form["Form.Wording"] = "First?");
        var told = await second.SubmitAsync(form => form["Form.Wording"] = "Second?");
        var again = await told.SubmitAsync();

        Assert.Contains("somebody else changed the draft", told.Errors[0], StringComparison.Ordinal);
        Assert.Equal("Second?", told.Find("textarea[name='Form.Wording']").TextContent.Trim());
        Assert.Contains("Saved in the draft", again.Main, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync("survey_questions where wording = 'Second?'"));
    }

    [Fact]
    public async Task Draft_Discarded_ShowsFirstWhatIsLost()
    {
        await StartAsync();
        await ChangeAsync("confidence", form => form["Form.Wording"] = "How sure are you?");

        var discard = await staff.GetAsync(SurveyUrls.DiscardQuestions());
        var done = await discard.SubmitAsync();

        Assert.Contains(discard.All("tr"), row => row.StartsWith("How confident are you", StringComparison.Ordinal));
        Assert.Contains("The draft is discarded", done.Main, StringComparison.Ordinal);
        Assert.Equal(1, await world.CountAsync("survey_versions where survey_id = (select id from surveys where key = 'three-months')"));
    }

    [Fact]
    public async Task Question_TakenOut_IsGoneFromTheDraftAlone()
    {
        await StartAsync();

        var done = await (await staff.GetAsync(SurveyUrls.Question("recommend"))).SubmitAsync(selector: "main form[action*=Remove]");
        var publish = await staff.GetAsync(SurveyUrls.PublishQuestions());

        Assert.Contains("Taken out of the draft", done.Main, StringComparison.Ordinal);
        Assert.Contains(publish.All("tr"), row => row == "Would you recommend this course? Not asked any more End with the version before");
        Assert.Equal(1, await world.CountAsync("survey_questions where key = 'recommend'"));
    }

    private static void Fill(TestForm form)
    {
        form["Form.Wording"] = "Whom did you tell what you learnt?";
        form["Form.ShortWording"] = "Who did you tell?";
        form["Form.Kind"] = nameof(QuestionKind.Several);
        form["Form.Options"] = "My team\r\nMy manager";
        form["Form.Exclusive"] = "Nobody";
        form["Form.MissingWords"] = "Select whom you told, or select “Nobody”";
        form["Form.Level"] = nameof(KirkpatrickLevel.Behaviour);
    }

    private async Task StartAsync() =>
        await (await staff.GetAsync(SurveyUrls.Questions)).SubmitAsync(button: "Write the next version");

    private async Task ChangeAsync(string key, Action<TestForm> change)
    {
        var page = await (await staff.GetAsync(SurveyUrls.Question(key))).SubmitAsync(change);
        Assert.Contains("Saved in the draft", page.Main, StringComparison.Ordinal);
    }
}
