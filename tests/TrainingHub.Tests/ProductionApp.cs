namespace TrainingHub.Tests;

/// <summary>The application as in Production, with the settings that it insists on there.</summary>
internal static class ProductionApp
{
    private static readonly string[] Settings =
    [
        "Site:Name", "Training",
        "Site:PartnershipName", "Example partnership",
        "Site:ContactEmail", "training@partnership.example",
        "Site:ContactPhone", "01632 960 100",
        "Site:ContactHours", "Monday to Friday",
        "Site:PostalAddress", "1 Example Street",
        "Site:SafeguardingPhone", "01632 960 120",
        "Site:SafeguardingPhoneOutOfHours", "01632 960 199",
        "Site:DataController", "Example Council",
        "Site:DataProtectionEmail", "data.protection@partnership.example",
        "Site:SecurityEmail", "security@partnership.example",
        "Email:Smtp:Host", "smtp.partnership.example",
    ];

    public static async Task<TestApp> StartAsync(string connectionString)
    {
        var app = new TestApp(connectionString, "Production", Settings);
        await app.InitializeAsync();
        return app;
    }
}
