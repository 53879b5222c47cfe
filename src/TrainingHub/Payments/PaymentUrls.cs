using TrainingHub.Bookings;

namespace TrainingHub.Payments;

/// <summary>Addresses of this room, without the host. Those that the booking's own page leads to are named in <see cref="BookingUrls"/>.</summary>
internal static class PaymentUrls
{
    public const string Webhook = "/stripe/webhook";
    public const string StaffPayments = "/staff/payments";
    public const string ToDo = StaffPayments + "/to-do";
    public const string StaffInvoices = "/staff/invoices";
    public const string UnpaidInvoices = StaffInvoices + "?show=unpaid";
    public const string OverdueInvoices = StaffInvoices + "?show=overdue";
    public const string InvoicesPaid = StaffInvoices + "/paid";
    public const string MonthClose = "/staff/month-close";
    public const string AgedDebt = "/staff/aged-debt";
    public const string Bank = "/staff/bank";
    public const string BankRead = Bank + "/read";

    /// <summary>In the address of <see cref="Bank"/>: the file whose lines are shown.</summary>
    public const string OfBankFile = "of";
    public const string StaffCharges = "/staff/charges";
    public const string RaiseCharges = StaffCharges + "/raise";
    public const string WaiveCharges = StaffCharges + "/waive";

    public static string Returned(string reference) => $"/bookings/{reference}/paid";
    public static string LeftCheckout(string reference) => $"{BookingUrls.Pay(reference)}?left=true";
    public static string PrivateInvoice(string token) => $"/b/{token}/invoice";

    /// <summary>One kind of what needs a person.</summary>
    public static string ToDoOf(ToDoKind kind) => $"{ToDo}?show={kind}";
    public static string Difference(Guid id) => $"{StaffPayments}/differences/{id}";
    public static string BankFile(Guid file) => $"{Bank}/files/{file}";
    public static string BankLine(Guid line) => $"{Bank}/lines/{line}";
    public static string BankOf(Guid file, string show) => $"{Bank}?show={show}&{OfBankFile}={file}";
    public static string StaffInvoice(int number) => $"{StaffInvoices}/{Invoice.WordsOf(number)}";
    public static string InvoiceTo(int number) => StaffInvoice(number) + "/to";
    public static string InvoiceOrder(int number) => StaffInvoice(number) + "/order";
    public static string InvoiceWriteOff(int number) => StaffInvoice(number) + "/write-off";

    /// <summary>One document of a booking, "INV-00042" or "CN-00007", for whoever pays.</summary>
    public static string Document(string reference, string number) => $"{BookingUrls.Invoice(reference)}/{number}";
    /// <param name="page">The address of its page.</param>
    public static string Pdf(string page) => page + ".pdf";
    public static string Xml(string page) => page + ".xml";
    public static string StaffDocument(string number) => $"/staff/documents/{number}";
    public static string PrivateStatement(string token) => $"/b/{token}/statement";
    public static string Statement(Guid organisation) => $"/statements/{organisation}";
    public static string StatementFile(Guid organisation) => $"/statements/{organisation}?file=pdf";
    public static string Journal(int number) => $"{MonthClose}/{number}";
    public static string JournalFile(int number, string format, int part = 1) => $"{MonthClose}/{number}?format={format}&part={part}";

    /// <summary>What an organisation has open, and what somebody without one has.</summary>
    public static string UnpaidOf(Guid organisation) => $"{UnpaidInvoices}&organisation={organisation}";
    public static string UnpaidNamed(string name) => $"{UnpaidInvoices}&q={Uri.EscapeDataString(name)}";
    public static string LeftInvoiceCheckout(string reference, string number) => $"{Document(reference, number)}?left=true";
    public static string StaffPayment(Guid payment) => $"/staff/payments/{payment}";
}
