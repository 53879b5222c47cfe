using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform;

/// <summary>
/// An act of staff that can be undone, beside its entry of history, whose id it has: what it was done to, and what was there before, in
/// ids and states. It names nobody. Kept for a week.
/// </summary>
internal sealed class UndoableAct
{
    public const int KindLength = 60;

    /// <summary>
    /// So long the emails that tell of an act wait, and the refund that follows from it: long enough to see what was done and think
    /// again, short enough that nobody comes to a date that was cancelled a moment before.
    /// </summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMinutes(2);

    /// <summary>After that it is a new act to put right, with its own reason.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    public required Guid Id { get; init; }

    /// <summary>A kind that a room has registered, see <see cref="UndoEntry"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The record that the act changed; history may be about another one, such as a comment's.</summary>
    public required Guid SubjectId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When what follows from it leaves; null when nothing does.</summary>
    public required DateTimeOffset? HeldUntil { get; init; }

    /// <summary>What was there before, as JSON of the kind's own record.</summary>
    public required string Before { get; init; }

    /// <summary>Of ticked rows that were done together; null for one alone.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>The entry of history that says that it was undone; null while it stands.</summary>
    public Guid? UndoneId { get; private set; }

    public void Undo(Guid entry) =>
        UndoneId = UndoneId is null ? entry : throw new InvalidOperationException($"Act {Id} is undone already.");

    public T What<T>() =>
        JsonSerializer.Deserialize<T>(Before, Json) ?? throw new JsonException($"Nothing is kept of act {Id}.");

    public static string Form<T>(T before) => JsonSerializer.Serialize(before, Json);
}

internal sealed class UndoableActMap : IEntityTypeConfiguration<UndoableAct>
{
    public void Configure(EntityTypeBuilder<UndoableAct> builder)
    {
        builder.Property(act => act.Id).ValueGeneratedNever();
        builder.Property(act => act.Kind).HasMaxLength(UndoableAct.KindLength);
        builder.Property(act => act.Before).HasColumnType("jsonb");
        builder.HasIndex(act => act.At);
        builder.HasIndex(act => act.SubjectId);
        builder.HasIndex(act => act.GroupId).HasFilter("group_id is not null");
        builder.HasIndex(act => act.UndoneId).IsUnique();
    }
}
