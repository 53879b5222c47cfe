using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Desk.Pages.Staff;

namespace TrainingHub.Desk;

internal static class DeskFeature
{
    public static void AddDesk(this IServiceCollection services)
    {
        services.AddScoped<SearchEverything>();
        services.AddSingleton(new OrganisationAddress(DeskUrls.Organisation))
            .AddUndo<UndoApproval>(UndoApproval.Kind, StaffRight.RunBookings, DeskUrls.Organisations);
        AddListUndo<Area>(services, NameListWords.Areas);
        AddListUndo<Sector>(services, NameListWords.Sectors);
        AddListUndo<Toolkit>(services, NameListWords.Toolkits);
    }

    private static void AddListUndo<T>(IServiceCollection services, string list)
        where T : class, IListed<T> =>
        services.AddArchiveUndo<T>(StaffRight.Settings, DeskUrls.NameList(list), id => DeskUrls.ListedName(list, id));
}
