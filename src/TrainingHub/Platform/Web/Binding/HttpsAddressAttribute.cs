using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Platform.Web;

/// <summary>On an address that pages link to: https, in full, and without a name or password in it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HttpsAddressAttribute : ValidationAttribute
{
    public HttpsAddressAttribute() => ErrorMessage = "Enter a full address that starts with https://";

    public override bool IsValid(object? value) => value is not string text || IsHttps(text);

    private static bool IsHttps(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0
        && address.HostNameType == UriHostNameType.Dns && address.Host.Contains('.', StringComparison.Ordinal);
}
