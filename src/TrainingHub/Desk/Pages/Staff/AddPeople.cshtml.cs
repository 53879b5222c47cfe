using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>
/// Adds people to an order, on its dates that are still to come. They get an order of their own with the same booker, so that nothing
/// changes that was invoiced or paid.
/// </summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class AddPeopleModel(TrainingHubDb db, BookForSomebody book, TimeProvider clock, IOptions<CardPaymentOptions> cards)
    : BookForPage(db, clock, cards)
{
    private readonly TrainingHubDb db = db;

    public Booking Order { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (!await ReadAsync(reference, ct))
        {
            return NotFound();
        }

        if (WhyNot is not null)
        {
            return Page();
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
        if (!await ReadAsync(reference, ct))
        {
            return NotFound();
        }

        if (WhyNot is not null)
        {
            return Page();
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

    /// <returns>False when there is no such order.</returns>
    private async Task<bool> ReadAsync(string reference, CancellationToken ct)
    {
        var wanted = Reference.Normalise(reference);
        if (await db.Bookings.AsNoTracking().FirstOrDefaultAsync(booking => booking.Reference == wanted, ct) is not { } order)
        {
            return false;
        }

        Order = order;
        var runs = DateLines.Coming(db, Now).Where(run => db.LivePlaces.Any(place => place.BookingId == order.Id && place.RunId == run.Id) && db.RunPrices.Any(price => price.RunId == run.Id));
        Offered = await DateLines.Of(db, runs).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).ToListAsync(ct);
        WhyNot = Offered.Count == 0 ? "Nobody can be added: this order has no place on a date that is still to come and has a fee." : null;
        await ReadListsAsync(ct);
        return true;
    }
}
