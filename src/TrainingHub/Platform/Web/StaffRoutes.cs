using System.Security.Claims;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Routing.Template;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Which addresses of the staff side a person may open, asked of the pages themselves: so that nobody is offered a link that answers
/// "not you". What a page shows or does is guarded by the page; this only keeps what leads nowhere from being shown.
/// </summary>
internal sealed class StaffRoutes(EndpointDataSource endpoints)
{
    private sealed record Route(TemplateMatcher Matcher, ForStaffAttribute Page);

    private readonly Lazy<ILookup<string, Route>> routes = new(() => endpoints.Endpoints.OfType<RouteEndpoint>()
        .OrderBy(endpoint => endpoint.Order).ThenBy(endpoint => endpoint.RoutePattern.InboundPrecedence)
        .Select(endpoint => (endpoint.RoutePattern, Page: endpoint.Metadata.GetMetadata<ForStaffAttribute>()))
        .Where(route => route.Page is not null && route.RoutePattern.RawText is not null)
        .ToLookup(
            route => SecondSegment("/" + route.RoutePattern.RawText!.TrimStart('/')),
            route => new Route(new TemplateMatcher(TemplateParser.Parse(route.RoutePattern.RawText!.TrimStart('/')), []), route.Page!),
            StringComparer.OrdinalIgnoreCase));

    /// <param name="user">Who would follow the link.</param>
    /// <param name="address">From the site's root, "/staff/bookings/K7M2P9QX?x=1#money".</param>
    /// <param name="method">How it is asked for.</param>
    /// <returns>Whether it opens; an address that no page of staff has is for others to judge.</returns>
    public bool Opens(ClaimsPrincipal user, string address, string method)
    {
        var path = address[..(address.AsSpan().IndexOfAny('?', '#') is var end and >= 0 ? end : address.Length)].TrimEnd('/');
        return routes.Value[SecondSegment(path)].FirstOrDefault(route => route.Matcher.TryMatch(path, [])) is not { } found
            || StaffRightHandler.Allows(user, found.Page, method);
    }

    /// <summary>The same, for a link in a page.</summary>
    public static bool Opens(ViewContext view, string address, string method = "GET") =>
        !address.StartsWith("/staff", StringComparison.Ordinal)
        || view.HttpContext.RequestServices.GetRequiredService<StaffRoutes>().Opens(view.HttpContext.User, address, method);

    // "/staff/bookings/…" is looked for among the few that begin with "bookings".
    private static string SecondSegment(string path) => path.Split('/', 4) is [_, _, var second, ..] ? second : "";
}
