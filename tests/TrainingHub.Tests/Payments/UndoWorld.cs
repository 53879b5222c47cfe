using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Payments;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Acts of two members of staff that touch places and money, and their undoing.</summary>
internal static class UndoWorld
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Guid> PaidAsync(this PayApp app, Guid run, int places = 2)
    {
        var booking = await app.HeldAsync(run, places);
        var checkout = await app.CheckoutAsync(booking);
        app.Stripe.Pay(checkout);
        await app.RingAsync(checkout);
        return booking;
    }

    public static async Task<Guid> CancelAsync(this PayApp app, CancelOrder order)
    {
        var by = new Actor(await app.StaffAsync(), "Cora Coordinator");
        Assert.Equal(CancelPlacesResult.Cancelled, await app.WithAsync((CancelPlaces cancel) => cancel.RunAsync(order, by, Token)));
        return await app.ActAsync(order.BookingId);
    }

    public static async Task<Guid> CancelDateAsync(this PayApp app, Guid run, bool offerOtherDates = false)
    {
        var by = new Actor(await app.StaffAsync(), "Cora Coordinator");
        Assert.Equal(CancelDateResult.Cancelled, await app.WithAsync((CancelDate cancel) => cancel.RunAsync(run, "The trainer is ill.", offerOtherDates, by, Token)));
        return await app.ActAsync(run);
    }

    /// <summary>The last one on the record that can be undone.</summary>
    public static Task<Guid> ActAsync(this TestApp app, Guid subject) => app.WithAsync((TrainingHubDb db) => db.UndoableActs
        .Where(act => act.SubjectId == subject).OrderByDescending(act => act.At).Select(act => act.Id).FirstAsync(Token));

    public static async Task<UndoRefused?> UndoAsync(this TestApp app, Guid act, Guid? by = null)
    {
        var staff = by ?? await app.WithAsync((TrainingHubDb db) => db.Users.OrderBy(user => user.Id).Select(user => user.Id).FirstAsync(Token));
        return await app.WithAsync((UndoAct undo) => undo.RunAsync(act, new(staff, "Una Undoer"), Token));
    }

    public static Task<List<Guid>> LivePlacesAsync(this TestApp app, Guid booking) => app.WithAsync((TrainingHubDb db) => db.LivePlaces
        .Where(place => place.BookingId == booking).OrderBy(place => place.Id).Select(place => place.Id).ToListAsync(Token));

    /// <summary>Emails of an act, and how many of them were tried.</summary>
    public static Task<(int All, int Tried)> EmailsOfAsync(this TestApp app, Guid act) => app.WithAsync(async (TrainingHubDb db) =>
    {
        var emails = await db.OutgoingEmails.Where(email => email.ActId == act).Select(email => email.AttemptCount).ToListAsync(Token);
        return (emails.Count, emails.Count(tries => tries > 0));
    });

    /// <summary>Sends what is due.</summary>
    /// <returns>How many were tried.</returns>
    public static Task<int> SendAsync(this TestApp app) => app.RunJobAsync(nameof(SendEmails));
}
