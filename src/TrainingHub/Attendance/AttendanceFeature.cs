using TrainingHub.Platform.Files;
using TrainingHub.Platform.Data;

namespace TrainingHub.Attendance;

internal static class AttendanceFeature
{
    public static void AddAttendance(this IServiceCollection services, IConfiguration configuration)
    {
        _ = configuration;
        services.AddSeed<SeedAttendances>().AddSeed<SeedComingBookings>();
        services.AddImport<ImportBookings>();
        services.AddScoped<MarkAttendance>().AddScoped<MarkAllAttended>().AddScoped<BookWalkIn>();
    }
}
