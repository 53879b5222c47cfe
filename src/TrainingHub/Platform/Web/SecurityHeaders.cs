namespace TrainingHub.Platform.Web;

/// <summary>
/// The same headers on every answer, errors and cached pages too. The policy is one constant string without a nonce,
/// because a stored page would carry an old one; the hash is that of the template's one inline script. Only a policy
/// that an answer brings along, such as that of a shown email, is kept; so is what a page says of the camera. What is private (<see cref="PrivatePaths"/>) is stored by
/// nobody and tells no other site where the visitor came from.
/// </summary>
internal static class SecurityHeaders
{
    private const string TemplateScript = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='";

    private const string NeverUsed = "geolocation=(), microphone=(), payment=(), usb=()";

    /// <summary>The Permissions-Policy of the one page that may use the camera.</summary>
    public const string CameraHere = $"camera=(self), {NeverUsed}";

    /// <summary>The policy; forms may also lead to <paramref name="checkoutOrigin"/>, the local payment page of the demonstration.</summary>
    public static string ContentSecurityPolicy(string? checkoutOrigin)
    {
        // Browsers apply form-action to the redirect that follows a POST, so the payment page has to be named here.
        var forms = string.IsNullOrEmpty(checkoutOrigin) ? "" : " " + checkoutOrigin;
        return $"default-src 'none'; script-src 'self' {TemplateScript}; style-src 'self'; img-src 'self'; font-src 'self'; "
            + $"connect-src 'self'; manifest-src 'self'; form-action 'self' https://checkout.stripe.com{forms}; base-uri 'none'; "
            + "object-src 'none'; frame-ancestors 'none'";
    }

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var policy = ContentSecurityPolicy(app.Configuration["Stripe:CheckoutOrigin"]);
        app.Use((context, next) =>
        {
            // By the address that was asked for: the page that explains a refusal has another.
            var isPrivate = PrivatePaths.Holds(context);
            // On starting, since the exception handler clears what was set before.
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                if (headers.ContentSecurityPolicy.Count == 0)
                {
                    headers.ContentSecurityPolicy = policy;
                }

                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                var isNowPrivate = isPrivate || PrivatePaths.Holds(context);
                headers["Referrer-Policy"] = isNowPrivate ? "no-referrer" : "strict-origin-when-cross-origin";
                if (isNowPrivate)
                {
                    headers.CacheControl = "no-store";
                }

                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                if (headers["Permissions-Policy"].Count == 0)
                {
                    headers["Permissions-Policy"] = $"camera=(), {NeverUsed}";
                }

                return Task.CompletedTask;
            });
            return next(context);
        });
    }
}
