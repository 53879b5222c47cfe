using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using TrainingHub.FreePlaces;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// A free place, chosen on the way to a booking: by the code of an award, or by an application that the policy in force takes. Wrong codes are
/// bounded for each network; what somebody types as the name of an organisation opens no award (decision 103).
/// </summary>
internal sealed class FreePlaceChoice(TrainingHubDb db, NpgsqlDataSource database, Tries tries, TimeProvider clock)
{
    public const string TooFewLeft = "Fewer free places are left than you book. Book fewer, or choose another way to pay";

    public static readonly TryBound Codes = new("award-code", Most: 20, TimeSpan.FromHours(1));

    /// <summary>"by 16 November 2026" for an application of today; without a policy, when the training team can.</summary>
    public async Task<string> WhenWordsAsync(CancellationToken ct)
    {
        var today = London.DateOf(clock.GetUtcNow());
        return await FreePlacePolicy.InForceAsync(db, today, ct) is { } policy ? $"by {London.Words(policy.DecideBy(today))}" : "as soon as we can";
    }

    /// <summary>Says at its field what cannot be.</summary>
    /// <returns>The award that pays; null when none does.</returns>
    public async Task<FreePlaceAward?> CheckAsync(PageModel page, PayForm form, int places, CancellationToken ct)
    {
        if (form.Chosen != PaymentMethod.FreePlace)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (form.AwardCode is { } code)
        {
            return await OfCodeAsync(page, code, places, now, ct);
        }

        if (form.Applicant is { } applicant && await FreePlacePolicy.InForceAsync(db, London.DateOf(now), ct) is { } policy && !policy.Takes(applicant))
        {
            page.ModelState.AddModelError("Form.Applicant", "Our policy for this year does not cover this kind of organisation. Choose another way to pay");
        }

        return null;
    }

    /// <summary>The booking is for the organisation whose award it is, whatever was typed before.</summary>
    public static void Use(FreePlaceAward? award, BookingAnswers answers)
    {
        answers.AwardId = award?.Id;
        answers.Organisation = award?.OrganisationName ?? answers.Organisation;
    }

    private async Task<FreePlaceAward?> OfCodeAsync(PageModel page, string code, int places, DateTimeOffset now, CancellationToken ct)
    {
        var network = RateLimits.BucketOf(page.HttpContext.Connection.RemoteIpAddress);
        if (await tries.TakeAsync(Codes, network, ct) is { } until)
        {
            page.ModelState.AddModelError("Form.AwardCode", $"Too many wrong codes came from your network. Try again after {London.Moment(until)}, or contact the training team");
            return null;
        }

        var award = await FreePlaceAward.OfCodeAsync(db, database, code, now, ct);
        if (award is not null || !HttpMethods.IsPost(page.Request.Method))
        {
            // No failure, or one that was counted when the form was sent and is only shown again.
            await tries.GiveBackAsync(Codes, network, ct);
        }

        if (award is null)
        {
            page.ModelState.AddModelError("Form.AwardCode", "We know no such code, or its free places are over. Check it, or leave it empty and apply");
            return null;
        }

        if (award.Places - award.PlacesUsed < places)
        {
            page.ModelState.AddModelError("Form.AwardCode", TooFewLeft);
            return null;
        }

        return award;
    }
}
