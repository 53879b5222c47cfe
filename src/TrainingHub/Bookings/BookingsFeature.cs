using TrainingHub.Bookings.Pages;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Bookings;

internal static class BookingsFeature
{
    public static void AddBookings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CardPaymentOptions>();
        services.AddSingleton<SaveDraft>();
        services.AddScoped<BookPlace>().AddScoped<ConfirmPlaces>().AddScoped<ReleaseHold>();
        services.AddScoped<CancelBooking>().AddScoped<SwapDelegate>().AddScoped<CorrectDelegate>().AddScoped<TellBookedAlready>();
        services.AddScoped<ChangeDate>().AddScoped<CancelDate>().AddScoped<ChooseDate>();
        services.AddScoped<DecideFreePlace>().AddScoped<ChoosePayment>();
        services.AddScoped<JoinWaitingList>().AddScoped<LeaveWaitingList>();
        services.AddScoped<BookingJourney>().AddScoped<OpenBooking>();
        services.AddJob<ClearBookingDrafts>().AddJob<ReleaseUndecidedHolds>().AddJob<LapseApplications>().AddJob<ForgetPersonalData>();
    }
}
