using System.Text.Encodings.Web;
using TrainingHub.Platform.Web;
using TrainingHub.Tests.Platform.Web.TagHelpers;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

public sealed class NavItemTests
{
    [Theory]
    [InlineData("/courses", "/courses", false, "page")]
    [InlineData("/courses/neglect", "/courses", false, "true")]
    [InlineData("/coursesque", "/courses", false, null)]
    [InlineData("/staff/dates", "/staff", true, null)]
    [InlineData("/staff", "/staff", true, "page")]
    public void NavItem_OnAPage_KnowsWhetherItIsCurrent(string path, string href, bool exact, string? current)
    {
        var view = Render.View();
        view.HttpContext.Request.Path = path;
        var item = new NavItem(view.HttpContext.Request, path: href, "Here") { IsExact = exact };

        var html = Written(item);

        if (current is null)
        {
            Assert.DoesNotContain("aria-current", html, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains($"aria-current=\"{current}\"", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NavItem_UnderAPathBase_LinksInsideIt()
    {
        var view = Render.View();
        (view.HttpContext.Request.PathBase, view.HttpContext.Request.Path) = ("/training", "/courses");
        var item = new NavItem(view.HttpContext.Request, "/courses", "Courses");

        var html = Written(item);

        Assert.Contains("href=\"/training/courses\"", html, StringComparison.Ordinal);
    }

    private static string Written(NavItem item)
    {
        using var writer = new StringWriter();
        item.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
