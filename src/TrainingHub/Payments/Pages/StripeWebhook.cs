using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace TrainingHub.Payments.Pages;

/// <summary>
/// Receives Stripe's webhook. 200 means that the event was acted on, or is none of ours; 400 that it is not genuine; anything else makes
/// Stripe send it again, for three days. Answers say nothing else.
/// </summary>
internal sealed partial class StripeWebhook(HandleStripeEvent handle, IOptions<StripeOptions> options, ILogger<StripeWebhook> logger)
{
    private const int LargestBody = 256 * 1024;

    public static async Task<IResult> HandleAsync(HttpContext context, StripeWebhook webhook) =>
        Results.StatusCode(await webhook.AnswerAsync(context.Request, context.RequestAborted));

    private async Task<int> AnswerAsync(HttpRequest request, CancellationToken ct)
    {
        if (!options.Value.CardsOffered)
        {
            return StatusCodes.Status404NotFound;
        }

        if (await ReadAsync(request, ct) is not { } body)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        var header = request.Headers[StripeSignature.Header].ToString();
        if (!StripeSignature.IsGenuine(body, header, options.Value.WebhookSecret, StripeClock.Now))
        {
            LogForged();
            return StatusCodes.Status400BadRequest;
        }

        if (StripeEventBody.Parse(body) is not { } heard)
        {
            LogUnreadable();
            return StatusCodes.Status400BadRequest;
        }

        return await HandleAsync(heard, ct);
    }

    private async Task<int> HandleAsync(StripeEventBody heard, CancellationToken ct)
    {
        try
        {
            var result = await handle.RunAsync(heard, ct);
            LogHandled(heard.Id, heard.Type, result);
            return result == HandleEventResult.WrongMode ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        }
        catch (StripeGatewayException missing) when (missing.IsMissing)
        {
            LogHandled(heard.Id, heard.Type, HandleEventResult.NotOurs);
            return StatusCodes.Status200OK;
        }
        catch (StripeGatewayException failure)
        {
            LogAgain(failure, heard.Id, heard.Type);
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > LargestBody)
        {
            return null;
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        return body.Length <= LargestBody ? body.ToArray() : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event that Stripe did not sign, or not lately, was refused")]
    private partial void LogForged();

    [LoggerMessage(Level = LogLevel.Error, Message = "A signed message from Stripe is not an event")]
    private partial void LogUnreadable();

    [LoggerMessage(Level = LogLevel.Information, Message = "Stripe event {EventId} {EventType}: {Result}")]
    private partial void LogHandled(string eventId, string eventType, HandleEventResult result);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stripe event {EventId} {EventType} was not handled; Stripe sends it again")]
    private partial void LogAgain(Exception failure, string eventId, string eventType);
}
