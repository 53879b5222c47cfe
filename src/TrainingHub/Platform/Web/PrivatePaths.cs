using Microsoft.AspNetCore.Authorization;

namespace TrainingHub.Platform.Web;

/// <summary>Addresses behind a sign-in or a private link: for no search engine, no store and no other site to know of.</summary>
internal static class PrivatePaths
{
    private static readonly string[] Begin = ["/staff", "/b/", "/bookings/", "/certificate/", "/certificates/", "/d/", "/places/", "/recordings/", "/here/", "/how/", "/my/", "/notices/", "/find-bookings/", "/statements/", "/survey/", "/waiting-list/", "/free-places/a/", "/free-places/application/", "/emails/", "/choose-password/", "/sign-in/", "/dev"];

    /// <summary>How they begin, under the site's own path.</summary>
    public static IReadOnlyList<string> All => Begin;

    /// <summary>By its address or its policy, so that a new page or file behind a sign-in is covered by itself.</summary>
    public static bool Holds(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null
        || (context.Request.Path.Value is { } asked && Array.Exists(Begin, path => asked.StartsWith(path, StringComparison.OrdinalIgnoreCase)));
}
