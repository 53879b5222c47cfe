using Microsoft.AspNetCore.Html;
using TrainingHub.Platform.Web.TagHelpers;
using Xunit;

namespace TrainingHub.Tests.Platform.Web.TagHelpers;

public sealed class PartsTests
{
    private static readonly DateOnly Saturday = new(2026, 12, 5);

    [Fact]
    public async Task Day_ForTheEye_IsHiddenFromReadersWhoGetTheWords()
    {
        var html = await Render.HtmlAsync(new DayTagHelper { On = Saturday });

        Assert.Equal(
            """<span class="app-day app-day--weekend" aria-hidden="true"><span class="app-day__name">Sat</span><span class="app-day__number">5</span><span class="app-day__month">Dec 2026</span></span>"""
            + """<span class="govuk-visually-hidden">Saturday 5 December 2026</span>""",
            html);
    }

    [Theory]
    [InlineData("2026-12-06", false, true)]
    [InlineData("2026-12-07", false, false)]
    [InlineData("2026-12-07", true, false)]
    public async Task Day_Kinds_AreMarked(string day, bool isOff, bool isWeekend)
    {
        var html = await Render.HtmlAsync(new DayTagHelper { On = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), IsOff = isOff, IsSilent = true });

        Assert.Equal((isWeekend, isOff), (html.Contains("app-day--weekend", StringComparison.Ordinal), html.Contains("app-day--off", StringComparison.Ordinal)));
        Assert.DoesNotContain("visually-hidden", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chip_Kind_IsAClassBesideTheWords()
    {
        var html = await Render.HtmlAsync(new ChipTagHelper { Kind = ChipKind.Trouble }, inside: new HtmlString("No trainer"));

        Assert.Equal("""<strong class="app-chip app-chip--trouble">No trainer</strong>""", html);
    }

    [Fact]
    public async Task Row_End_StandsAfterEverythingElse()
    {
        var html = await Render.HtmlAsync(
            new RowTagHelper(), children: [(new RowEndTagHelper(), new HtmlString("Full"))], inside: new HtmlString("Neglect"));

        Assert.Equal("""<li class="app-row"><div class="app-row__what">Neglect</div><div class="app-row__end">Full</div></li>""", html);
    }

    [Fact]
    public async Task Row_OfADayWithoutAnEnd_HasTheTileFirst()
    {
        var html = await Render.HtmlAsync(new RowTagHelper { On = Saturday }, inside: new HtmlString("Neglect"));

        Assert.StartsWith("""<li class="app-row"><span class="app-day app-day--weekend" aria-hidden="true">""", html, StringComparison.Ordinal);
        Assert.DoesNotContain("app-row__end", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figure_WithAnAddress_IsOneLinkInsideTheSite()
    {
        var view = Render.View();
        view.HttpContext.Request.PathBase = "/training";

        var html = await Render.HtmlAsync(new FigureTagHelper { Number = "<3", Words = "waiting", Href = "~/staff", IsTrouble = true, ViewContext = view });

        Assert.Equal(
            """<li class="app-figure app-figure--trouble"><a class="govuk-link govuk-link--no-visited-state" href="/training/staff"><span class="app-figure__number">&lt;3</span> waiting</a></li>""",
            html);
    }

    [Fact]
    public async Task Action_Kinds_AreThePackagesButtons()
    {
        var html = await Render.HtmlAsync(
            new ActionTagHelper { Href = "~/staff", Kind = ActionKind.Warning, ViewContext = Render.View() }, inside: new HtmlString("Cancel"));

        Assert.Equal("""<a class="govuk-button govuk-button--warning" href="/staff" role="button" draggable="false" data-module="govuk-button">Cancel</a>""", html);
    }

    [Fact]
    public async Task Steps_InTheMiddle_SayWhatIsDoneAndWhatComes()
    {
        var html = await Render.HtmlAsync(new StepsTagHelper { Names = ["Who", "Pay", "Check"], Now = "Pay" });

        Assert.Contains("""<span aria-hidden="true">&#x2713; </span>Who<span class="govuk-visually-hidden">, done</span>""", html, StringComparison.Ordinal);
        Assert.Contains("""aria-current="step"><span>Step 2 of 3: Pay</span>""", html, StringComparison.Ordinal);
        Assert.EndsWith("""<li class="app-steps__step"><span>Check</span></li></ol>""", html, StringComparison.Ordinal);
    }
}
