using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    /// <summary>An email that is due at once.</summary>
    public async Task<OutgoingEmail> EmailAsync(string address, IEmailMessage message, string? about = null) =>
        await AddedAsync(OutgoingEmail.To(address, message, Now, about));

    /// <summary>An email of which only the row is looked at, tried once.</summary>
    public async Task<OutgoingEmail> EmailAsync(string kind, EmailState state, DateTimeOffset? leaseUntil = null) => await AddedAsync(new OutgoingEmail
    {
        Id = Guid.CreateVersion7(),
        Kind = kind,
        Model = state == EmailState.Sent ? null : "{}",
        ToAddress = "a@example.org",
        Subject = kind,
        State = state,
        CreatedAt = Now,
        DueAt = Now,
        AttemptCount = 1,
        LeaseUntil = leaseUntil,
        SentAt = state == EmailState.Sent ? Now : null,
    });

    /// <summary>The token of a private link that lasts a day.</summary>
    public async Task<string> LinkAsync(string purpose, Guid subject)
    {
        await using var db = Db();
        var token = SecretLink.Issue(db, purpose, subject, Now, Now.AddDays(1));
        await db.SaveChangesAsync(ct);
        return token.Value;
    }
}
