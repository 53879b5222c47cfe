using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Learning;

internal static class LearningFeature
{
    public static void AddLearning(this IServiceCollection services)
    {
        services.AddScoped<SaveSource>().AddScoped<SaveRecommendation>().AddScoped<SaveAction>().AddScoped<ActOnAction>().AddScoped<SaveContentChange>();
        services.AddScoped<SaveTheme>().AddScoped<SavePriority>().AddScoped<SaveCourseThemes>();
        services.AddScoped<NoticeMail>().AddScoped<SendNotice>().AddScoped<AcknowledgeNotice>().AddScoped<WithdrawNotice>();
        services.AddScoped<SaveDocument>().AddScoped<SaveObservation>().AddScoped<SaveReview>();
        services.AddScoped<KeepMinutes>().AddScoped<SaveNeed>().AddScoped<VoteForNeed>().AddScoped<AskForTraining>().AddScoped<MergeNeeds>();
        services.AddArchiveUndo<LearningSource>(StaffRight.RunProgramme, LearningUrls.Sources, LearningUrls.Source);
        services.AddArchiveUndo<Recommendation>(StaffRight.RunProgramme, LearningUrls.Sources, LearningUrls.Recommendation);
        services.AddArchiveUndo<LearningAction>(StaffRight.RunProgramme, LearningUrls.Actions, LearningUrls.Action);
        services.AddArchiveUndo<ContentChange>(StaffRight.RunProgramme, LearningUrls.Actions, LearningUrls.Change);
        services.AddArchiveUndo<LearningTheme>(StaffRight.RunProgramme, LearningUrls.Themes, LearningUrls.Theme);
        services.AddArchiveUndo<LearningPriority>(StaffRight.RunProgramme, LearningUrls.Themes, LearningUrls.Priority);
        services.AddArchiveUndo<TrainingNeed>(StaffRight.RunProgramme, LearningUrls.Needs, LearningUrls.Need);
        services.AddArchiveUndo<ProviderDocument>(StaffRight.RunProgramme, CatalogueUrls.StaffProviders, LearningUrls.Document);
        services.AddArchiveUndo<CourseObservation>(StaffRight.RunProgramme, CatalogueUrls.StaffProviders, LearningUrls.Observation);
        services.AddArchiveUndo<ProviderReview>(StaffRight.RunProgramme, CatalogueUrls.StaffProviders, LearningUrls.Review);
        services.AddRetention(LearningRetention.Rules);
        services.AddSeed<SeedLearning>().AddSeed<SeedQuality>();
        services.AddJob<RemindProviders>().AddJob<ForgetAcknowledgers>().AddJob<ForgetQuality>();
    }
}
