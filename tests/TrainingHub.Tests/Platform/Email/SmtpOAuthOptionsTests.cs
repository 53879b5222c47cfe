using Microsoft.Extensions.Hosting.Internal;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>Settings that contradict each other stop the start, and are named.</summary>
public sealed class SmtpOAuthOptionsTests : IDisposable
{
    private readonly AppCertificate app = new();

    [Fact]
    public void Validate_Secret_IsFine() => Assert.Empty(Faults(With(new() { Tenant = "county.example", ClientId = "app", ClientSecret = "invented" })));

    [Fact]
    public void Validate_Certificate_IsFine() => Assert.Empty(Faults(With(Proof(app.Path, app.Password))));

    [Fact]
    public void Validate_AnotherCloud_IsFine() => Assert.Empty(Faults(With(new()
    {
        Tenant = "county.example",
        ClientId = "app",
        ClientSecret = "invented",
        Authority = "https://login.microsoftonline.us/",
        Scope = "https://outlook.office365.us/.default",
    })));

    public static TheoryData<string, string> Wrong => new()
    {
        { "password too", "Email:Smtp:Password and Email:Smtp:OAuth contradict each other" },
        { "no user", "Email:Smtp:User is required with Email:Smtp:OAuth" },
        { "no host", "Email:Smtp:Host is required with Email:Smtp:OAuth" },
        { "no tenant", "Email:Smtp:OAuth:Tenant must be" },
        { "every tenant", "Email:Smtp:OAuth:Tenant must be" },
        { "tenant as a path", "Email:Smtp:OAuth:Tenant must be" },
        { "no app", "Email:Smtp:OAuth:ClientId is required" },
        { "no proof", "Email:Smtp:OAuth needs either ClientSecret or CertificatePath, and not both" },
        { "both proofs", "Email:Smtp:OAuth needs either ClientSecret or CertificatePath, and not both" },
        { "lone password", "Email:Smtp:OAuth:CertificatePassword needs CertificatePath" },
        { "no file", "Email:Smtp:OAuth:CertificatePath must name a PKCS #12 file with an RSA key: Could not find file" },
        { "wrong password", "Email:Smtp:OAuth:CertificatePath must name a PKCS #12 file with an RSA key: The certificate data cannot be read with the provided password" },
        { "no key", "Email:Smtp:OAuth:CertificatePath must name a PKCS #12 file with an RSA key: it holds no such key." },
        { "open authority", "Email:Smtp:OAuth:Authority must be an https address without a path" },
        { "authority with tenant", "Email:Smtp:OAuth:Authority must be an https address without a path" },
        { "narrow scope", "Email:Smtp:OAuth:Scope must end with /.default" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Validate_Contradiction_IsNamed(string what, string words)
    {
        var options = what switch
        {
            "password too" => With(Secret(), password: "invented"),
            "no user" => With(Secret(), user: ""),
            "no host" => With(Secret(), host: ""),
            "no tenant" => With(Secret(tenant: "")),
            "every tenant" => With(Secret(tenant: "common")),
            "tenant as a path" => With(Secret(tenant: "county.example/v2")),
            "no app" => With(Secret(client: "")),
            "no proof" => With(Secret(secret: "")),
            "both proofs" => With(new() { Tenant = "t", ClientId = "app", ClientSecret = "invented", CertificatePath = app.Path, CertificatePassword = app.Password }),
            "lone password" => With(new() { Tenant = "t", ClientId = "app", ClientSecret = "invented", CertificatePassword = "invented" }),
            "no file" => With(Proof(app.Path + ".elsewhere", app.Password)),
            "wrong password" => With(Proof(app.Path, "mistyped")),
            "no key" => With(Proof(app.PublicPath, app.Password)),
            "open authority" => With(Secret(authority: "http://login.example")),
            "authority with tenant" => With(Secret(authority: "https://login.example/county")),
            _ => With(Secret(scope: "https://outlook.office365.com/SMTP.Send")),
        };

        Assert.StartsWith(words, Assert.Single(Faults(options)), StringComparison.Ordinal);
    }

    public void Dispose() => app.Dispose();

    private static SmtpOAuthOptions Secret(
        string tenant = "county.example", string client = "app", string secret = "invented",
        string authority = "https://login.example", string scope = "https://mail.example/.default") =>
        new() { Tenant = tenant, ClientId = client, ClientSecret = secret, Authority = authority, Scope = scope };

    private static SmtpOAuthOptions Proof(string path, string password) =>
        new() { Tenant = "county.example", ClientId = "app", CertificatePath = path, CertificatePassword = password };

    private static SmtpOptions With(SmtpOAuthOptions oauth, string host = "smtp.office365.com", string user = "hub@county.example", string password = "") =>
        new() { Host = host, User = user, Password = password, OAuth = oauth };

    private static IEnumerable<string> Faults(SmtpOptions smtp) =>
        new EmailOptionsRules(new HostingEnvironment { EnvironmentName = "Demo" }).Validate(null, new EmailOptions { Smtp = smtp }).Failures ?? [];
}
