using System.Net;
using System.Net.Http.Headers;
using System.Text;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>What no browser sends, thrown at every address as staff: each is refused or read, none is a fault of ours.</summary>
public sealed class HostileShapesTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] Names =
    [
        "page", "state", "about", "show", "from", "to", "year", "area", "course", "sector", "q", "search", "place", "date", "taken", "left", "number",
        "action", "ReturnUrl", "id", "kind", "when", "where", "month", "price", "restart", "refused",
    ];

    [Theory]
    [InlineData("%00")]
    [InlineData("%ED%A0%80")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("0001-01-01")]
    [InlineData("")]
    public async Task Query_OfAnyShape_IsNoFault(string value)
    {
        var browser = await app.BrowseAsStaffAsync();
        var query = string.Join('&', Names.Select(name => $"{name}={value}"));

        foreach (var address in Addresses())
        {
            await RefusedOrReadAsync(browser, new(HttpMethod.Get, $"{address}?{query}"));
        }
    }

    [Theory]
    [InlineData("0001-01-01", "0001-12-31")]
    [InlineData("9999-01-01", "9999-12-31")]
    [InlineData("0001-01-01", "")]
    public async Task Report_OverYearsThatNobodyMeans_SaysWhichDateIsWrong(string from, string to)
    {
        var browser = await app.BrowseAsStaffAsync();

        var page = await browser.GetAsync($"/staff/reports/programme?from={from}&to={to}");
        var file = await browser.GetAsync($"/staff/reports/programme.csv?from={from}&to={to}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(page.Errors, error => error.Contains("is not a date", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, file.Status);
    }

    [Theory]
    [InlineData("charset of a form")]
    [InlineData("charset that does not exist")]
    [InlineData("charset of a part")]
    [InlineData("NUL in a file's name")]
    [InlineData("NUL in a field's name")]
    [InlineData("too many fields")]
    [InlineData("no boundary")]
    [InlineData("cut off")]
    public async Task Form_OfAnyShape_IsNoFault(string shape)
    {
        var browser = await app.BrowseAsStaffAsync();

        foreach (var address in Addresses())
        {
            await RefusedOrReadAsync(browser, new(HttpMethod.Post, address) { Content = Shaped(shape) });
        }
    }

    [Theory]
    [InlineData("charset of a form")]
    [InlineData("NUL in a file's name")]
    [InlineData("too many fields")]
    public async Task Form_ThatCannotBeRead_SaysSo(string shape)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = Shaped(shape) };

        var page = await app.Browse().SendAsync(request);

        Assert.Equal((HttpStatusCode.BadRequest, "We could not read what was sent"), (page.Status, page.Heading));
    }

    [Theory]
    [InlineData("remove--1")]
    [InlineData("remove-2147483648")]
    [InlineData("remove-")]
    [InlineData("remove-7")]
    [InlineData("add-1")]
    [InlineData("-")]
    public async Task BookingForm_ActionOfAnyShape_KeepsThePeople(string action)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        var two = await (await app.Browse().GetAsync($"/dates/{run}/book")).SubmitAsync(button: "Add another person");
        var fields = two.Fields(_ => { }).Append(new("action", action));

        var page = await two.Browser.PostAsync($"/dates/{run}/book", fields);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(2, page.Document.QuerySelectorAll("input[name$='.Name']").Length);
    }

    private static IEnumerable<string> Addresses() => AccessMatrix.Routes.Keys
        .Where(route => !route.StartsWith("dev", StringComparison.Ordinal) && !route.Contains("sign-out", StringComparison.Ordinal))
        .Select(AccessMatrix.Example)
        .Distinct();

    private static async Task RefusedOrReadAsync(TestBrowser browser, HttpRequestMessage request)
    {
        using (request)
        {
            var page = await browser.SendAsync(request);
            Assert.True((int)page.Status < 500, $"{request.Method} {request.RequestUri} answers {(int)page.Status}");
        }
    }

    private static ByteArrayContent Shaped(string shape) => shape switch
    {
        "charset of a form" => Text("a=1", "application/x-www-form-urlencoded; charset=utf-7"),
        "charset that does not exist" => Text("a=1", "application/x-www-form-urlencoded; charset=klingon"),
        "charset of a part" => Parts("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n1\r\n"),
        "NUL in a file's name" => Parts("Content-Disposition: form-data; name=\"Upload\"; filename=\"a\0.csv\"\r\nContent-Type: text/csv\r\n\r\n1\r\n"),
        "NUL in a field's name" => Parts("Content-Disposition: form-data; name=\"a\0\"\r\n\r\n1\r\n"),
        "too many fields" => Text(string.Join('&', Enumerable.Range(0, 3000).Select(i => $"a{i}=1")), "application/x-www-form-urlencoded"),
        "no boundary" => Text("a=1", "multipart/form-data"),
        _ => Text("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1", "multipart/form-data; boundary=x"),
    };

    private static ByteArrayContent Parts(string part) => Text($"--x\r\n{part}--x--\r\n", "multipart/form-data; boundary=x");

    private static ByteArrayContent Text(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
