using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>
/// Adds people to an order, on its dates that are still to come. They get an order of their own with the same booker, so that nothing
/// changes that was invoiced or paid.
/// </summary>
internal sealed class AddPeopleModel(TrainingHubDb db, BookForSomebody book, TimeProvider clock, IOptions<CardPaymentOptions> cards)
    : BookForPage(db, clock, cards)
{
    private readonly TrainingHubDb db = db;

    public Booking Order { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (await ReadAsync(reference, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Form = new()
        {
            Organisation = Order.OrganisationName,
            SectorId = Order.SectorId,
            AreaId = Order.AreaId,
            BookerName = Order.BookerName,
            BookerEmail = Order.BookerEmail,
            By = Order.PaymentMethod is PaymentMethod.Invoice || (Order.PaymentMethod is PaymentMethod.Card && AreCardsOffered) ? $"{Order.PaymentMethod}" : null,
            InvoiceEmail = Order.InvoiceEmail,
            PurchaseOrder = Order.PurchaseOrder,
        };
        return await BeginAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(string reference, string? action, CancellationToken ct)
    {
        if (await ReadAsync(reference, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (await ActAsync(action, ct) || await RequestAsync(Now, Order.Id, ct) is not { } request)
        {
            return await ShowAsync(ct);
        }

        var outcome = await book.RunAsync(request, User.Actor(), ct);
        if (outcome is not { Result: BookPlaceResult.Booked or BookPlaceResult.AlreadyBooked, Booking: { } booked })
        {
            await RefuseAsync(outcome, ct);
            return await ShowAsync(ct);
        }

        TempData["Success"] = await DoneAsync(request, booked, ct);
        return LocalRedirect("~" + AttendanceUrls.Booking(booked.Reference));
    }

    private async Task<IActionResult?> ReadAsync(string reference, CancellationToken ct)
    {
        var wanted = Reference.Normalise(reference);
        if (await db.Bookings.AsNoTracking().FirstOrDefaultAsync(booking => booking.Reference == wanted, ct) is not { } order)
        {
            return NotFound();
        }

        Order = order;
        var runs = DateLines.Coming(db, Now).Where(run => db.LivePlaces.Any(place => place.BookingId == order.Id && place.RunId == run.Id) && db.RunPrices.Any(price => price.RunId == run.Id));
        Offered = await DateLines.Of(db, runs).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).ToListAsync(ct);
        if (Offered.Count == 0)
        {
            TempData["Success"] = "Nobody can be added: none of the dates of this order is still to come.";
            return LocalRedirect("~" + AttendanceUrls.Booking(order.Reference));
        }

        await ReadListsAsync(ct);
        return null;
    }
}
