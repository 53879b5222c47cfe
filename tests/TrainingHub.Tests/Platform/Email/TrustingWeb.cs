using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;

namespace TrainingHub.Tests.Platform.Email;

/// <summary>Trusts the test's own authority and no other.</summary>
internal sealed class TrustingWeb(PassingAuthority authority) : IMsalHttpClientFactory, IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509Certificate2.CreateFromPem(authority.Pem) },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    });

    public HttpClient GetHttpClient() => client;

    public void Dispose() => client.Dispose();
}
