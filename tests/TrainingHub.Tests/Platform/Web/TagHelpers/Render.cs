using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform.Web;

namespace TrainingHub.Tests.Platform.Web.TagHelpers;

/// <summary>Runs one tag helper outside a page.</summary>
internal static class Render
{
    // No page of staff is known here, so no link is taken away.
    private static readonly ServiceProvider Services = new ServiceCollection().AddSingleton(new StaffRoutes(new DefaultEndpointDataSource([]))).BuildServiceProvider();

    public static ViewContext View(ModelStateDictionary? state = null) => new()
    {
        HttpContext = new DefaultHttpContext { RequestServices = Services },
        ViewData = new ViewDataDictionary(new EmptyModelMetadataProvider(), state ?? new ModelStateDictionary()),
    };

    public static async Task<string> HtmlAsync(
        TagHelper helper,
        IEnumerable<(string Name, string Value)>? attributes = null,
        IEnumerable<(TagHelper Helper, IHtmlContent? Inside)>? children = null,
        IHtmlContent? inside = null)
    {
        var items = new Dictionary<object, object>();
        var content = await ElementAsync(helper, items, attributes ?? [], async () =>
        {
            var html = new HtmlContentBuilder();
            foreach (var (child, childInside) in children ?? [])
            {
                var element = await ElementAsync(child, items, [], () => Task.FromResult(childInside ?? HtmlString.Empty));
                html.AppendHtml(element);
            }
            return inside is null ? html : html.AppendHtml(inside);
        });
        await using var writer = new StringWriter();
        content.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }

    private static async Task<TagHelperOutput> ElementAsync(
        TagHelper helper, Dictionary<object, object> items, IEnumerable<(string Name, string Value)> attributes, Func<Task<IHtmlContent>> inside)
    {
        var written = new TagHelperAttributeList(attributes.Select(attribute => new TagHelperAttribute(attribute.Name, attribute.Value)));
        var context = new TagHelperContext("test", written, items, Guid.NewGuid().ToString("N"));
        var output = new TagHelperOutput("test", written, async (_, _) =>
        {
            var content = new DefaultTagHelperContent();
            content.SetHtmlContent(await inside());
            return content;
        });
        helper.Init(context);
        await helper.ProcessAsync(context, output);
        if (output.TagName is not null && !output.IsContentModified)
        {
            output.Content = await output.GetChildContentAsync();
        }

        return output;
    }
}
