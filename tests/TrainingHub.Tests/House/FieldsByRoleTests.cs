using System.Net;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>
/// What a role must not read stands on none of the pages and files that it opens: every one is opened with the ids of a record that is like
/// nothing else.
/// </summary>
public sealed class FieldsByRoleTests(TestApp app) : IClassFixture<TestApp>
{
    public static TheoryData<string, string, string> Roles => new()
    {
        { nameof(StaffRole.Trainer), RouteWorld.Name, $"{RouteWorld.Email}|{RouteWorld.Price}|£|{RouteWorld.Comment}|{RouteWorld.Concern}|{RouteWorld.Outcome}|{RouteWorld.Quote}" },
        { nameof(StaffRole.Finance), $"{RouteWorld.Name}|{RouteWorld.Price}", $"{RouteWorld.Comment}|{RouteWorld.Concern}|{RouteWorld.Outcome}|{RouteWorld.Quote}" },
        { nameof(StaffRole.BookingOfficer), $"{RouteWorld.Name}|{RouteWorld.Email}|{RouteWorld.Quote}", $"{RouteWorld.Comment}|{RouteWorld.Concern}|{RouteWorld.Outcome}" },
        { nameof(StaffRole.SafeguardingLead), $"{RouteWorld.Concern}|{RouteWorld.Outcome}|{RouteWorld.Comment}|{RouteWorld.Quote}", $"{RouteWorld.Name}|{RouteWorld.Email}|{RouteWorld.Price}" },
        { nameof(StaffRole.LearningGroup), "", $"{RouteWorld.Name}|{RouteWorld.Email}|{RouteWorld.Price}|{RouteWorld.Comment}|{RouteWorld.Concern}|{RouteWorld.Outcome}|{RouteWorld.Quote}" },
        { nameof(StaffRole.Administrator), "", $"{RouteWorld.Name}|{RouteWorld.Email}|{RouteWorld.Price}|{RouteWorld.Comment}|{RouteWorld.Concern}|{RouteWorld.Outcome}|{RouteWorld.Quote}" },
        { nameof(StaffRole.Coordinator), $"{RouteWorld.Name}|{RouteWorld.Email}|{RouteWorld.Price}|{RouteWorld.Comment}|{RouteWorld.Quote}", $"{RouteWorld.Concern}|{RouteWorld.Outcome}" },
    };

    [Theory, MemberData(nameof(Roles))]
    public async Task Pages_OfARole_ShowWhatItIsForAndNothingElse(string name, string reads, string never)
    {
        var world = await RouteWorld.MakeAsync(app);
        var browser = await world.BrowseAsAsync(Enum.Parse<StaffRole>(name));
        List<(string Address, string Text)> opened = [];
        foreach (var address in AccessMatrix.Routes.Where(route => route.Value == Access.Staff).SelectMany(route => Addresses(world.AddressOf(route.Key))))
        {
            if (await browser.GetAsync(address) is { Status: HttpStatusCode.OK } page && IsText(page))
            {
                opened.Add((address, WebUtility.HtmlDecode(page.Text)));
            }
        }

        Assert.All(Parts(reads), wanted => Assert.Contains(opened, page => page.Text.Contains(wanted, StringComparison.OrdinalIgnoreCase)));
        Verdict.NoFaults(
            from page in opened
            from word in Parts(never)
            where page.Text.Contains(word, StringComparison.OrdinalIgnoreCase)
            select $"{name} reads “{word}” on {page.Address}");
    }

    private static bool IsText(TestPage page) => page.Response.Content.Headers.ContentType?.MediaType is "text/html" or "text/csv" or "text/plain";

    private static string[] Parts(string words) => words.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Addresses(string address) => address switch
    {
        "/staff/surveys/comments" => [address, address + "?show=concerns", address + "?show=read", address + "?q=canary", address + "?file=csv", address + "?show=read&file=csv"],
        "/staff/surveys/quotes" => [address, address + "?show=withdrawn", address + "?file=csv"],
        "/staff/search" => [address + "?q=quellwater", address + "?q=canary"],
        "/staff/history" or "/staff/emails" => [address, address + "?q=canary", address + "?file=csv"],
        _ => [address],
    };
}
