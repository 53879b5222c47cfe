using TrainingHub.Attendance.Pages;
using TrainingHub.Platform;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Jobs;

namespace TrainingHub.Attendance;

internal static class AttendanceFeature
{
    public static void AddAttendance(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AttendanceOptions>().Bind(configuration.GetSection(AttendanceOptions.Section)).OnScreenToo(AttendanceOptions.Section)
            .Validate(rule => rule.IsValid, AttendanceOptions.Wrong).ValidateOnStart();
        services.AddSeed<SeedAttendances>().AddSeed<SeedComingBookings>().AddSeed<SeedCertificates>();
        services.AddImport<ImportBookings>();
        services.AddScoped<MarkAttendance>().AddScoped<MarkAllAttended>().AddScoped<UndoMarks>().AddScoped<NoteMinutes>().AddScoped<BookWalkIn>();
        services.AddScoped<TrainersRegister>().AddScoped<CloseRegister>().AddScoped<ReopenRegister>().AddScoped<BookAtDoor>().AddScoped<CheckWalkIn>();
        services.AddScoped<ReadReports>().AddScoped<AcceptReport>().AddVerb<ImportAttendance>();
        services.AddScoped<KeepEventLinks>().AddScoped<ReleaseRecording>().AddScoped<SayNoRecording>().AddJob<TellOfRecordings>();
        services.AddRetention(AttendanceRetention.Rules);
        services.AddJob<ProposeCharges>();
        services.AddOptions<CertificateOptions>().Bind(configuration.GetSection(CertificateOptions.Section)).OnScreenToo(CertificateOptions.Section)
            .Validate(rule => rule.IsValid, CertificateOptions.Wrong).ValidateOnStart();
        services.AddScoped<WaitingCertificates>().AddScoped<IssueCertificate>().AddScoped<IssueCertificates>().AddScoped<WithdrawCertificate>().AddScoped<StopRenewals>().AddSingleton<BadgeKeys>().AddSingleton<OpenBadge>();
        services.AddJob<KeepCertificates>().AddJob<RemindOfRenewals>().AddVerb<RenewBadgeKey>();
    }

    public static void MapAttendance(this WebApplication app) => app.MapBadgeEndpoints();
}
