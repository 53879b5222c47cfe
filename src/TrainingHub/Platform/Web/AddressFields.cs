using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform.Email;

namespace TrainingHub.Platform.Web;

/// <summary>
/// What every form with an email address does alike: refuses what is no address, and asks once about one that looks like a slip. The
/// question comes back with the form as an error beside the field, with the address in a hidden field, so that continuing with the same
/// address is the answer. No script and no session are needed.
/// </summary>
internal static class AddressFields
{
    /// <summary>The hidden field with each address that was asked about.</summary>
    public const string Asked = "addressAsked";

    /// <param name="page">The page whose form was sent.</param>
    /// <param name="key">The field, as ModelState calls it.</param>
    /// <param name="address">What it holds; null is not typed.</param>
    /// <param name="missing">What to say when nothing was typed; null says nothing, because something else does or it may be empty.</param>
    public static void CheckAddress(this PageModel page, string key, string? address, string? missing = null)
    {
        if (WhyNot(page.Request, address, missing) is { } why)
        {
            page.ModelState.AddModelError(key, why);
        }
    }

    public static bool IsAsked(HttpRequest request, string address) =>
        request.HasFormContentType && request.Form[Asked].Contains(address);

    private static string? WhyNot(HttpRequest request, string? address, string? missing)
    {
        if (address is null)
        {
            return missing;
        }

        // What is no address may still show what was meant: name@gmail has no ending.
        if (EmailSlip.MeantBy(address) is { } meant && (!EmailAddress.IsValid(address) || !IsAsked(request, address)))
        {
            return EmailAddress.IsValid(address)
                ? $"Did you mean {meant}? Change the address, or continue if {address} is right"
                : $"Did you mean {meant}? Enter an email address in the correct format";
        }

        return EmailAddress.IsValid(address) ? null : "Enter an email address in the correct format, like name@example.com";
    }
}
