using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue.Pages;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Jobs;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

internal static class CatalogueFeature
{
    public static void AddCatalogue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DateOptions>().Bind(configuration.GetSection(DateOptions.Section)).OnScreenToo(DateOptions.Section)
            .Validate(dates => dates.IsValid, "Dates:BookingClosesHoursBefore must be from 0 to 2160, Dates:TooFewDaysBefore from 1 to 60.").ValidateOnStart();
        services.AddScoped<CatalogueSearch>().AddScoped<AddRuns>();
        services.AddScoped<ArchiveRecord>().AddScoped<SaveVenue>().AddScoped<SaveProvider>().AddScoped<SaveTrainer>().AddScoped<KeepProviderAccounts>();
        services.AddScoped<SaveCourse>().AddScoped<MoveCourse>().AddScoped<SaveTagWords>().AddScoped<AskForDates>().AddScoped<AskForRecording>().AddScoped<SaveFees>().AddScoped<SaveCancellationPolicy>().AddScoped<SavePayerClass>().AddScoped<SaveProgramme>().AddScoped<SaveProgrammeFee>();
        services.AddScoped<SaveSchoolHoliday>().AddScoped<SaveSearchMeaning>().AddScoped<SaveDistricts>().AddScoped<PublishRuns>().AddScoped<SaveDrafts>().AddScoped<CopyProgramme>();
        services.AddScoped<SaveResource>().AddScoped<SaveSession>().AddScoped<SaveEventPlan>();
        services.AddArchiveUndo<Venue>(StaffRight.RunProgramme, CatalogueUrls.StaffVenues, CatalogueUrls.StaffVenue);
        services.AddArchiveUndo<Provider>(StaffRight.RunProgramme, CatalogueUrls.StaffProviders, CatalogueUrls.StaffProvider);
        services.AddArchiveUndo<Programme>(StaffRight.RunProgramme, CatalogueUrls.StaffProgrammes, CatalogueUrls.StaffProgramme);
        services.AddArchiveUndo<SchoolHoliday>(StaffRight.RunProgramme, CatalogueUrls.StaffHolidays, CatalogueUrls.StaffHoliday);
        services.AddArchiveUndo<SearchMeaning>(StaffRight.RunProgramme, CatalogueUrls.StaffSearchMeanings, CatalogueUrls.StaffSearchMeaning);
        services.AddArchiveUndo<Resource>(StaffRight.RunProgramme, CatalogueUrls.StaffResources, CatalogueUrls.StaffResource);
        services.AddArchiveUndo<PayerClass>(StaffRight.RunProgramme, CatalogueUrls.StaffFees, CatalogueUrls.StaffPayerClass);
        services.AddArchiveUndo<Trainer>(StaffRight.RunProgramme, CatalogueUrls.StaffProviders, TrainerPageAsync);
        services.AddUndo<UndoCourse>(UndoCourse.Kind, StaffRight.RunProgramme, CatalogueUrls.StaffCourses);
        services.AddRetention(CatalogueRetention.Rules);
        services.AddJob<TellOfDates>();
        services.AddScoped<ClearContacts>();
        services.AddJob<ForgetContacts>();
        services.Configure<PublicQuery>(query =>
        {
            query.Store([.. CatalogueQuery.Choices, CatalogueQuery.By, CatalogueQuery.Order, CatalogueQuery.Page]);
            query.LeaveFree(CatalogueQuery.Typed);
        });
        // Of parts of pages. Strangers may ask for every combination of filters.
        services.Configure<CacheTagHelperOptions>(parts => parts.SizeLimit = 2_000_000);
        services.AddImport<ImportProgramme>();
        services.AddSeed<SeedOffer>();
        services.AddSeed<SeedDates>();
        services.AddSeed<SeedHistory>();
        services.AddSeed<SeedHolidays>();
        services.AddSeed<SeedDrafts>();
        services.AddSeed<SeedSearchMeanings>();
        services.AddSeed<SeedDistricts>();
        services.AddSeed<SeedTrainerAccount>();
        services.AddSeed<SeedEvents>();
    }

    private static async Task<string?> TrainerPageAsync(TrainingHubDb db, Guid id, CancellationToken ct) =>
        await db.Trainers.Where(trainer => trainer.Id == id).Select(trainer => CatalogueUrls.StaffTrainer(trainer.ProviderId, id)).SingleOrDefaultAsync(ct);

    public static void MapCatalogue(this WebApplication app) => app.MapCatalogueEndpoints();
}
