using System.Security.Cryptography;
using System.Text;
using TrainingHub.Attendance;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>A badge is verified by a library that is not ours and the keys that the site publishes, also after the key was renewed; a changed one is not.</summary>
public sealed class OpenBadgeTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly CertificateWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Badge_OfItsHolder_IsVerifiedAndSaysWhatTheCertificateSays()
    {
        var (place, badge) = await BadgeAsync();
        var certificate = await world.InForceAsync(place);

        var (credential, refused) = await BadgeVerifier.VerifyAsync(badge, await KeysAsync(), app.Clock.Now);

        Assert.Null(refused);
        Assert.Equal(["VerifiableCredential", "OpenBadgeCredential"], credential!["type"]!.AsArray().Select(one => (string)one!));
        Assert.Equal($"https://localhost{CertificateUrls.CheckOf(certificate.Code)}", (string)credential["id"]!);
        Assert.Equal((string)credential["issuer"]!["id"]!, (string)credential["iss"]!);
        Assert.Equal(certificate.CourseTitle, (string)credential["credentialSubject"]!["achievement"]!["name"]!);
        var known = credential["credentialSubject"]!["identifier"]!.AsArray();
        Assert.Equal(certificate.PersonName, (string)known[0]!["identityHash"]!);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(place.Person.EmailKey + (string)known[1]!["salt"]!));
        Assert.Equal($"sha256${Convert.ToHexStringLower(hash)}", (string)known[1]!["identityHash"]!);
        Assert.DoesNotContain(place.Person.Email, credential.ToJsonString());
        var issuer = await app.Browse().GetAsync(CertificateUrls.Issuer);
        Assert.Contains("\"Profile\"", issuer.Text);
    }

    [Fact]
    public async Task Badge_ChangedAfterwards_IsRefused()
    {
        var (_, badge) = await BadgeAsync();
        var parts = badge.Split('.');
        var changed = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("Attended the course", "Passed the course", StringComparison.Ordinal);
        parts[1] = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(changed));

        var (_, refused) = await BadgeVerifier.VerifyAsync(string.Join('.', parts), await KeysAsync(), app.Clock.Now);

        Assert.Equal("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", refused);
    }

    [Fact]
    public async Task Badge_AfterItsLastDay_IsRefusedAsOver()
    {
        var (place, badge) = await BadgeAsync();
        var until = (await world.InForceAsync(place)).ValidUntil!.Value;

        Assert.Null((await BadgeVerifier.VerifyAsync(badge, await KeysAsync(), new(until.ToDateTime(new(20, 0)), TimeSpan.Zero))).Refused);
        Assert.Equal("ERR_JWT_EXPIRED", (await BadgeVerifier.VerifyAsync(badge, await KeysAsync(), new(until.AddDays(1).ToDateTime(new(1, 0)), TimeSpan.Zero))).Refused);
    }

    [Fact]
    public async Task Key_Renewed_SignsAnewAndOldBadgesStayVerifiable()
    {
        var (place, before) = await BadgeAsync();

        var renewed = await app.WithAsync((BadgeKeys keys) => keys.RenewAsync(Ct));
        var after = await FileAsync(place);
        var keys = await KeysAsync();

        Assert.Null((await BadgeVerifier.VerifyAsync(before, keys, app.Clock.Now)).Refused);
        Assert.Null((await BadgeVerifier.VerifyAsync(after, keys, app.Clock.Now)).Refused);
        var own = await app.Browse().GetAsync(CertificateUrls.Key(renewed));
        Assert.Null((await BadgeVerifier.VerifyAsync(after, $"{{\"keys\":[{own.Text}]}}", app.Clock.Now)).Refused);
        Assert.Equal("ERR_JWKS_NO_MATCHING_KEY", (await BadgeVerifier.VerifyAsync(before, $"{{\"keys\":[{own.Text}]}}", app.Clock.Now)).Refused);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.Browse().GetAsync(CertificateUrls.Key("nothing"))).Status);
        Assert.DoesNotContain("\"d\":", keys);
    }

    [Fact]
    public async Task Key_FirstBadgesAtOnce_ShareOne()
    {
        await using (var retire = app.Database.Owner().CreateCommand("update badge_keys set retired_at = now() where retired_at is null"))
        {
            await retire.ExecuteNonQueryAsync(Ct);
        }

        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.WithAsync(async (BadgeKeys keys) => (await keys.InUseAsync(Ct)).KeyId), Ct)));

        Assert.Single(ids.Distinct());
    }

    private async Task<(GivenPlace Place, string Badge)> BadgeAsync()
    {
        var place = await world.AttendedAsync();
        await world.KeepAsync();
        return (place, await FileAsync(place));
    }

    private async Task<string> FileAsync(GivenPlace place)
    {
        var browser = app.Browse();
        await browser.GetAsync(await world.LinkAsync(place));
        var page = await browser.GetAsync(CertificateUrls.Badge((await world.InForceAsync(place)).Id));
        Assert.Equal(OpenBadge.ContentType, page.Response.Content.Headers.ContentType?.MediaType);
        return page.Text;
    }

    private async Task<string> KeysAsync() => (await app.Browse().GetAsync(CertificateUrls.Keys)).Text;
}
