using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace TrainingHub.Platform.Email;

/// <summary>
/// The text part of an email, made from its HTML so that the two cannot differ: a row of a table becomes "name: value",
/// a link "words: address", a list item a dash.
/// </summary>
internal static partial class EmailText
{
    public static string From(string html)
    {
        var document = new HtmlParser().ParseDocument(html);
        var text = new StringBuilder();
        foreach (var node in document.Body!.ChildNodes)
        {
            Add(text, node);
        }

        var lines = SpacesAroundBreak().Replace(Spaces().Replace(text.ToString(), " "), "\n");
        return ManyBreaks().Replace(lines, "\n\n").Trim() + "\n";
    }

    private static void Add(StringBuilder text, INode node)
    {
        if (node is IText words)
        {
            text.Append(WhiteSpace().Replace(words.Data, " "));
        }
        else if (node is IElement element)
        {
            Add(text, element);
        }
    }

    private static void Add(StringBuilder text, IElement element)
    {
        text.Append(Before(element));
        foreach (var child in element.ChildNodes)
        {
            Add(text, child);
        }

        text.Append(After(element));
    }

    private static string Before(IElement element) => element.LocalName switch
    {
        "li" => "\n- ",
        "h1" or "h2" or "p" or "table" or "ul" => "\n\n",
        "tr" when element.HasAttribute("data-group") => "\n\n",
        "tr" or "br" => "\n",
        _ => "",
    };

    private static string After(IElement element) => element.LocalName switch
    {
        "th" => ": ",
        "a" => Address(element),
        "h1" => "\n" + new string('=', element.TextContent.Trim().Length) + "\n\n",
        "h2" => "\n",
        "p" or "table" or "ul" => "\n\n",
        _ => "",
    };

    private static string Address(IElement link)
    {
        var address = link.GetAttribute("href") ?? "";
        if (address.StartsWith("tel:", StringComparison.Ordinal))
        {
            return "";
        }

        var bare = address.StartsWith("mailto:", StringComparison.Ordinal) ? address["mailto:".Length..] : address;
        return bare == link.TextContent.Trim() ? "" : $": {bare}";
    }

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();

    [GeneratedRegex(@" *\n *")]
    private static partial Regex SpacesAroundBreak();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex ManyBreaks();
}
