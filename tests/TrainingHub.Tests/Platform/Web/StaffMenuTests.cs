using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using TrainingHub.Platform.Web;
using TrainingHub.Tests.House;
using TrainingHub.Tests.Platform.Web.TagHelpers;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

public sealed partial class StaffMenuTests
{
    [Theory]
    [InlineData("/staff", "Today", "page", null)]
    [InlineData("/staff/dates/0197", "Programme", "true", "Dates")]
    [InlineData("/staff/waiting-lists", "Bookings", "true", "Waiting lists")]
    [InlineData("/staff/reports/income", "Money", "true", "Income")]
    [InlineData("/staff/reports/impact", "Impact", "true", "Reports")]
    [InlineData("/staff/surveys/comments", "Impact", "true", "Comments")]
    [InlineData("/staff/account", "Setup", "true", "Your account")]
    public void StaffMenu_OnAPage_NamesItsGroupAndThePage(string path, string group, string current, string? page)
    {
        var menu = MenuOf(path);

        var groups = Current(menu.Groups);
        var pages = Current(menu.PagesOfCurrent);

        Assert.Equal(group, menu.Current?.Text);
        Assert.Equal((current, group), Assert.Single(groups));
        Assert.Equal(page ?? "Today", Assert.Single(pages).Words);
    }

    [Fact]
    public void StaffMenu_OfAnAddressOfNoGroup_HasNoneOpen()
    {
        var menu = MenuOf("/elsewhere");

        Assert.Null(menu.Current);
        Assert.Empty(Current(menu.Groups));
    }

    // A page without a place in the menu is one that staff do not find. What a list leads to needs none, the search stands in every header, and
    // what asks for a proof comes by itself.
    [Fact]
    public void StaffMenu_PagesThatNeedNothing_AreInAGroup()
    {
        var pages = AccessMatrix.Routes.Where(route => route.Value == Access.Staff && route.Key is not ("staff/search" or "staff/confirm") && !route.Key.Contains('{') && !route.Key.Contains(' ')).Select(route => "/" + route.Key);

        Verdict.NoFaults(pages.Where(path => MenuOf(path).Current is null || (path != "/staff" && MenuOf(path).Current!.Text == "Today")));
    }

    [Fact]
    public void StaffMenu_PagesThatThePersonMayNotOpen_AreLeftOut()
    {
        var menu = MenuOf("/staff/reports/income", path => path is "/staff" or "/staff/invoices" or "/staff/reports/income");
        using var writer = new StringWriter();

        menu.Groups.WriteTo(writer, HtmlEncoder.Default);

        Assert.Equal(["Invoices", "Income"], menu.Current!.Pages.Select(page => page.Text));
        Assert.Contains("href=\"/staff/invoices\"", writer.ToString());
        Assert.DoesNotContain("Programme", writer.ToString());
        Assert.DoesNotContain("Setup", writer.ToString());
    }

    private static StaffMenu MenuOf(string path, Func<string, bool>? opens = null)
    {
        var view = Render.View();
        view.HttpContext.Request.Path = path;
        return new StaffMenu(view.HttpContext.Request, opens ?? (_ => true));
    }

    private static List<(string Current, string Words)> Current(IHtmlContent items)
    {
        using var writer = new StringWriter();
        items.WriteTo(writer, HtmlEncoder.Default);
        return [.. Marked().Matches(writer.ToString()).Select(item => (item.Groups["current"].Value, Tag().Replace(item.Groups["inside"].Value, "")))];
    }

    [GeneratedRegex("""aria-current="(?<current>[^"]+)">(?<inside>.*?)</a>""")]
    private static partial Regex Marked();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
