using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.Platform.Web;

/// <summary>
/// The staff side in five groups, the dates of a trainer, and what is seldom needed behind a cog, as far as the person may open it. A group leads to its first page; under the header stand
/// the pages of the group that is open. The current page is the one with the longest address that the asked one is at or below.
/// </summary>
internal sealed class StaffMenu
{
    internal sealed record Item(string Path, string Text);

    internal sealed record Group(string Text, IReadOnlyList<Item> Pages);

    private const string Today = "/staff";

    private static readonly Group Setup = new(
        "Setup",
        [
            new("/staff/settings", "Settings"),
            new("/staff/emails", "Emails"),
            new("/staff/mail", "Mail server"),
            new("/staff/jobs", "Automatic work"),
            new("/staff/import", "Import"),
            new("/staff/history", "History"),
            new("/staff/data-requests", "Data requests"),
            new("/staff/retention", "Retention"),
            new("/staff/audit", "Checks"),
            new("/staff/staff", "Staff"),
            new("/staff/account", "Your account"),
            new("/staff/help", "Help"),
        ]);

    private static readonly IReadOnlyList<Group> All =
    [
        new("Today", [new(Today, "Today")]),
        new("My dates", [new("/staff/door", "My dates")]),
        new("Programme", [new("/staff/dates", "Dates"), new("/staff/courses", "Courses"), new("/staff/programmes", "Programmes"), new("/staff/venues", "Venues"), new("/staff/providers", "Providers"), new("/staff/learning", "Learning"), new("/staff/resources", "Toolkits and briefings"), new("/staff/school-holidays", "School holidays"), new("/staff/search-words", "Search words"), new("/staff/postcode-districts", "Postcodes")]),
        new(
            "Bookings",
            [
                new("/staff/bookings", "Bookings"),
                new("/staff/waiting-lists", "Waiting lists"),
                new("/staff/free-places", "Free places"),
                new("/staff/certificates", "Certificates"),
                new("/staff/people", "People"),
                new("/staff/organisations", "Organisations"),
                new("/staff/messages", "Messages"),
            ]),
        new("Money", [new("/staff/payments", "Payments"), new("/staff/payments/to-do", "To do"), new("/staff/invoices", "Invoices"), new("/staff/bank", "Bank"), new("/staff/aged-debt", "Aged debt"), new("/staff/month-close", "Month close"), new("/staff/charges", "Charges"), new("/staff/reports/income", "Income"), new("/staff/fees", "Fees"), new("/staff/cancellation", "Cancellation")]),
        new("Impact", [new("/staff/surveys", "Surveys"), new("/staff/surveys/comments", "Comments"), new("/staff/reports", "Reports")]),
        Setup,
    ];

    private readonly HttpRequest request;
    private readonly IReadOnlyList<Group> groups;
    private readonly Item? page;

    /// <param name="request">For the page that is asked for.</param>
    /// <param name="opens">Whether the person may open an address.</param>
    public StaffMenu(HttpRequest request, Func<string, bool> opens)
    {
        this.request = request;
        groups = [.. All.Select(group => group with { Pages = [.. group.Pages.Where(page => opens(page.Path))] }).Where(group => group.Pages.Count > 0)];
        foreach (var group in groups)
        {
            foreach (var item in group.Pages)
            {
                if (CurrentOf(item) is not null && item.Path.Length > (page?.Path.Length ?? 0))
                {
                    (Current, page) = (group, item);
                }
            }
        }
    }

    /// <summary>The group that the asked page belongs to; null for one of none.</summary>
    public Group? Current { get; }

    public IHtmlContent Groups => new Written(groups.Select(group => NavItem.Item(
        request, group.Pages[0].Path, group.Text == Setup.Text ? Cog(group.Text) : group.Text,
        group != Current ? null : group.Pages.Count == 1 ? "page" : "true")));

    public IHtmlContent PagesOfCurrent => new Written((Current?.Pages ?? []).Select(item => NavItem.Item(
        request, item.Path, item.Text, item == page ? CurrentOf(item) : null)));

    private static HtmlContentBuilder Cog(string text) => Html.All(
        Html.El(
            "svg",
            Html.El("path", null, ("d", "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Zm0-5.5v3m0 12v3M1 10h3m12 0h3M3.6 3.6l2.2 2.2m8.4 8.4 2.2 2.2M3.6 16.4l2.2-2.2m8.4-8.4 2.2-2.2")),
            ("class", "app-menu__cog"), ("viewBox", "0 0 20 20"), ("fill", "none"), ("stroke", "currentColor"), ("stroke-width", "2"),
            ("aria-hidden", "true"), ("focusable", "false")),
        Html.El("span", text, ("class", "app-menu__word")));

    private string? CurrentOf(Item item) => NavItem.CurrentOf(request, item.Path, isExact: item.Path == Today);

    private sealed class Written(IEnumerable<IHtmlContent> items) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            foreach (var item in items)
            {
                item.WriteTo(writer, encoder);
            }
        }
    }
}
