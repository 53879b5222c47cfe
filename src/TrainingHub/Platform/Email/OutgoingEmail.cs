using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Emails;

namespace TrainingHub.Platform.Email;

/// <summary>
/// One email to one address, added in the same transaction as the change that it tells of, and sent later.
/// Its content is cleared once it is sent.
/// </summary>
internal sealed class OutgoingEmail
{
    private const int SubjectMaxLength = 200;

    // A row that lacks a value must fail loudly, not be sent with a gap in it.
    private static readonly JsonSerializerOptions Json = new()
    {
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public required Guid Id { get; init; }

    /// <summary>A name in <see cref="EmailCatalogue"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The message as JSON; null once sent.</summary>
    public required string? Model { get; init; }

    public required string ToAddress { get; init; }

    /// <summary>May name the person; once sent, as <see cref="IEmailMessage.KeptSubject"/> has it.</summary>
    public required string Subject { get; init; }

    /// <summary>What it is about, such as a booking's reference; staff search by it.</summary>
    public string? About { get; init; }

    public string? UnsubscribeUrl { get; init; }

    public required EmailState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not before this instant.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How often a sender has taken it.</summary>
    public required int AttemptCount { get; init; }

    /// <summary>Until then it belongs to one sender; null unless <see cref="EmailState.Sending"/>.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When its addressee was told that it is withheld.</summary>
    public DateTimeOffset? OfferedAt { get; init; }

    /// <summary>Why it is not sent, for staff; holds no content.</summary>
    public string? LastError { get; init; }

    /// <summary>A new row, due at once.</summary>
    /// <exception cref="ArgumentException">The address is not valid, or the message's type is not in the catalogue.</exception>
    public static OutgoingEmail To(string address, IEmailMessage message, DateTimeOffset now, string? about = null)
    {
        if (!EmailAddress.IsValid(address))
        {
            throw new ArgumentException("Not an email address.", nameof(address));
        }

        return new OutgoingEmail
        {
            Id = Guid.CreateVersion7(now),
            Kind = EmailCatalogue.Of(message).Name,
            Model = JsonSerializer.Serialize(message, message.GetType(), Json),
            ToAddress = address,
            Subject = OneLine(message.Subject),
            About = about,
            UnsubscribeUrl = message.UnsubscribeUrl,
            State = EmailState.Queued,
            CreatedAt = now,
            DueAt = now,
            AttemptCount = 0,
        };
    }

    /// <summary>The message again.</summary>
    /// <exception cref="JsonException">The stored content does not fit the message, for instance after its record changed.</exception>
    /// <exception cref="ArgumentException">The kind is not in the catalogue.</exception>
    /// <exception cref="InvalidOperationException">The content was cleared.</exception>
    public IEmailMessage Message()
    {
        var model = Model ?? throw new InvalidOperationException("The content of this email was cleared.");
        return (IEmailMessage)(JsonSerializer.Deserialize(model, EmailCatalogue.Named(Kind).Message, Json)
            ?? throw new JsonException("The stored content is null."));
    }

    /// <summary>A subject as it is stored: without line ends, and not too long.</summary>
    public static string OneLine(string subject)
    {
        var line = string.Join(' ', string.Concat(subject.Select(letter => char.IsControl(letter) ? ' ' : letter)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= SubjectMaxLength)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[SubjectMaxLength - 2]) ? SubjectMaxLength - 2 : SubjectMaxLength - 1;
        return string.Concat(line.AsSpan(0, end).TrimEnd(), "…");
    }
}

internal sealed class OutgoingEmailMap : IEntityTypeConfiguration<OutgoingEmail>
{
    public void Configure(EntityTypeBuilder<OutgoingEmail> builder)
    {
        builder.ToTable("outgoing_emails");
        builder.HasKey(email => email.Id);
        builder.Property(email => email.Id).ValueGeneratedNever();
        builder.Property(email => email.Model).HasColumnType("jsonb");
        builder.HasIndex(email => email.DueAt)
            .HasFilter("state in ('Queued', 'Sending', 'Waiting')");
        builder.HasIndex(email => email.ToAddress).HasFilter("state = 'Withheld'");
        builder.HasIndex(email => email.CreatedAt, "IxOutgoingEmailsNotDelivered")
            .HasFilter($"state in ({string.Join(", ", EmailStates.NotDelivered.Select(state => $"'{state}'"))})");
    }
}
