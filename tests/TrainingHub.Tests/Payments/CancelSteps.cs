using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>What the tests of cancelling by the policy do with the application.</summary>
internal static class CancelSteps
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Two places at £55, paid by card.</summary>
    public static async Task<Guid> PaidAsync(this PayApp app, Guid run)
    {
        var booking = await app.HeldAsync(run);
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return booking;
    }

    public static Task<CancelResult> CancelAsync(this PayApp app, Guid booking, int shownPence) =>
        app.WithAsync<CancelBooking, CancelResult>(cancel => cancel.RunAsync(booking, Token, shownPence));

    /// <summary>What is due goes back, and Stripe is asked.</summary>
    public static async Task GiveBackAsync(this PayApp app)
    {
        await app.RunJobAsync(nameof(RefundCancelledPlaces));
        await app.RunJobAsync(nameof(SendRefunds));
    }

    /// <summary>The first place that has not ended.</summary>
    public static Task<Guid> PlaceAsync(this PayApp app, Guid booking) => app.WithAsync((TrainingHubDb db) => db.Places
        .Where(place => place.BookingId == booking && place.EndedAt == null).OrderBy(place => place.Id).Select(place => place.Id).FirstAsync(Token));

    public static async Task<List<(ChargeState State, int Pence)>> ChargesAsync(this PayApp app, Guid booking) =>
        (await app.WithAsync((TrainingHubDb db) => db.PlaceCharges.AsNoTracking().Where(charge => charge.BookingId == booking).OrderBy(charge => charge.Id).ToListAsync(Token)))
            .ConvertAll(charge => (charge.State, charge.Pence));

    /// <summary>What who books today accepts for this date.</summary>
    public static async Task<CancellationTerms> TermsAsync(this PayApp app, Guid run)
    {
        var startsAt = await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(one => one.Id == run).Select(one => one.StartsAt).SingleAsync(Token));
        var policy = await app.WithAsync((TrainingHubDb db) => CancellationPolicy.OfAsync(db, London.DateOf(app.Clock.Now), Token));
        return CancellationTerms.Of(policy ?? throw new InvalidOperationException("There is no policy."), startsAt);
    }

    /// <summary>Moves the clock into the step in which so much stays due.</summary>
    public static async Task ToPercentAsync(this PayApp app, Guid run, int percent) =>
        app.Clock.MoveTo((await app.TermsAsync(run)).Steps.First(step => step.Percent == percent).Until.AddHours(-1));
}
