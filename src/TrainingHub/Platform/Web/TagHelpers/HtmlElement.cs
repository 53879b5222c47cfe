using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// One element, written in the order in which it was said. A form has a hundred of them; the framework's builder keeps a sorted
/// dictionary of attributes for each.
/// </summary>
internal sealed class HtmlElement(string name, bool isVoid) : IHtmlContent
{
    private readonly List<(string Name, string Value)> attributes = new(6);
    private List<object>? inside;

    public string? this[string attribute]
    {
        get => attributes.Find(known => known.Name == attribute).Value;
        set
        {
            var at = attributes.FindIndex(known => known.Name == attribute);
            if (at >= 0)
            {
                attributes.RemoveAt(at);
            }

            if (value is not null)
            {
                attributes.Insert(at >= 0 ? at : attributes.Count, (attribute, value));
            }
        }
    }

    /// <summary>Text is encoded, <see cref="IHtmlContent"/> is written as it is.</summary>
    public HtmlElement Add(object? content)
    {
        if (content is not null)
        {
            (inside ??= []).Add(content);
        }

        return this;
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write('<');
        writer.Write(name);
        foreach (var (attribute, value) in attributes)
        {
            writer.Write(' ');
            writer.Write(attribute);
            writer.Write("=\"");
            encoder.Encode(writer, value);
            writer.Write('"');
        }
        writer.Write('>');
        if (isVoid)
        {
            return;
        }

        foreach (var part in inside ?? [])
        {
            if (part is IHtmlContent html)
            {
                html.WriteTo(writer, encoder);
            }
            else
            {
                encoder.Encode(writer, part.ToString() ?? "");
            }
        }
        writer.Write("</");
        writer.Write(name);
        writer.Write('>');
    }
}
