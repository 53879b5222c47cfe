using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

public sealed class SafeMarkdownTests
{
    // Written to run something, to leave the site or to look like the page itself.
    public static TheoryData<string> Attacks { get; } =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))", "[a](java\nscript:alert(1))", "[a](data:text/html,<script>alert(1)</script>)", "[a](vbscript:x)",
        "<javascript:alert(1)>", "![a](https://evil.example/p.png)", "![a](javascript:alert(1))", "[a](//evil.example/a)", "[a](/\\evil.example)",
        "[a]: javascript:alert(1)\n\n[a]", "## H {onclick=alert(1)}", "<a href=\"https://x.example\" onclick=\"alert(1)\">a</a>", "<svg/onload=alert(1)>",
        "<iframe src=https://evil.example></iframe>", "<style>*{display:none}</style>", "<form action=https://evil.example><input></form>",
        "<div class=\"govuk-error-summary\">a</div>", "[a](https://x.example \"onmouseover=alert(1)\")", "`<script>`", "<!-- <script> --> a", "[a](file:///etc/passwd)",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Html_Attack_LeavesNothingThatActs(string attack)
    {
        var page = new HtmlParser().ParseDocument($"<main>{SafeMarkdown.Html(attack).Value}</main>").QuerySelector("main")!;

        string[] allowed = ["p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "a", "blockquote"];
        Assert.All(page.QuerySelectorAll("*"), element => Assert.Contains(element.LocalName, allowed));
        Assert.All(page.QuerySelectorAll("*").SelectMany(element => element.Attributes), attribute => Assert.Contains(attribute.Name, (string[])["href", "rel", "class", "start"]));
        Assert.All(page.QuerySelectorAll("a[href]"), link => Assert.Matches("^(https://|mailto:|tel:)", link.GetAttribute("href")!));
    }

    [Fact]
    public void Html_WhatIsAllowed_IsDressedAsThePage()
    {
        var html = SafeMarkdown.Html("# A\n\n## B\n\n### C\n\nText **bold** *italic* <b>raw</b>\n\n- one\n- two\n\n1. a\n\n[site](https://www.example.org)").Value;

        Assert.Equal(
            "<h3 class=\"govuk-heading-s\">A</h3>\n<h3 class=\"govuk-heading-s\">B</h3>\n<h4 class=\"govuk-heading-s\">C</h4>\n"
            + "<p class=\"govuk-body\">Text <strong>bold</strong> <em>italic</em> &lt;b&gt;raw&lt;/b&gt;</p>\n"
            + "<ul class=\"govuk-list govuk-list--bullet\">\n<li>one</li>\n<li>two</li>\n</ul>\n<ol class=\"govuk-list govuk-list--number\">\n<li>a</li>\n</ol>\n"
            + "<p class=\"govuk-body\"><a href=\"https://www.example.org\" class=\"govuk-link\" rel=\"noopener nofollow\">site</a></p>",
            html);
    }

    [Theory]
    [InlineData("[a](javascript:alert(1))", "The link “javascript:alert(1)” must start with https://, mailto: or tel:")]
    [InlineData("[a](/courses)", "The link “/courses” must start with https://, mailto: or tel:")]
    [InlineData("[a](//evil.example)", "The link “//evil.example” must start with https://, mailto: or tel:")]
    [InlineData("![a](https://x.example/a.png)", "Pictures cannot be shown here")]
    [InlineData("- fine\n- [also](https://www.example.org) and [this](mailto:a@example.org)", null)]
    public void WhyNot_Text_NamesWhatIsWrong(string text, string? wrong) => Assert.Equal(wrong, SafeMarkdown.WhyNot(text));

    [Fact]
    public void WhyNot_NestedTooDeeply_SaysSoAndThrowsNothing()
    {
        Assert.NotNull(SafeMarkdown.WhyNot(new string('>', 5000) + "a"));
        Assert.Null(SafeMarkdown.WhyNot(new string('*', 60) + "a"));
    }
}
