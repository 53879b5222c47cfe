using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace TrainingHub.StripeDouble;

/// <summary>
/// The page that stands where Stripe's own would: it asks for no card, says so, and offers each way a payment can end.
/// One HTML document without scripts and without anything from elsewhere.
/// </summary>
internal sealed class PayPage(Books books, Checkout checkout)
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly string Css = ReadCss();

    public async Task ShowAsync(HttpContext http, string id)
    {
        JsonObject? session;
        JsonArray items = [];
        lock (books.Gate)
        {
            if (checkout.CatchUp())
            {
                books.Save();
            }

            session = (JsonObject?)Find(id)?.DeepClone();
            if (session is not null)
            {
                items = (JsonArray)books.LineItems[id].DeepClone();
            }
        }
        if (session is null)
        {
            await WriteAsync(http, null, 404, "This payment page does not exist", "<p>Check that the whole address was copied.</p>");
        }
        else if ((string?)session["status"] != "open")
        {
            await WriteAsync(http, session, 200, Closed(session), Leave(session));
        }
        else
        {
            await ShowOpenAsync(http, session, items);
        }
    }

    /// <summary>Carries out what the buyer chose and sends the browser on.</summary>
    public async Task ChooseAsync(HttpContext http, string id)
    {
        var form = await http.Request.ReadFormAsync();
        lock (books.Gate)
        {
            checkout.CatchUp();
            if (Find(id) is not { } session || (string?)session["status"] != "open")
            {
                SeeOther(http, "/c/pay/" + id);
                return;
            }
            SeeOther(http, Choose(session, form["choice"].ToString()));
            books.Save();
        }
    }

    private string Choose(JsonObject session, string choice)
    {
        var page = "/c/pay/" + session["id"];
        switch (choice)
        {
            case "card":
                checkout.PayByCard(session);
                return SuccessUrl(session);
            case "bank":
                checkout.PayByBank(session, succeeds: true);
                return SuccessUrl(session);
            case "bank-fails":
                checkout.PayByBank(session, succeeds: false);
                return SuccessUrl(session);
            case "declined":
                checkout.Decline(session);
                return page + "?declined=1";
            default:
                return (string?)session["cancel_url"] ?? page;
        }
    }

    private static async Task ShowOpenAsync(HttpContext http, JsonObject session, JsonArray items)
    {
        var declined = http.Request.Query.ContainsKey("declined");
        var html = new StringBuilder();
        if (declined)
        {
            html.Append("<div class=\"error\" role=\"alert\"><h2>Your card was declined</h2><p>Nothing was taken. You can try again or go back.</p></div>");
        }

        html.Append("<h2>What you are paying for</h2><dl>");
        foreach (var item in items)
        {
            html.Append(British, $"<div><dt>{Text(item!["description"])}{Times(item)}</dt><dd>{Money((long)item["amount_total"]!, item["currency"])}</dd></div>");
        }

        html.Append(British, $"<div class=\"total\"><dt>Total</dt><dd>{Money((long)session["amount_total"]!, session["currency"])}</dd></div></dl>");
        html.Append("""
            <form method="post">
            <h2>How should this payment end?</h2>
            <button class="main" name="choice" value="card">Pay by card</button>
            <button name="choice" value="bank">Pay by bank, arrives later</button>
            <button name="choice" value="bank-fails">Pay by bank, fails later</button>
            <button name="choice" value="declined">Have the card declined</button>
            """);
        html.Append(session["cancel_url"] is null ? "</form>" : "<button class=\"back\" name=\"choice\" value=\"back\">Go back without paying</button></form>");
        await WriteAsync(http, session, 200, "Test card page", html.ToString(), declined ? "Error: " : "");
    }

    private static async Task WriteAsync(HttpContext http, JsonObject? session, int status, string heading, string body, string prefix = "")
    {
        var nonce = RandomNumberGenerator.GetHexString(16);
        var origins = string.Join(' ', new[] { session?["success_url"], session?["cancel_url"] }
            .Where(url => url is not null).Select(url => new Uri((string)url!).GetLeftPart(UriPartial.Authority)).Distinct());
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; img-src data:; style-src 'nonce-{nonce}'; form-action 'self' {origins}; base-uri 'none'; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="en-GB">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{prefix}{heading}</title>
            <link rel="icon" href="data:,">
            <style nonce="{nonce}">{Css}</style>
            </head>
            <body>
            <header><p><strong>Test</strong> No real money moves here. Do not enter a card number anywhere.</p></header>
            <main>
            <h1>{heading}</h1>
            {body}
            </main>
            <footer><p>This page stands in for Stripe’s payment page while the training site is being tried out.</p></footer>
            </body>
            </html>
            """);
    }

    private JsonObject? Find(string id) => books.NewestFirst("checkout.session").FirstOrDefault(one => (string?)one["id"] == id);

    private static void SeeOther(HttpContext http, string location)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = location;
    }

    private static string SuccessUrl(JsonObject session) =>
        ((string)session["success_url"]!).Replace("{CHECKOUT_SESSION_ID}", (string)session["id"]!, StringComparison.Ordinal);

    private static string Closed(JsonObject session) => (string?)session["status"] == "complete"
        ? "This payment has already been made"
        : "This payment page has closed";

    private static string Leave(JsonObject session)
    {
        var complete = (string?)session["status"] == "complete";
        var url = complete ? SuccessUrl(session) : (string?)session["cancel_url"];
        var words = complete ? "Nothing more will be taken." : "It was open for a limited time. Nothing was taken.";
        return url is null ? $"<p>{words}</p>" : $"<p>{words}</p><p><a href=\"{HtmlEncoder.Default.Encode(url)}\">Return to the training site</a></p>";
    }

    private static string Times(JsonNode item) => (long)item["quantity"]! == 1 ? "" : $" × {item["quantity"]}";

    private static string Money(long pence, JsonNode? currency) => (string?)currency == "gbp"
        ? string.Create(British, $"£{pence / 100:N0}.{pence % 100:00}")
        : string.Create(British, $"{pence / 100:N0}.{pence % 100:00} {((string?)currency)?.ToUpperInvariant()}");

    private static string Text(JsonNode? node) => HtmlEncoder.Default.Encode((string?)node ?? "");

    private static string ReadCss()
    {
        using var stream = typeof(PayPage).Assembly.GetManifestResourceStream("pay-page.css")
            ?? throw new InvalidOperationException("pay-page.css is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
