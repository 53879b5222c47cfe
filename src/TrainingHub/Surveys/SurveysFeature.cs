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
        services.AddSeed<SeedEvaluations>();
        services.AddOptions<SurveyOptions>().Bind(configuration.GetSection(SurveyOptions.Section)).OnScreenToo(SurveyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<SurveyMail>();
        services.AddTransient<SurveyPace>();
        services.AddScoped<AnswerSurvey>();
        services.AddScoped<RoomCodes>().AddScoped<AnswerInRoom>();
        services.AddScoped<StopSurveys>().AddScoped<AskManager>().AddScoped<AnswerBefore>();
        services.AddOptions<ConcernOptions>().Bind(configuration.GetSection(ConcernOptions.Section)).OnScreenToo(ConcernOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<RemindByHand>();
        services.AddScoped<EditDraft>();
        services.AddScoped<PublishDraft>();
        services.AddScoped<ReviewComment>();
        services.AddScoped<KeepQuotes>().AddScoped<SaveWorryWords>().AddScoped<KeepThemes>().AddScoped<CodeComment>();
        services.AddScoped<ConcernMail>().AddScoped<RaiseConcern>().AddScoped<HandleConcern>().AddScoped<IdentifyWriter>();
        services.AddUndo<UndoReading>(UndoReading.Kind, StaffRight.ReadComments, SurveyUrls.Comments, isOfOneRecord: false);
        services.AddImport<ImportSurveyResponses>();
        services.AddRetention(SurveyRetention.Rules);
        services.AddJob<ScheduleSurveys>();
        services.AddJob<ScheduleEvaluations>();
        services.AddJob<EndCertificateWaits>();
        services.AddJob<SendDueSurveys>();
        services.AddJob<SendSurveyReminders>();
        services.AddJob<CloseSurveys>();
        services.AddJob<UnlinkAnswers>();
        services.AddJob<EscalateConcerns>();
        services.AddJob<TellOfUnread>();
        services.AddJob<ForgetComments>();
    }
}
