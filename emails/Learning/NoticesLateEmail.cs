namespace TrainingHub.Emails;

/// <summary>To the training team: providers that have not acknowledged a change in time.</summary>
/// <param name="Providers">One line each.</param>
/// <param name="Url">Where to see to it.</param>
public sealed record NoticesLateEmail(IReadOnlyList<string> Providers, string Url) : IEmailMessage
{
    public string Subject => Providers.Count == 1 ? "1 provider has not acknowledged a change" : $"{Providers.Count} providers have not acknowledged a change";
}
