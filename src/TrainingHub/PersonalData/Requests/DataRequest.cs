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
}

/// <summary>One line of what an erasure did: what, how many, and why and until when it is kept if it is. It says nothing of the person.</summary>
/// <param name="What">"The name on 2 places".</param>
/// <param name="Kept">Why it is kept; null when it is gone.</param>
/// <param name="Until">Until when; null with a reason that has no end, or when it is gone.</param>
internal sealed record ErasureLine(string What, string? Kept = null, string? Until = null);

/// <summary>
/// Somebody asks for a copy of what is held about them, to correct it or to erase it. Due one calendar month after it came (UK GDPR,
/// article 12(3)), two months later at most when it is extended with a reason. An erasure takes the asker's own name and addresses off it.
/// </summary>
internal sealed class DataRequest
{
    public const int ContactLength = 500;
    public const int AskedLength = 1000;
    public const int IdentityLength = 500;
    public const int ReasonLength = 500;
    public const int AnswerLength = 1000;
    public const int MonthsToAnswer = 1;
    public const int MonthsMore = 2;
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
    public string? ExtendedBecause { get; private set; }

    /// <summary>When what was needed for a coming date can be erased too; null when nothing waits.</summary>
    public DateOnly? LaterOn { get; private set; }
    public DateTimeOffset? ErasedAt { get; private set; }
    public IReadOnlyList<ErasureLine> Outcome { get; private set; } = [];
    public DateTimeOffset? AnsweredAt { get; private set; }
    public Guid? AnsweredById { get; private set; }

    /// <summary>What they were given or told, without names.</summary>
    public string? Answer { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }

    public bool IsOpen => AnsweredAt is null;

    public bool MayExtend => IsOpen && ExtendedBecause is null;

    public static DateOnly DueOf(DateOnly receivedOn) => receivedOn.AddMonths(MonthsToAnswer);

    /// <summary>The day from which the request itself is gone; null while it is open.</summary>
    public DateOnly? KeptUntil => AnsweredAt is { } at ? Platform.London.DateOf(at).AddYears(YearsKept) : null;

    public void Identify(string how) => Identity = how;

    public void Extend(string why)
    {
        Ensure(MayExtend, nameof(Extend));
        (dueOn, ExtendedBecause) = (ReceivedOn.AddMonths(MonthsToAnswer + MonthsMore), why);
    }

    public void Close(string given, Guid? by, DateTimeOffset now)
    {
        Ensure(IsOpen, nameof(Close));
        (AnsweredAt, AnsweredById, Answer) = (now, by, given);
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
        builder.Ignore(request => request.IsOpen).Ignore(request => request.MayExtend).Ignore(request => request.KeptUntil);
        builder.HasIndex(request => request.Reference).IsUnique();
        builder.HasIndex(request => request.DueOn).HasFilter("answered_at is null");
        builder.HasIndex(request => request.AnsweredById);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(request => request.AnsweredById);
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("ck_data_requests_answered", "(answered_at is null) = (answer is null)");
            table.HasCheckConstraint("ck_data_requests_due", "due_on > received_on");
        });
    }
}
