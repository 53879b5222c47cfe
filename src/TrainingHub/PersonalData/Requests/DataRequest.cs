using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.PersonalData;

internal enum DataRequestKind
{
    [Display(Name = "A copy of their data")]
    Copy,

    [Display(Name = "Erasure")]
    Erasure,

    [Display(Name = "Correction")]
    Correction,

    /// <summary>About how personal data is handled (Data Protection Act 2018, section 164A).</summary>
    [Display(Name = "A complaint about how we handle personal data")]
    Complaint,
}

/// <summary>What came of a complaint.</summary>
internal enum ComplaintFinding
{
    [Display(Name = "They are right")]
    Upheld,

    [Display(Name = "They are right in part")]
    PartlyUpheld,

    [Display(Name = "We did nothing wrong")]
    NotUpheld,

    [Display(Name = "They took it back")]
    Withdrawn,
}

/// <summary>How an answer reached whoever asked.</summary>
internal enum AnswerWay
{
    Email,

    /// <summary>Staff posted it, handed it over or told them.</summary>
    Paper,
}

/// <summary>One line of what an erasure did: what, how many, and why and until when it is kept if it is. It says nothing of the person.</summary>
/// <param name="What">"The name on 2 places".</param>
/// <param name="Kept">Why it is kept; null when it is gone.</param>
/// <param name="Until">Until when; null with a reason that has no end, or when it is gone.</param>
internal sealed record ErasureLine(string What, string? Kept = null, string? Until = null);

/// <summary>
/// Somebody asks for a copy of what is held about them, to correct it or to erase it, or complains about how it is handled. A request is due
/// one calendar month after it came (UK GDPR, article 12(3)), two months later at most when it is extended with a reason. A complaint is
/// acknowledged and answered within 30 days, 30 more with a reason (Data Protection Act 2018, section 164A: acknowledged within 30 days,
/// answered without undue delay, and told meanwhile how it goes). An erasure takes the asker's own name and addresses off it.
/// </summary>
internal sealed class DataRequest
{
    public const int ContactLength = 500;
    public const int AskedLength = 4000;
    public const int IdentityLength = 500;
    public const int ReasonLength = 500;
    public const int AnswerLength = 4000;
    public const int MonthsToAnswer = 1;
    public const int MonthsMore = 2;
    public const int ComplaintDays = 30;
    public const int YearsKept = 2;

    private string? name;
    private string? email;
    private string? contact;
    private string? asked;
    private DateOnly dueOn;

    public required Guid Id { get; init; }
    public required string Reference { get; init; }
    public required DataRequestKind Kind { get; init; }

    /// <summary>Who asks; null once they are erased.</summary>
    public string? Name { get => name; init => name = value; }
    public string? Email { get => email; init => email = value; }

    /// <summary>Where else they can be reached.</summary>
    public string? Contact { get => contact; init => contact = value; }

    /// <summary>What they asked for, in short.</summary>
    public string? Asked { get => asked; init => asked = value; }

    /// <summary>How staff made sure that it is they; null until they did. Nothing is given out or erased before.</summary>
    public string? Identity { get; private set; }
    public required DateOnly ReceivedOn { get; init; }
    public required DateOnly DueOn { get => dueOn; init => dueOn = value; }

    /// <summary>When whoever complains was told that it came; null until they were, and for a request.</summary>
    public DateOnly? AcknowledgedOn { get; private set; }
    public string? ExtendedBecause { get; private set; }

    /// <summary>When what was needed for a coming date can be erased too; null when nothing waits.</summary>
    public DateOnly? LaterOn { get; private set; }
    public DateTimeOffset? ErasedAt { get; private set; }
    public IReadOnlyList<ErasureLine> Outcome { get; private set; } = [];
    public DateTimeOffset? AnsweredAt { get; private set; }
    public Guid? AnsweredById { get; private set; }

    /// <summary>What they were given or told, without names.</summary>
    public string? Answer { get; private set; }

    /// <summary>Of a complaint that is answered; null otherwise.</summary>
    public ComplaintFinding? Finding { get; private set; }

    /// <summary>Null until it is answered, and of answers from before this was written down.</summary>
    public AnswerWay? AnswerWay { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }

    public bool IsOpen => AnsweredAt is null;

    public bool MayExtend => IsOpen && ExtendedBecause is null;

    /// <summary>Whoever complains has not been told that it came.</summary>
    public bool IsToAcknowledge => IsOpen && Kind == DataRequestKind.Complaint && AcknowledgedOn is null;

    /// <summary>The last day for the acknowledgement of a complaint.</summary>
    public DateOnly AcknowledgeBy => ReceivedOn.AddDays(ComplaintDays);

    public static DateOnly DueOf(DataRequestKind kind, DateOnly receivedOn) =>
        kind == DataRequestKind.Complaint ? receivedOn.AddDays(ComplaintDays) : receivedOn.AddMonths(MonthsToAnswer);

    /// <summary>The day on which it is due once it is extended.</summary>
    public DateOnly LaterDue => Kind == DataRequestKind.Complaint ? ReceivedOn.AddDays(2 * ComplaintDays) : ReceivedOn.AddMonths(MonthsToAnswer + MonthsMore);

    /// <summary>The day from which the request itself is gone; null while it is open.</summary>
    public DateOnly? KeptUntil => AnsweredAt is { } at ? Platform.London.DateOf(at).AddYears(YearsKept) : null;

    public void Identify(string how) => Identity = how;

    public void Extend(string why)
    {
        Ensure(MayExtend, nameof(Extend));
        (dueOn, ExtendedBecause) = (LaterDue, why);
    }

    public void Acknowledge(DateOnly on)
    {
        Ensure(IsToAcknowledge, nameof(Acknowledge));
        AcknowledgedOn = on;
    }

    /// <param name="given"></param>
    /// <param name="way"></param>
    /// <param name="finding">Of a complaint, and of nothing else.</param>
    /// <param name="by"></param>
    /// <param name="now"></param>
    public void Close(string given, AnswerWay way, ComplaintFinding? finding, Guid? by, DateTimeOffset now)
    {
        Ensure(IsOpen && (Kind == DataRequestKind.Complaint) == (finding is not null), nameof(Close));
        (AnsweredAt, AnsweredById, Answer, AnswerWay, Finding) = (now, by, given, way, finding);
    }

    /// <summary>Something was erased; the rest waits until that day, and with it who asked.</summary>
    public void Erase(IReadOnlyList<ErasureLine> lines, DateOnly? laterOn, DateTimeOffset now)
    {
        (ErasedAt, LaterOn, Outcome) = (now, laterOn, [.. Outcome.Where(line => line.Kept is null), .. lines]);
        if (laterOn is null)
        {
            (name, email, contact, asked) = (null, null, null, null);
            (Identity, ExtendedBecause) = (Identity is null ? null : "It was checked", ExtendedBecause is null ? null : "Said then");
        }
    }

    private void Ensure(bool allowed, string verb)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"{verb}: request {Id} does not allow it.");
        }
    }
}

internal sealed class DataRequestMap : IEntityTypeConfiguration<DataRequest>
{
    public void Configure(EntityTypeBuilder<DataRequest> builder)
    {
        builder.Property(request => request.Reference).HasMaxLength(Platform.Reference.Length);
        builder.Property(request => request.Name).HasMaxLength(Person.NameLength);
        builder.Property(request => request.Email).HasMaxLength(Person.EmailLength);
        builder.Property(request => request.Contact).HasMaxLength(DataRequest.ContactLength);
        builder.Property(request => request.Asked).HasMaxLength(DataRequest.AskedLength);
        builder.Property(request => request.Identity).HasMaxLength(DataRequest.IdentityLength);
        builder.Property(request => request.ExtendedBecause).HasMaxLength(DataRequest.ReasonLength);
        builder.Property(request => request.Answer).HasMaxLength(DataRequest.AnswerLength);
        builder.Property(request => request.Outcome).HasColumnType("jsonb").HasConversion(
            lines => JsonSerializer.Serialize(lines, JsonSerializerOptions.Default),
            stored => JsonSerializer.Deserialize<List<ErasureLine>>(stored, JsonSerializerOptions.Default) ?? new List<ErasureLine>(),
            new ValueComparer<IReadOnlyList<ErasureLine>>((one, other) => ReferenceEquals(one, other), lines => lines.Count, lines => lines));
        builder.Ignore(request => request.IsOpen).Ignore(request => request.MayExtend).Ignore(request => request.IsToAcknowledge).Ignore(request => request.AcknowledgeBy).Ignore(request => request.LaterDue).Ignore(request => request.KeptUntil);
        builder.HasIndex(request => request.Reference).IsUnique();
        builder.HasIndex(request => request.DueOn).HasFilter("answered_at is null");
        builder.HasIndex(request => request.AnsweredById);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(request => request.AnsweredById);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_data_requests_answered", "(answered_at is null) = (answer is null)");
            table.HasCheckConstraint("ck_data_requests_due", "due_on > received_on");
            table.HasCheckConstraint("ck_data_requests_complaint", "(kind = 'Complaint' and answered_at is not null) = (finding is not null)");
        });
    }
}
