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
    public async Task<OutgoingEmail> EmailAsync(string kind, EmailState state, DateTimeOffset? leaseUntil = null) =>
        await AddedAsync(NewEmail(kind, state, Now, leaseUntil: leaseUntil));

    public static OutgoingEmail NewEmail(
        string kind, EmailState state, DateTimeOffset at, string to = "a@example.org", string? about = null, DateTimeOffset? leaseUntil = null) => new()
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            Model = state == EmailState.Sent ? null : "{}",
            ToAddress = to,
            Subject = kind,
            About = about,
            State = state,
            CreatedAt = at,
            DueAt = at,
            AttemptCount = 1,
            LeaseUntil = leaseUntil,
            SentAt = state == EmailState.Sent ? at : null,
        };

    /// <summary>An email as another version of the program stored it.</summary>
    public static OutgoingEmail NewStoredEmail(OutgoingEmail email, string model) => new()
    {
        Id = email.Id,
        Kind = email.Kind,
        Model = model,
        ToAddress = email.ToAddress,
        Subject = email.Subject,
        State = email.State,
        CreatedAt = email.CreatedAt,
        DueAt = email.DueAt,
        AttemptCount = email.AttemptCount,
    };

    /// <summary>The token of a private link that lasts a day.</summary>
    public async Task<string> LinkAsync(string purpose, Guid subject)
    {
        await using var db = Db();
        var token = SecretLink.Issue(db, purpose, subject, Now, Now.AddDays(1));
        await db.SaveChangesAsync(ct);
        return token.Value;
    }
}
