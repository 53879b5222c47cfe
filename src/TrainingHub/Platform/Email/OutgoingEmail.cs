using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Emails;

namespace TrainingHub.Platform.Email;

/// <summary>
/// One email to one address, added in the same transaction as the change that it tells of, and sent later. Once it is sent, its content
/// holds no key to a private link any more, see <see cref="LinksInEmail"/>.
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

    /// <summary>The message as JSON; null when it is forgotten.</summary>
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

    /// <summary>The text part as it was sent last, without private links.</summary>
    public string? SentText { get; init; }

    /// <summary>When a report was read that it did not arrive.</summary>
    public DateTimeOffset? BouncedAt { get; init; }

    /// <summary>The act that wrote it to many people at once; null for all others.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>The act of staff that it tells of, as long as that can be undone by taking it back; see <see cref="UndoableAct"/>.</summary>
    public Guid? ActId { get; init; }

    /// <summary>When its addressee was told that it is withheld.</summary>
    public DateTimeOffset? OfferedAt { get; init; }

    /// <summary>Why it is not sent, for staff; holds no content.</summary>
    public string? LastError { get; init; }

    /// <summary>A new row, due at once.</summary>
    /// <exception cref="ArgumentException">The address is not valid, or the message's type is not in the catalogue.</exception>
    public static OutgoingEmail To(string address, IEmailMessage message, DateTimeOffset now, string? about = null, Guid? batchId = null)
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
            BatchId = batchId,
        };
    }

    /// <summary>The same message, due at once as if it were new; null when the content does not fit the message any more.</summary>
    public OutgoingEmail? Requeued(Guid id, string model, string address, DateTimeOffset now)
    {
        if (MessageOf(model) is not { } message)
        {
            return null;
        }

        return new OutgoingEmail
        {
            Id = id,
            Kind = Kind,
            Model = model,
            ToAddress = address,
            Subject = OneLine(message.Subject),
            About = About,
            UnsubscribeUrl = message.UnsubscribeUrl,
            State = EmailState.Queued,
            CreatedAt = id == Id ? CreatedAt : now,
            DueAt = now,
            AttemptCount = 0,
            OfferedAt = OfferedAt,
            BatchId = BatchId,
            ActId = id == Id ? ActId : null,
        };
    }

    /// <summary>Whether its link may be in no other hands.</summary>
    public bool IsForReaderAlone => EmailCatalogue.ForReaderAlone.Contains(Kind);

    /// <summary>Whether its words are a key in themselves.</summary>
    public bool IsNotKept => EmailCatalogue.NotKept.Contains(Kind);

    /// <summary>The message for whoever shows it; null when there is none, it is nobody's to see, or another version of the program stored it.</summary>
    public IEmailMessage? ReadableMessage() => Model is null || IsNotKept ? null : MessageOf(Model);

    private IEmailMessage? MessageOf(string model)
    {
        try
        {
            return Parse(model);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The message again.</summary>
    /// <exception cref="JsonException">The stored content does not fit the message, for instance after its record changed.</exception>
    /// <exception cref="ArgumentException">The kind is not in the catalogue.</exception>
    /// <exception cref="InvalidOperationException">The content was cleared.</exception>
    public IEmailMessage Message()
    {
        return Parse(Model ?? throw new InvalidOperationException("The content of this email was cleared."));
    }

    private IEmailMessage Parse(string model) =>
        (IEmailMessage)(JsonSerializer.Deserialize(model, EmailCatalogue.Named(Kind).Message, Json)
            ?? throw new JsonException("The stored content is null."));

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
        builder.HasIndex(email => email.BatchId).HasFilter("batch_id is not null");
        builder.HasIndex(email => email.ActId).HasFilter("act_id is not null");
        builder.HasIndex(email => email.About);
        builder.HasIndex(email => email.CreatedAt);
        builder.HasIndex(email => email.CreatedAt, "IxOutgoingEmailsNotDelivered")
            .HasFilter($"state in ({string.Join(", ", EmailStates.NotDelivered.Select(state => $"'{state}'"))})");
    }
}
