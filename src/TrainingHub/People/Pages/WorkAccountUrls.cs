using Microsoft.AspNetCore.WebUtilities;
using TrainingHub.Platform.Web;

namespace TrainingHub.People.Pages;

/// <summary>Addresses of the sign-in by work account, and of what its answers lead to.</summary>
internal static class WorkAccountUrls
{
    public const string Start = "/sign-in/work-account";
    public const string Confirm = Start + "/confirm";
    public const string Connect = Start + "/connect";

    /// <summary>What the provider must know as the redirect address.</summary>
    public const string Callback = Start + "/callback";

    /// <summary>Where the provider says that somebody has signed out there.</summary>
    public const string SignedOut = Start + "/signed-out";

    public const string Refused = Start + "/refused";

    public static string StartWith(string? returnUrl) => With("~" + Start, returnUrl);

    public static string ConfirmWith(string? returnUrl) => With("~" + Confirm, returnUrl);

    public static string RefusedFor(WorkAccountRefusal why, string? returnUrl = null) => With(QueryHelpers.AddQueryString("~" + Refused, "why", $"{why}"), returnUrl);

    /// <summary>The sign-in page after a work account was connected.</summary>
    public static string Connected(string? returnUrl) => With("~/sign-in?connected=yes", returnUrl);

    /// <summary>The sign-in page for whoever is to prove which account here is theirs.</summary>
    public static string ProveFirst(string? returnUrl) => With("~/sign-in?connect=yes", returnUrl);

    public static string With(string address, string? returnUrl) =>
        string.IsNullOrEmpty(returnUrl) ? address : QueryHelpers.AddQueryString(address, "ReturnUrl", returnUrl);

    /// <summary>From the root of the host.</summary>
    public static string Absolute(HttpRequest request, string address) =>
        address.StartsWith("~/", StringComparison.Ordinal) ? request.PathBase.ToUriComponent() + address[1..] : address;

    public static string Back(SiteOptions site) => site.Absolute("/sign-in");
}
