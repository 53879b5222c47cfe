using TrainingHub.Platform.Web.TagHelpers;
using Xunit;

namespace TrainingHub.Tests.Platform.Web.TagHelpers;

public sealed class NavItemTests
{
    [Theory]
    [InlineData("/courses", "~/courses", false, "page")]
    [InlineData("/courses/neglect", "~/courses", false, "true")]
    [InlineData("/coursesque", "~/courses", false, null)]
    [InlineData("/staff/dates", "~/staff", true, null)]
    [InlineData("/staff", "~/staff", true, "page")]
    public async Task NavItem_OnAPage_KnowsWhetherItIsCurrent(string path, string href, bool exact, string? current)
    {
        var view = Render.View();
        view.HttpContext.Request.Path = path;
        var item = new NavItemTagHelper { ViewContext = view, Href = href, Exact = exact, Text = "Here" };

        var html = await Render.HtmlAsync(item);

        if (current is null)
            Assert.DoesNotContain("aria-current", html, StringComparison.Ordinal);
        else
            Assert.Contains($"aria-current=\"{current}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NavItem_UnderAPathBase_LinksInsideIt()
    {
        var view = Render.View();
        (view.HttpContext.Request.PathBase, view.HttpContext.Request.Path) = ("/training", "/courses");
        var item = new NavItemTagHelper { ViewContext = view, Href = "~/courses", Text = "Courses" };

        var html = await Render.HtmlAsync(item);

        Assert.Contains("href=\"/training/courses\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NavItem_CurrentPage_IsThePackagesMarkup()
    {
        var fixture = Fixture.Of("service-navigation").Single(fixture => fixture.Name == "with navigation with a current item");
        var view = Render.View();
        view.HttpContext.Request.Path = "/2";
        var items = new List<string>();

        for (var number = 1; number <= 4; number++)
        {
            var item = new NavItemTagHelper { ViewContext = view, Href = $"/{number}", Text = $"Navigation item {number}" };
            items.Add(await Render.HtmlAsync(item));
        }

        var html = fixture.Html.Replace("#/", "/", StringComparison.Ordinal);
        var list = html[(html.IndexOf("<li", StringComparison.Ordinal))..(html.LastIndexOf("</li>", StringComparison.Ordinal) + 5)];
        Assert.Equal(NormalHtml.Of(list), NormalHtml.Of(string.Concat(items)));
    }
}
