using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace TrainingHub.Bookings.Pages;

/// <summary>Post, redirect, get for a refused form of the journey.</summary>
internal static class RefusedForms
{
    /// <summary>Keeps the form as it was sent and leads to its page, which shows it again with its errors.</summary>
    public static async Task<IActionResult> RefuseAsync(this BookingJourney journey, PageModel page, JourneyState state, CancellationToken ct)
    {
        var form = page.Request.Form.Select(field => KeyValuePair.Create(field.Key, field.Value.OfType<string>().Select(Kept).ToArray()));
        if (RefusedForm.Of(Path(page), form) is not { } refused)
        {
            return page.Page();
        }

        var answers = state.Answers ?? new();
        answers.Refused = refused;
        await journey.SaveAsync(page.HttpContext, state, answers, ct);
        return new RedirectResult(Path(page));
    }

    /// <summary>What was typed into this page's form when it was refused; null when it was not.</summary>
    public static IValueProvider? Of(PageModel page, BookingAnswers? answers)
    {
        if (answers?.Refused is not { } refused || refused.Page != Path(page))
        {
            return null;
        }

        // What looks at the form beside the model, such as the question about a slip in an address, finds it as it was sent.
        page.Request.Form = new FormCollection(refused.Fields.ToDictionary(field => field.Key, field => new StringValues(field.Value)));
        return new FormValueProvider(BindingSource.Form, page.Request.Form, CultureInfo.InvariantCulture);
    }

    /// <summary>Forgets it, once the page's form has been taken.</summary>
    public static void Forget(PageModel page, BookingAnswers answers)
    {
        if (answers.Refused?.Page == Path(page))
        {
            answers.Refused = null;
        }
    }

    private static string Path(PageModel page) => page.Request.Path.Value ?? "/";

    // PostgreSQL's jsonb has no NUL.
    private static string Kept(string typed) => typed.Replace("\0", "", StringComparison.Ordinal);
}
