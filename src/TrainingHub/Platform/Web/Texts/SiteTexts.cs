using Microsoft.AspNetCore.Html;

namespace TrainingHub.Platform.Web;

/// <summary>What a page shows of a text: the partnership's words, or the standard ones.</summary>
internal static class SiteTexts
{
    /// <summary>The Markdown in force, with its fields unfilled.</summary>
    public static string TextOf(this SiteOptions site, SiteText text) =>
        site.Texts.TryGetValue(text.Key, out var own) && !string.IsNullOrWhiteSpace(own) ? own : text.Standard;

    public static bool HasOwn(this SiteOptions site, SiteText text) => site.TextOf(text) != text.Standard;

    /// <summary>As a part of a page; empty when nothing is said.</summary>
    public static HtmlString Words(this SiteOptions site, SiteText text) => Html(site, site.TextOf(text));

    public static HtmlString Html(SiteOptions site, string markdown) =>
        markdown.Length == 0 ? HtmlString.Empty : SafeMarkdown.Html(TextFields.Fill(markdown, site));

    /// <summary>What is wrong with a text in words for whoever typed it; null when it can be published.</summary>
    public static string? WhyNot(string markdown, SiteOptions site) =>
        markdown.Length > SiteText.Length ? $"The text must be {SiteText.Length:N0} characters or fewer"
        : TextFields.WhyNot(markdown) ?? SafeMarkdown.WhyNot(markdown) ?? SafeMarkdown.WhyNot(TextFields.Fill(markdown, site));

    /// <summary>The same for the notice above all public pages, which is a few lines.</summary>
    public static string? WhyNotNotice(string markdown, SiteOptions site) =>
        markdown.Length > SiteOptions.NoticeLength ? $"The notice must be {SiteOptions.NoticeLength} characters or fewer"
        : markdown.Split('\n').Any(line => line.TrimStart().StartsWith('#')) ? "A notice has no headings. Make words **bold** instead"
        : WhyNot(markdown, site);
}
