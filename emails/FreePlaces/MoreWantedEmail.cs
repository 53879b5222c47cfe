namespace TrainingHub.Emails;

/// <summary>To who applied for a free place: what the training team needs to know before it decides.</summary>
/// <param name="Name">Who applied.</param>
/// <param name="Organisation">For which organisation.</param>
/// <param name="Question">The coordinator's words, shown as written.</param>
/// <param name="ArePlacesHeld">Whether it came with a booking.</param>
/// <param name="Url">The private link, where it is answered.</param>
public sealed record MoreWantedEmail(string Name, string Organisation, string Question, bool ArePlacesHeld, string Url) : IEmailMessage
{
    public string Subject => "A question about your application for a free place";
}
