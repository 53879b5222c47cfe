using TrainingHub.Platform.Web.TagHelpers;
using Xunit;

namespace TrainingHub.Tests.Platform.Web.TagHelpers;

public sealed class RootedLinkTests
{
    [Theory]
    [InlineData("~/courses/neglect", "", "/courses/neglect")]
    [InlineData("~/courses?q=a&when=b", "/training", "/training/courses?q=a&amp;when=b")]
    [InlineData("/already/there", "/training", "/already/there")]
    public async Task Link_WithATilde_StandsUnderTheRoot(string written, string root, string expected)
    {
        var view = Render.View();
        view.HttpContext.Request.PathBase = root;

        var html = await Render.HtmlAsync(new RootedLinkTagHelper { ViewContext = view }, [("href", written)]);

        Assert.Contains($"href=\"{expected}\"", html, StringComparison.Ordinal);
    }
}
