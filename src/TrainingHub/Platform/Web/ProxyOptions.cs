using System.Net;

namespace TrainingHub.Platform.Web;

/// <summary>Section <c>Proxy</c>: the reverse proxies whose word on scheme and client address counts. None by default.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Proxy";

    public string[] KnownProxies { get; init; } = [];

    public bool AreAddresses() => KnownProxies.All(proxy => IPAddress.TryParse(proxy, out _));
}
