using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using TrainingHub.Emails;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Turns a message into HTML and text. The one file to change for Razor.Templating.Core in place of the framework's own
/// <see cref="HtmlRenderer"/>.
/// </summary>
internal sealed class EmailRenderer(Func<EmailBrand> brand) : IAsyncDisposable
{
    // All letters stay readable in the source: without this encoder "Siân" would be "Si&#xE2;n".
    private readonly ServiceProvider services = new ServiceCollection()
        .AddLogging()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .AddCascadingValue(_ => brand())
        .BuildServiceProvider();

    public async Task<(string Html, string Text)> RenderAsync(IEmailMessage message)
    {
        // One renderer for each email: a renderer keeps every component that it ever drew.
        // And one scope: what every email says of the partnership is as it is now.
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, services.GetRequiredService<ILoggerFactory>());
        var values = new Dictionary<string, object?> { [nameof(EmailOf<>.Message)] = message };
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var component = EmailCatalogue.Of(message).Component;
            return (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(values))).ToHtmlString();
        });
        return (html, EmailText.From(html));
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
