using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>Addresses of this room, without the host. The page to pay on is named in <see cref="BookingUrls.Pay"/>.</summary>
internal static class PaymentUrls
{
    public const string Webhook = "/stripe/webhook";
    public const string StaffPayments = "/staff/payments";
    public const string StaffInvoices = "/staff/invoices";

    public static string Returned(string reference) => $"/bookings/{reference}/paid";
    public static string LeftCheckout(string reference) => $"{BookingUrls.Pay(reference)}?left=true";
    public static string Invoice(string reference) => $"/bookings/{reference}/invoice";
    public static string Receipt(string reference) => $"/bookings/{reference}/receipt";
    public static string PrivateInvoice(string token) => $"/b/{token}/invoice";
    public static string PrivateReceipt(string token) => $"/b/{token}/receipt";
    public static string StaffPayment(Guid payment) => $"/staff/payments/{payment}";
}
