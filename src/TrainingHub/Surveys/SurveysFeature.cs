using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Surveys;

internal static class SurveysFeature
{
    public static void AddSurveys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSeed<SeedSurvey>();
        services.AddSeed<SeedToolkits>();
        services.AddSeed<SeedAnswers>();
        services.AddScoped<SurveyMail>();
        services.AddScoped<AnswerSurvey>();
        services.AddScoped<StopSurveys>();
        services.AddScoped<EditDraft>();
        services.AddScoped<PublishDraft>();
        services.AddScoped<ReviewComment>();
        services.AddUndo<UndoReading>(UndoReading.Kind, StaffRight.ReadComments, SurveyUrls.Comments, isOfOneRecord: false);
        services.AddUndo<UndoClosing>(UndoClosing.Kind, StaffRight.ReadComments, SurveyUrls.Concerns, isOfOneRecord: false);
        services.AddImport<ImportSurveyResponses>();
        services.AddJob<ScheduleSurveys>();
        services.AddJob<SendDueSurveys>();
        services.AddJob<SendSurveyReminders>();
        services.AddJob<CloseSurveys>();
        services.AddJob<UnlinkAnswers>();
    }
}
