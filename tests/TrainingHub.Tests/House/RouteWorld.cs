using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using TrainingHub.Surveys;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.House;

/// <summary>A page and what it answers.</summary>
/// <param name="Handlers">Of its POST, by name; "" for the one without.</param>
internal sealed record RoutedPage(string Pattern, ForStaffAttribute? Staff, IReadOnlyList<string> Handlers);

/// <summary>
/// A record of every kind, whose ids fill the addresses of the running application. What its people are called, pay and wrote is like nothing
/// else, so that it is found wherever it is shown.
/// </summary>
internal sealed partial class RouteWorld(TestApp app)
{
    public const string Name = "Zaphira Quellwater";
    public const string Email = "zaphira@quellwater.example";
    public const string Price = "543.21";
    public const string Comment = "Canary of a comment";
    public const string Concern = "Canary of a concern";
    public const string Outcome = "Canary of an outcome";
    public const string Quote = "Canary of a quote";

    private Guid run, provider, course, venue, organisation, person, email, message, waiting, concern, comment, theme, application, evidence, policy, bankFile, bankLine, certificate, difference;

    private string invoice = "";

    public string Reference { get; private set; } = "";
    public Guid Place { get; private set; }
    public Guid Run => run;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<RouteWorld> MakeAsync(TestApp app)
    {
        var world = new RouteWorld(app);
        await app.AddStaffAsync();
        var given = app.Given;
        (world.provider, world.venue) = ((await given.ProviderAsync()).Id, (await given.VenueAsync()).Id);
        world.course = (await given.CourseAsync(pricePence: 54321)).Id;
        var date = await given.RunAsync(world.course, London.DateOf(app.Clock.Now));
        world.run = date.Id;
        await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(one => one.Id == date.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.ProviderId, world.provider), Ct));
        var made = (await given.PlacesAsync(date, new GivenDelegate(Name) { Email = Email, PricePence = 54321, Method = PaymentMethod.Invoice }))[0];
        (world.Reference, world.Place, world.person) = (made.Booking.Reference, made.Place.Id, made.Person.Id);
        await given.MarkAsync(world.Place, app.Clock.Now);
        world.certificate = (await given.CertificateAsync(world.Place, app.Clock.Now)).Id;
        world.invoice = (await given.InvoiceAsync(
            made.Booking.Id, 90001 + await app.WithAsync((TrainingHubDb db) => db.Invoices.CountAsync(Ct)), 54321, London.DateOf(app.Clock.Now))).NumberWords;
        world.organisation = (await given.OrganisationAsync($"Quellwater School {Guid.NewGuid():N}", isApproved: true)).Id;
        world.email = (await given.EmailAsync("X", TrainingHub.Platform.Email.EmailState.Sent)).Id;
        await given.WaitingAsync(date.Id, Name, Email);
        await given.MessageAsync("Quellwater parking", "Where to park");
        await given.CommentsAsync(CommentState.Unread, Comment);
        await given.CommentsAsync(CommentState.Read, Comment + " read");
        await given.CommentsAsync(CommentState.Concern, Concern);
        await world.ConcernAsync();
        world.application = (await given.ApplicationAsync("Quellwater Toddlers")).Id;
        world.evidence = (await given.EvidenceAsync(world.application)).Id;
        world.policy = await app.WithAsync((TrainingHubDb db) => db.FreePlacePolicies.Select(one => one.Id).FirstAsync(Ct));
        (world.waiting, world.message, world.comment) = await app.WithAsync(async (TrainingHubDb db) => (
            await db.WaitingListEntries.Select(one => one.Id).FirstAsync(Ct),
            await db.DateMessages.Select(one => one.Id).FirstAsync(Ct),
            await db.SurveyComments.Where(one => one.State == CommentState.Read).Select(one => one.Id).FirstAsync(Ct)));
        var money = await given.BankLineAsync($"EXAMPLE PAYER {Guid.NewGuid():N}", 1000, London.DateOf(app.Clock.Now));
        (world.bankFile, world.bankLine) = (money.FileId, money.Id);
        world.difference = (await given.DifferenceAsync($"cs_{Guid.NewGuid():N}", ours: null, new(54321, "gbp"))).Id;
        return world;
    }

    // With words of the lead's in each place that takes some, and with an identity that waits for a second person.
    private async Task ConcernAsync()
    {
        var lead = new Actor(await app.Given.StaffAsync(), "Lena Lead");
        concern = await app.WithAsync((TrainingHubDb db) => db.Concerns.OrderBy(one => one.Id).Select(one => one.Id).LastAsync(Ct));
        theme = await app.WithAsync((TrainingHubDb db) => db.CommentThemes.Select(one => one.Id).FirstAsync(Ct));
        await app.WithAsync((HandleConcern handle) => handle.NoteAsync(concern, Guid.NewGuid(), $"{Outcome} in a note", lead, Ct));
        await app.WithAsync((HandleConcern handle) => handle.AcknowledgeAsync(concern, lead, Ct));
        await app.WithAsync((HandleConcern handle) => handle.CloseAsync(concern, Outcome, lead, Ct));
        await app.WithAsync((HandleConcern handle) => handle.ReferAsync(concern, Outcome, lead, Ct));
        var read = await app.WithAsync((TrainingHubDb db) => db.SurveyComments.Where(one => one.Text == Comment + " read").OrderByDescending(one => one.Id).Select(one => one.Id).FirstAsync(Ct));
        await app.WithAsync((KeepQuotes quotes) => quotes.ProposeAsync(read, Quote, lead, Ct));
        var quote = await app.WithAsync((TrainingHubDb db) => db.SurveyQuotes.Where(one => one.CommentId == read).Select(one => one.Id).SingleAsync(Ct));
        Assert.Equal(QuoteResult.Done, await app.WithAsync((KeepQuotes quotes) => quotes.ApproveAsync(quote, lead, Ct)));
    }

    /// <returns>A browser in which somebody new with this role is signed in: the trainer of the date, or of the first area.</returns>
    public async Task<TestBrowser> BrowseAsAsync(params StaffRole[] roles)
    {
        var areas = await app.WithAsync((TrainingHubDb db) => db.Areas.OrderBy(area => area.SortOrder).Select(area => area.Id).Take(1).ToListAsync(Ct));
        if (roles is [StaffRole.Trainer])
        {
            return await app.BrowseAsTrainerAsync(provider);
        }

        return await app.BrowseAsAsync(roles, areas);
    }

    /// <summary>All pages of the application, with their handlers.</summary>
    public static async Task<IReadOnlyList<RoutedPage>> PagesAsync(TestApp app)
    {
        var loader = app.Services.GetRequiredService<PageLoader>();
        List<RoutedPage> pages = [];
        foreach (var endpoint in app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, endpoint.Metadata);
                pages.Add(new(
                    endpoint.RoutePattern.RawText ?? "", compiled.Endpoint?.Metadata.GetMetadata<ForStaffAttribute>(),
                    [.. compiled.HandlerMethods.Where(handler => handler.HttpMethod == "Post").Select(handler => handler.Name ?? "")]));
            }
        }

        return [.. pages.DistinctBy(page => page.Pattern)];
    }

    /// <param name="route">As <see cref="AccessMatrix"/> or the application names it.</param>
    /// <returns>Its address, about the records of this world.</returns>
    public string AddressOf(string route)
    {
        var pattern = route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimStart('/');
        return "/" + Parameter().Replace(pattern, match => ValueOf(pattern, match.Groups["name"].Value));
    }

    /// <summary>All that is stored and that somebody's visit must not change.</summary>
    public async Task<IReadOnlyList<string>> StoredAsync()
    {
        // A session says when it was last used, and history what was taken and refused.
        string[] ownPace = ["staff_sessions", "recent_tries", "data_protection_keys", "history_entries", "history_waiting"];
        List<string> stored = [];
        foreach (var table in await Tables.ListAsync(app, "select tablename from pg_tables where schemaname = 'public' order by 1"))
        {
            if (!ownPace.Contains(table))
            {
                stored.Add($"{table}: {(await Tables.ListAsync(app, $"select coalesce(md5(string_agg(one::text, '|' order by one::text)), '') from {table} one"))[0]}");
            }
        }

        return stored;
    }

    private string ValueOf(string pattern, string parameter) => parameter switch
    {
        "run" => run.ToString(),
        "reference" => Reference,
        "place" => Place.ToString(),
        "number" => invoice,
        "provider" => provider.ToString(),
        "invitation" or "upload" or "user" => Guid.Empty.ToString(),
        "code" when pattern.StartsWith("error/", StringComparison.Ordinal) => "404",
        "list" => "areas",
        "text" => "privacy",
        "kind" => "programme",
        "path" => "robots.txt",
        "to" or "handler" or "year" or "of" => "",
        "act" => "note",
        "id" => IdOf(pattern),
        _ => "x",
    };

    private string IdOf(string pattern) => pattern.Split('/')[1] switch
    {
        "courses" => course.ToString(),
        "certificates" => certificate.ToString(),
        "venues" => venue.ToString(),
        "providers" when !pattern.Contains("trainers", StringComparison.Ordinal) => provider.ToString(),
        "people" => person.ToString(),
        "organisations" => organisation.ToString(),
        "emails" => email.ToString(),
        "messages" => message.ToString(),
        "waiting-lists" => waiting.ToString(),
        "surveys" => (pattern.Contains("concerns", StringComparison.Ordinal) ? concern : pattern.Contains("themes/{", StringComparison.Ordinal) ? theme : comment).ToString(),
        "free-places" => pattern.Contains("evidence", StringComparison.Ordinal) ? evidence.ToString() : pattern.Contains("policies", StringComparison.Ordinal) ? policy.ToString()
            : pattern.Contains("awards", StringComparison.Ordinal) ? Guid.Empty.ToString() : application.ToString(),
        "differences" => difference.ToString(),
        "bank" => (pattern.Contains("files", StringComparison.Ordinal) ? bankFile : bankLine).ToString(),
        "learning" when !pattern.Contains("{id:guid}", StringComparison.Ordinal) => "new",
        "dates" or "resources" or "providers" or "programmes" or "school-holidays" or "fees" or "settings" => "new",
        _ => Guid.Empty.ToString(),
    };

    [GeneratedRegex(@"\{\*{0,2}(?<name>[a-z]+)[^}]*\}")]
    private static partial Regex Parameter();
}
