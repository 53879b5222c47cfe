using Microsoft.Extensions.Hosting.Internal;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class EmailOptionsTests
{
    [Fact]
    public void Validate_DemoWithoutSettings_IsFine() => Assert.True(Validate("Demo", new EmailOptions()).Succeeded);

    [Fact]
    public void Validate_ProductionWithoutMailServer_IsRefused() =>
        Assert.Contains("Email:Smtp:Host", Validate("Production", new EmailOptions()).FailureMessage, StringComparison.Ordinal);

    [Fact]
    public void Validate_ProductionWithMailServer_IsFine() =>
        Assert.True(Validate("Production", With(new SmtpOptions { Host = "smtp.x.example", User = "u", Password = "invented" })).Succeeded);

    public static TheoryData<string> Wrong => ["Port", "Password", "Timeout", "Implicit", "None", "From", "Allowed"];

    [Theory, MemberData(nameof(Wrong))]
    public void Validate_WrongSetting_IsNamed(string setting)
    {
        var options = setting switch
        {
            "Port" => With(new SmtpOptions { Host = "smtp.x.example", Port = 0 }),
            "Password" => With(new SmtpOptions { Host = "smtp.x.example", User = "u" }),
            "Timeout" => With(new SmtpOptions { Host = "smtp.x.example", TimeoutSeconds = 600 }),
            "Implicit" => With(new SmtpOptions { Host = "smtp.x.example", Port = 465 }),
            "None" => With(new SmtpOptions { Host = "smtp.x.example", Encryption = SmtpEncryption.None }),
            "From" => new EmailOptions { From = "Hub <hub@x.example>" },
            _ => new EmailOptions { AllowedRecipients = ["x.example"] },
        };

        Assert.Contains(setting, Validate("Demo", options).FailureMessage, StringComparison.Ordinal);
    }

    private static EmailOptions With(SmtpOptions smtp) => new() { Smtp = smtp };

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(string environment, EmailOptions options) =>
        new EmailOptionsRules(new HostingEnvironment { EnvironmentName = environment }).Validate(null, options);
}
