using TrainingHub.Bookings.Pages;
using TrainingHub.Platform;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Bookings;

internal static class BookingsFeature
{
    public static void AddBookings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CardPaymentOptions>();
        services.AddOptions<ReminderOptions>().Bind(configuration.GetSection(ReminderOptions.Section)).OnScreenToo(ReminderOptions.Section)
            .Validate(reminders => reminders.Days is not null, "Reminders:DaysBefore must be numbers of days from 1 to 60, such as \"7, 1\".")
            .Validate(reminders => reminders.SessionsDaysBefore is >= 0 and <= ReminderOptions.MostDays, "Reminders:SessionsDaysBefore must be from 0 to 60.").ValidateOnStart();
        services.AddOptions<WaitingListOptions>().Bind(configuration.GetSection(WaitingListOptions.Section)).ValidateDataAnnotations()
            .Validate(list => list.DayBegins < list.DayEnds, "WaitingList:DayBegins must be before WaitingList:DayEnds.").ValidateOnStart();
        services.AddSingleton<SaveDraft>().AddSingleton<DoorCodes>();
        services.AddScoped<BookPlace>().AddScoped<BookForSomebody>().AddScoped<ConfirmPlaces>().AddScoped<ReleaseHold>();
        services.AddScoped<CancelBooking>().AddScoped<SwapDelegate>().AddScoped<CorrectDelegate>().AddScoped<TellBookedAlready>().AddScoped<NamedByOthers>();
        services.AddScoped<CorrectBooker>().AddScoped<SendToCorrectedAddress>().AddScoped<MovePlace>().AddScoped<SendAgain>().AddScoped<KeepNotes>();
        services.AddScoped<ChangeDate>().AddScoped<CancelDate>().AddScoped<MergeDates>().AddScoped<EndPlaces>().AddScoped<ChooseDate>().AddScoped<MoveOwnPlace>().AddScoped<SendMessage>();
        services.AddScoped<MergeOrganisations>().AddScoped<MergePeople>().AddScoped<CorrectPerson>().AddScoped<ForgetPerson>();
        services.AddScoped<NamePlaces>().AddScoped<DecideFreePlace>().AddScoped<DecideAlone>().AddScoped<GiveAward>().AddScoped<AskApplicant>().AddScoped<KeepAwards>().AddScoped<ChoosePayment>();
        services.AddScoped<ChooseSessions>().AddScoped<RemoveSession>();
        services.AddScoped<TakeBackCancel>().AddScoped<RestoreDate>().AddScoped<UnmergeDates>();
        services.AddUndo<UndoTakeOff>(UndoTakeOff.Kind, StaffRight.RunBookings, BookingUrls.StaffWaitingLists, isOfOneRecord: false);
        services.AddUndo<UndoFreePlace>(UndoFreePlace.Kind, StaffRight.RunBookings, BookingUrls.StaffFreePlaces);
        services.AddUndo<UndoAward>(UndoAward.Kind, StaffRight.RunBookings, BookingUrls.StaffFreePlaces);
        services.AddScoped<JoinWaitingList>().AddScoped<LeaveWaitingList>().AddScoped<CorrectWaiting>().AddScoped<OfferPlaces>().AddScoped<KeepWaitingOrder>();
        services.AddScoped<BookingJourney>().AddScoped<OpenBooking>().AddScoped<FreePlaceChoice>().AddScoped<KnownBookers>();
        services.AddRetention(BookingRetention.Rules);
        services.AddJob<ClearBookingDrafts>().AddJob<ReleaseUndecidedHolds>().AddJob<LapseApplications>().AddJob<ForgetPersonalData>().AddJob<SendNotices>().AddJob<AskForNames>().AddJob<RemindToChoose>().AddJob<OfferFreedPlaces>();
    }
}
