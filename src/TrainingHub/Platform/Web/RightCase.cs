using Microsoft.AspNetCore.Routing.Patterns;

namespace TrainingHub.Platform.Web;

/// <summary>
/// An address is found in capitals too, and leads to the one in which the page is written, so that each page has one. What stands in
/// for a name, a reference or a token keeps its letters: its page knows what they mean.
/// </summary>
internal static class RightCase
{
    public static void UseRightCase(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        var isReading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isReading && context.GetEndpoint() is RouteEndpoint endpoint && RightPath(request.Path.Value ?? "", endpoint.RoutePattern) is { } path)
        {
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers.Location = request.PathBase + new PathString(path) + request.QueryString.ToUriComponent();
            return Task.CompletedTask;
        }

        return next(context);
    });

    /// <returns>Null when it is right as it is.</returns>
    internal static string? RightPath(string path, RoutePattern pattern)
    {
        var parts = path.Split('/');
        var isWrong = false;
        for (var i = 0; i < pattern.PathSegments.Count && i + 1 < parts.Length; i++)
        {
            if (pattern.PathSegments[i] is { IsSimple: true, Parts: [RoutePatternLiteralPart { Content: var right }] }
                && right != parts[i + 1]
                && right.Equals(parts[i + 1], StringComparison.OrdinalIgnoreCase))
            {
                (parts[i + 1], isWrong) = (right, true);
            }
        }

        return isWrong ? string.Join('/', parts) : null;
    }
}
