using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

public sealed class DataProtectionKeysTests(TestApp first) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Cookie_ProtectedByOneNode_IsReadByAnother()
    {
        var written = Protector(first).Protect("a session");

        await using var second = new TestApp(first.ConnectionString);

        Assert.Equal("a session", Protector(second).Unprotect(written));
    }

    private static IDataProtector Protector(TestApp app) =>
        app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
