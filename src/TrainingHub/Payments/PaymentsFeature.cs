using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Payments.Pages;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Payments;

internal static class PaymentsFeature
{
    private const int LargestStripeAnswer = 1_000_000;

    public static void AddPayments(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStripe(configuration);
        services.AddOptions<InvoiceOptions>().Bind(configuration.GetSection(InvoiceOptions.Section)).OnScreenToo(InvoiceOptions.Section)
            .Validate(invoices => invoices.IsValid, "Invoices:DueDays has to be a number of days from 1 to 90, and Invoices:RemindDaysAfter days from 1 to 365 with commas between.").ValidateOnStart();
        services.AddOptions<AccountCodes>().Bind(configuration.GetSection(AccountCodes.Section)).OnScreenToo(AccountCodes.Section)
            .Validate(codes => codes.IsValid, "Each code of Accounts has 1 to 20 characters, that of Sage's customer 8 at most.").ValidateOnStart();
        services.AddOptions<CardPaymentOptions>().Configure<IOptions<StripeOptions>>((cards, stripe) => cards.AreOffered = stripe.Value.CardsOffered);
        services.AddScoped<Checkouts>().AddScoped<PaymentMail>().AddScoped<AddRefund>().AddScoped<ResolvePaymentProblem>().AddScoped<SettlePayment>();
        services.AddScoped<OpenCheckout>().AddScoped<StartPayment>().AddScoped<StartInvoicePayment>().AddScoped<SwitchToInvoice>().AddScoped<CloseCheckouts>().AddScoped<RecordPayment>().AddScoped<RecordRefund>().AddScoped<RecordDispute>().AddScoped<RaiseUnexplained>().AddScoped<DecidePayment>();
        services.AddScoped<DecideCharge>().AddScoped<GiveBack>().AddScoped<CancelPlaces>().AddScoped<MovePaidPlace>().AddScoped<RecordDeskPayment>().AddScoped<PayBackByHand>().AddScoped<RecordInvoicePayment>().AddScoped<WriteDocuments>().AddScoped<BillBooking>().AddScoped<ReissueInvoice>().AddScoped<WriteOffInvoice>().AddScoped<AddPurchaseOrder>().AddScoped<RemindInvoice>().AddScoped<SendMoneyAgain>();
        services.AddScoped<TakeInBankFile>().AddScoped<AgreeBankFile>().AddScoped<BookBankFile>().AddScoped<BookBankLine>().AddScoped<KeepBankLine>().AddScoped<TakeBackBankPayment>();
        services.AddUndo<UndoCancelPlaces>(CancelledBefore.Kind, StaffRight.RunBookings, BookingUrls.StaffBookings);
        services.AddUndo<UndoCancelDate>(DateBefore.Kind, StaffRight.RunProgramme, BookingUrls.StaffDates);
        services.AddUndo<UndoMergeDates>(MergedBefore.Kind, StaffRight.RunProgramme, BookingUrls.StaffDates);
        services.AddScoped<OurBooks>().AddScoped<TheirBooks>().AddScoped<CompareMoney>().AddScoped<KeepDifference>().AddScoped<ReadToDo>();
        services.AddScoped<TakeInStripeObject>().AddScoped<HandleStripeEvent>().AddScoped<StripeWebhook>().AddScoped<PrivateBooking>();
        services.AddScoped<DocumentFiles>().AddScoped<ExportJournal>().AddScoped<ReadStatement>().AddScoped<SendStatement>();
        services.AddRetention(PaymentsRetention.Rules);
        services.AddJob<ReconcilePayments>();
        services.AddJob<ReadMissedEvents>().AddJob<CompareWithStripe>();
        services.AddJob<ReleaseUnpaidHolds>();
        services.AddJob<SendRefunds>();
        services.AddJob<RefundCancelledDates>().AddJob<RefundCancelledPlaces>();
        services.AddJob<FlagCancelledPayments>();
        services.AddSeed<SeedInvoices>();
        services.AddJob<FinishBankFiles>().AddJob<ForgetPayers>().AddJob<IssueInvoices>().AddJob<SendInvoiceReminders>();
    }

    public static void MapPayments(this WebApplication app) =>
        app.MapPost(PaymentUrls.Webhook, StripeWebhook.HandleAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    /// <summary>The way to Stripe alone, with its settings checked at start.</summary>
    public static void AddStripe(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<StripeOptions>, StripeOptionsCheck>();
        services.AddOptions<StripeOptions>().Bind(configuration.GetSection("Stripe")).ValidateOnStart();
        services.AddHttpClient(nameof(StripeGateway))
            .ConfigureHttpClient((provider, http) => Limit(http, provider.GetRequiredService<IOptions<StripeOptions>>().Value))
            .ConfigurePrimaryHttpMessageHandler(NewHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<StripeGateway>();
    }

    private static void Limit(HttpClient http, StripeOptions options) =>
        (http.Timeout, http.MaxResponseContentBufferSize) = (options.TryTimeout, LargestStripeAnswer);

    /// <summary>The redirects that an unsafe handler would follow carry a key elsewhere; this one follows none.</summary>
    private static SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
