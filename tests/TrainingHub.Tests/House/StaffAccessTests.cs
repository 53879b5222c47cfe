using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>
/// Which role opens which page of staff, asked of the running application: the table in the People room's README is what it answers, and
/// every role is let in or refused as the table says, to read and to act.
/// </summary>
public sealed class StaffAccessTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Begin = "<!-- access: made by StaffAccessTests -->";
    private const string End = "<!-- access: end -->";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Table_InTheReadme_IsWhatTheApplicationAnswers()
    {
        var readme = File.ReadAllText(Path.Combine(SourceTree.Root, "src/TrainingHub/People/README.md"));

        var (from, to) = (readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, readme.IndexOf(End, StringComparison.Ordinal));
        var written = to < from ? "" : readme[from..to].Trim();

        Assert.True(written == Table(), $"The table in src/TrainingHub/People/README.md is not what the application answers. It should be:\n{Table()}");
    }

    [Fact]
    public void Routes_OfStaff_SayForWhomTheyAre()
    {
        // What everybody needs who is signed in at all, also with a one-time password.
        string[] own = ["staff/account"];

        var silent = AccessMatrix.Routes.Where(route => route.Value == Access.Staff).Select(route => route.Key)
            .Except(Pages().Select(page => page.Route)).Except(own);

        Verdict.NoFaults(silent);
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task EveryRouteAndVerb_AskedByARole_AnswersAsTheTableSays(string name)
    {
        var role = Enum.Parse<StaffRole>(name);
        var areas = await app.WithAsync((TrainingHubDb db) => db.Areas.Select(area => area.Id).Take(1).ToListAsync(Ct));
        var browser = await app.BrowseAsAsync([role], areas);
        var faults = new List<string>();
        foreach (var page in Pages())
        {
            var address = AccessMatrix.Example(page.Route);
            if (page.Verbs.Contains("GET"))
            {
                Judge(page, "GET", Reads(page, role), (await browser.GetAsync(address)).Status);
            }

            if (page.Verbs.Contains("POST"))
            {
                // Without its token nothing happens; who may act is asked before the token is.
                Judge(page, "POST", Acts(page, role), (await browser.PostAsync(address, [])).Status);
            }
        }

        Verdict.NoFaults(faults);

        void Judge(Page page, string verb, bool isLetIn, HttpStatusCode status)
        {
            if (isLetIn == (status == HttpStatusCode.Forbidden))
            {
                faults.Add($"{verb} {page.Route}: {name} {(isLetIn ? "may" : "may not")}, and is answered {(int)status}");
            }
        }
    }

    public static TheoryData<string> Roles => [.. StaffRoles.All.Select(role => role.ToString())];

    private static bool Reads(Page page, StaffRole role) => Allows(page.For.Read, role);

    private static bool Acts(Page page, StaffRole role) => Allows(page.For.Act, role);

    private static bool Allows(IReadOnlyCollection<StaffRight> rights, StaffRole role) => rights.Count == 0 || rights.Any(right => role.May(right));

    private string Table()
    {
        var table = new StringBuilder("| address |");
        table.AppendJoin("", StaffRoles.All.Select(role => $" {role.Words()} |")).Append("\n| --- |");
        table.AppendJoin("", StaffRoles.All.Select(_ => " --- |"));
        foreach (var page in Pages().OrderBy(page => Address(page), StringComparer.Ordinal))
        {
            table.Append($"\n| `{Address(page)}` |");
            table.AppendJoin("", StaffRoles.All.Select(role => (Reads(page, role), Acts(page, role) && page.Verbs.Contains("POST")) switch
            {
                (true, true) => " acts |",
                (true, false) => " reads |",
                (false, true) => " sends |",
                _ => " |",
            }));
        }

        return table.ToString();
    }

    private static string Address(Page page) => "/" + page.Route.Split(' ')[^1];

    private List<Page> Pages() => [.. app.Services.GetServices<EndpointDataSource>()
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Select(endpoint => (Endpoint: endpoint, For: endpoint.Metadata.GetMetadata<ForStaffAttribute>()))
        .Where(route => route.For is not null)
        .Select(route => new Page(AccessMatrixTests.Name(route.Endpoint), route.For!, Verbs(route.Endpoint)))
        .DistinctBy(page => page.Route)];

    private static string[] Verbs(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null
        ? ["GET"]
        : endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>()?.HandlerMethods.Any(method => method.HttpMethod == "Post") == false ? ["GET"] : ["GET", "POST"];

    private sealed record Page(string Route, ForStaffAttribute For, string[] Verbs);
}
