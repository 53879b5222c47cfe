namespace TrainingHub.Attendance;

internal static class AttendanceFeature
{
    public static void AddAttendance(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<MarkAttendance>().AddScoped<MarkAllAttended>();
    }
}
