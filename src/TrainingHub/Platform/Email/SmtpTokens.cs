using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;

namespace TrainingHub.Platform.Email;

/// <summary>
/// The token that signs this site in to the mail server. It is kept until five minutes before it expires and asked for once, however
/// many senders want it at the same time.
/// </summary>
internal sealed partial class SmtpTokens : IDisposable
{
    private readonly SmtpOAuthOptions options;
    private readonly IConfidentialClientApplication app;
    private readonly SemaphoreSlim turn = new(1);
    private volatile string? refused;

    /// <param name="options">Already checked.</param>
    /// <param name="web">Null for the library's own.</param>
    public SmtpTokens(SmtpOAuthOptions options, IMsalHttpClientFactory? web = null)
    {
        this.options = options;
        // Without discovery nothing is asked but the token, and a national cloud needs no list of known ones.
        var builder = ConfidentialClientApplicationBuilder.Create(options.ClientId)
            .WithAuthority($"{options.Authority.TrimEnd('/')}/{options.Tenant}", validateAuthority: false)
            .WithInstanceDiscovery(false);
        builder = options.Certificate() is { } certificate ? builder.WithCertificate(certificate) : builder.WithClientSecret(options.ClientSecret);
        app = (web is null ? builder : builder.WithHttpClientFactory(web)).Build();
    }

    /// <summary>Throws <see cref="SignInException"/> when there is none to be had.</summary>
    public async Task<string> GetAsync(CancellationToken ct)
    {
        // The library asks once for each caller that finds none.
        await turn.WaitAsync(ct);
        try
        {
            var token = await AskAsync(anew: false, ct);
            return token == refused ? await AskAsync(anew: true, ct) : token;
        }
        catch (MsalServiceException fault) when (fault.StatusCode is 408 or 429 or >= 500)
        {
            throw new SignInException(DeliveryOutcome.Unreachable, Says(fault.Message));
        }
        catch (MsalException fault)
        {
            throw new SignInException(DeliveryOutcome.RefusesUs, Says(InWords(fault.Message)));
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException)
        {
            throw new SignInException(DeliveryOutcome.Unreachable, Says(fault.Message));
        }
        catch (OperationCanceledException)
        {
            throw new SignInException(DeliveryOutcome.Unreachable, Says("no answer in time."));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What the app may do stands in the token: after a permission is given only a new one has it.</summary>
    public void WasRefused(string token) => refused = token;

    public void Dispose() => turn.Dispose();

    private async Task<string> AskAsync(bool anew, CancellationToken ct) =>
        (await app.AcquireTokenForClient([options.Scope]).WithForceRefresh(anew).ExecuteAsync(ct)).AccessToken;

    private string Says(string words) => $"{new Uri(options.Authority).Host}: {words}";

    /// <summary>Microsoft's number and sentence, without what only its own staff can look up.</summary>
    private static string InWords(string message) => Sentence().Match(message) is { Success: true } said ? said.Value : message;

    [GeneratedRegex(@"AADSTS\d+:.*?(?=\s*Trace ID|$)", RegexOptions.Singleline)]
    private static partial Regex Sentence();
}

/// <summary>This site could not sign in to the mail server. The message is for whoever looks after the site.</summary>
internal sealed class SignInException(DeliveryOutcome outcome, string message) : Exception(message)
{
    public DeliveryOutcome Outcome => outcome;
}
