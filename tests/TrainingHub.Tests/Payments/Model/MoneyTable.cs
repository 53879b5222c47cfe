using Microsoft.EntityFrameworkCore;
using TrainingHub.Payments;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Two orders on one table: what everybody who plays with their money looks at.</summary>
internal sealed class MoneyTable(PayApp app, Actor by, CancellationToken ct)
{
    public const int Price = 5500;
    public const int Dearer = 7000;
    public const int Cheaper = 4000;

    private readonly HashSet<string> heard = [.. app.Stripe.All("event").Select(one => (string)one["id"]!)];

    public PayApp App => app;
    public Actor By => by;
    public CancellationToken Ct => ct;
    public List<MoneyOrder> Orders { get; } = [];

    public async Task<MoneyOrder> SitAsync(Guid booking)
    {
        var order = new MoneyOrder { Booking = booking, Reference = (await app.BookingAsync(booking)).Reference };
        foreach (var place in await app.WithAsync((TrainingHubDb db) => db.Places.Where(place => place.BookingId == booking).Select(place => place.Id).ToListAsync(ct)))
        {
            order.Charged[place] = 0;
        }

        Orders.Add(order);
        return order;
    }

    public MoneyOrder Of(Guid booking) => Orders.Single(order => order.Booking == booking);

    /// <summary>Something happened at Stripe that the program may not have heard of.</summary>
    public bool IsBehind => Unheard().Count > 0;

    /// <summary>Stripe tells of all that happened, from any of it on, and of every other twice.</summary>
    public async Task HearAsync(int from)
    {
        var unheard = Unheard();
        foreach (var happened in unheard.Skip(from % Math.Max(1, unheard.Count)).Concat(unheard.Take(from % Math.Max(1, unheard.Count))))
        {
            for (var time = 0; time <= from % 2; time++)
            {
                Assert.Equal(System.Net.HttpStatusCode.OK, await app.Stripe.Webhooks.SendAsync(happened, ct));
            }

            heard.Add(happened);
        }
    }

    /// <summary>Every invoice of the orders, the oldest first.</summary>
    public async Task<List<Asked>> AskedAsync()
    {
        var bookings = Orders.ConvertAll(order => order.Booking);
        var invoices = await app.WithAsync((TrainingHubDb db) => db.Invoices.AsNoTracking().Where(invoice => bookings.Contains(invoice.BookingId))
            .OrderBy(invoice => invoice.Number).ToListAsync(ct));
        return invoices.ConvertAll(invoice => new Asked(invoice.Id, invoice.Number, Of(invoice.BookingId), invoice.OpenPence));
    }

    public async Task<Asked?> OpenAsync(MoneyStep step) => Pick((await AskedAsync()).FindAll(invoice => invoice.OpenPence > 0), step);

    /// <summary>A place that has not ended, and whose it is.</summary>
    public async Task<(MoneyOrder Order, Guid Place)?> PlaceAsync(MoneyStep step)
    {
        var bookings = Orders.ConvertAll(order => order.Booking);
        var places = await app.WithAsync((TrainingHubDb db) => db.LivePlaces.Where(place => bookings.Contains(place.BookingId)).OrderBy(place => place.Id)
            .Select(place => new { place.Id, place.BookingId }).ToListAsync(ct));
        return Pick(places, step) is { } place ? (Of(place.BookingId), place.Id) : null;
    }

    /// <summary>Card payments that came in, of both orders.</summary>
    public async Task<List<Payment>> CardPaymentsAsync()
    {
        var payments = new List<Payment>();
        foreach (var order in Orders)
        {
            payments.AddRange((await app.PaymentsAsync(order.Booking)).Where(payment => payment is { IsByStripe: true, State: PaymentState.Paid }));
        }

        return payments;
    }

    public static T? Pick<T>(List<T> from, MoneyStep step) => from.Count == 0 ? default : from[step.Which % from.Count];

    private List<string> Unheard() =>
    [
        .. app.Stripe.All("event", one => !heard.Contains((string)one["id"]!)
                && HandleStripeEvent.Types.Contains((string)one["type"]!) && (string?)one["type"] != "checkout.session.expired")
            .Select(one => (string)one["id"]!),
    ];
}
