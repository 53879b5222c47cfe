using System.Collections.Concurrent;
using AngleSharp.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Syntax;
using Microsoft.AspNetCore.Html;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Text that staff write, as a safe part of a page: paragraphs, two levels of headings, lists, bold, italics, quotations and links. Of
/// Markdown's syntax no HTML is taken; what comes out is cleaned as if it were a stranger's, because Markdown lets links such as
/// "javascript:" through. Nothing that was typed is lost: what is not allowed stays as plain text.
/// </summary>
internal static class SafeMarkdown
{
    private const int MostRemembered = 500;
    private static readonly string[] Schemes = ["https", "mailto", "tel"];
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().Build();
    private static readonly HtmlSanitizer Sanitizer = MakeSanitizer();
    private static readonly ConcurrentDictionary<string, string> Remembered = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Classes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["p"] = "govuk-body",
        ["ul"] = "govuk-list govuk-list--bullet",
        ["ol"] = "govuk-list govuk-list--number",
        ["h3"] = "govuk-heading-s",
        ["h4"] = "govuk-heading-s",
        ["a"] = "govuk-link",
        ["blockquote"] = "govuk-inset-text",
    };

    /// <exception cref="ArgumentException">It is nested too deeply; <see cref="WhyNot"/> says so before it is kept.</exception>
    public static HtmlString Html(string markdown)
    {
        if (!Remembered.TryGetValue(markdown, out var html))
        {
            // Pages are made of the texts of a few dozen courses. Previews could fill this: then it starts anew.
            if (Remembered.Count >= MostRemembered)
            {
                Remembered.Clear();
            }

            html = Remembered[markdown] = Make(markdown);
        }

        return new HtmlString(html);
    }

    /// <summary>The same without any markup, a line for each paragraph and each item of a list, as an email says it.</summary>
    public static IReadOnlyList<string> Lines(string markdown) =>
        [.. Markdown.ToPlainText(markdown, Pipeline).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>What is wrong with a text in words for whoever typed it; null when it can be kept.</summary>
    public static string? WhyNot(string markdown)
    {
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            var wrong = document.Descendants<Markdig.Syntax.Inlines.LinkInline>().FirstOrDefault(link => link.IsImage || !IsAllowed(link.Url));
            return wrong switch
            {
                null => null,
                { IsImage: true } => "Pictures cannot be shown here",
                _ => $"The link “{Shortened(wrong.Url)}” must start with https://, mailto: or tel:",
            };
        }
        catch (ArgumentException)
        {
            return "Use fewer brackets, asterisks or quotation marks inside each other";
        }
    }

    private static string Make(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            // The page has its own h1, and an h2 above each text.
            heading.Level = heading.Level <= 2 ? 3 : 4;
        }

        return Sanitizer.Sanitize(document.ToHtml(Pipeline)).Trim();
    }

    private static HtmlSanitizer MakeSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string> { "p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "a", "blockquote" },
            AllowedAttributes = new HashSet<string> { "href", "start" },
            AllowedSchemes = new HashSet<string>(Schemes),
            UriAttributes = new HashSet<string> { "href" },
        })
        {
            KeepChildNodes = true,
        };
        sanitizer.PostProcessNode += (_, args) => Dress(args.Node);
        return sanitizer;
    }

    private static void Dress(INode node)
    {
        if (node is not IElement element)
        {
            return;
        }

        if (Classes.TryGetValue(element.LocalName, out var name))
        {
            element.SetAttribute("class", name);
        }

        if (element.LocalName == "a")
        {
            element.SetAttribute("rel", "noopener nofollow");
            if (!IsAllowed(element.GetAttribute("href")))
            {
                element.RemoveAttribute("href");
            }
        }
    }

    // In full: an address such as //elsewhere.example or /path would mean something else on another page.
    private static bool IsAllowed(string? address) =>
        address is not null && Uri.TryCreate(address, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme) && address.Contains(':', StringComparison.Ordinal);

    private static string Shortened(string? address) => address is { Length: > 60 } ? address[..60] + "…" : address ?? "";
}
