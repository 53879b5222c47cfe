using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace TrainingHub.Platform;

/// <summary>One fact that an act changed, in the words that staff see. Null was, or is, not there.</summary>
internal sealed record HistoryChange(string What, string? Before, string? After)
{
    private const int ShownLength = 120;

    /// <summary>What is said of it in a list; the whole is longer if <see cref="IsLong"/>.</summary>
    [JsonIgnore]
    public string ShortBefore => Short(Before);

    [JsonIgnore]
    public string ShortAfter => Short(After);

    [JsonIgnore]
    public bool IsLong => Before?.Length > ShownLength || After?.Length > ShownLength;

    /// <summary>Those that differ.</summary>
    public static IReadOnlyList<HistoryChange> Of(params IEnumerable<HistoryChange> all) => [.. all.Where(one => one.Before != one.After)];

    /// <summary>A fact about a person: that it changed is kept, and never what it was, for history stays when the person is forgotten.</summary>
    public static HistoryChange OfPerson(string what, string? before, string? after) => new(
        what, before is null ? null : "known", after is null ? null : before is null || before == after ? "known" : "another");

    private static string Short(string? text) => text is null ? "nothing" : text.Length <= ShownLength ? text : text[..ShownLength].TrimEnd() + "…";
}

/// <summary>
/// What a member of staff did to a record: saved in the transaction of the act, shown on the record, and never changed. It holds what
/// staff see of the programme, and of people no more than the act is about. It is written to history_entries and read from the view
/// history, which says what whoever acted is called today. <see cref="LinkHistory"/> puts it into the chain.
/// </summary>
internal sealed class HistoryEntry
{
    public const int ActLength = 100;
    public const int NoteLength = 1000;

    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid ActorId { get; init; }

    /// <summary>The name of today, or of what acted by itself. The database keeps that of staff with their account alone.</summary>
    public required string Actor { get; init; }

    /// <summary>The type of the record, such as "CourseRun".</summary>
    public required string RecordType { get; init; }
    public required Guid RecordId { get; init; }

    /// <summary>What was done, as a past participle: "Moved".</summary>
    public required string Act { get; init; }

    /// <summary>What is to be known besides, such as whom it told.</summary>
    public string? Note { get; init; }
    public required IReadOnlyList<HistoryChange> Changes { get; init; }

    /// <summary>Adds an entry to what is saved next.</summary>
    /// <typeparam name="T">The record's type.</typeparam>
    public static void Add<T>(
        DbContext db, Guid recordId, Actor by, string act, IReadOnlyList<HistoryChange> changes, DateTimeOffset now, string? note = null, Guid? id = null) =>
        db.Add(New<T>(recordId, by, act, changes, now, note, id));

    /// <summary>An entry that the caller saves, for many at once.</summary>
    /// <typeparam name="T">The record's type.</typeparam>
    /// <param name="recordId"></param>
    /// <param name="by"></param>
    /// <param name="act"></param>
    /// <param name="changes"></param>
    /// <param name="now"></param>
    /// <param name="note"></param>
    /// <param name="id">The form's own, where the entry is what makes a second delivery harmless.</param>
    public static HistoryEntry New<T>(
        Guid recordId, Actor by, string act, IReadOnlyList<HistoryChange> changes, DateTimeOffset now, string? note = null, Guid? id = null) => new()
        {
            Id = id ?? Guid.CreateVersion7(now),
            At = now,
            ActorId = by.Id,
            Actor = by.Name,
            RecordType = typeof(T).Name,
            RecordId = recordId,
            Act = act,
            Note = note,
            Changes = changes,
        };

    /// <summary>All that was done about these records, also what is of another type than theirs: a date and its register. The last first.</summary>
    public static Task<List<HistoryEntry>> AboutAsync(TrainingHubDb db, IReadOnlyCollection<Guid> recordIds, CancellationToken ct) =>
        db.HistoryEntries.AsNoTracking()
            .Where(entry => recordIds.Contains(entry.RecordId))
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .ToListAsync(ct);

    /// <summary>The last thing that was done to each of these records, by their ids; for lists.</summary>
    public static async Task<IReadOnlyDictionary<Guid, HistoryEntry>> LastAsync(TrainingHubDb db, IEnumerable<Guid> recordIds, CancellationToken ct) =>
        (await AboutAsync(db, [.. recordIds], ct)).DistinctBy(entry => entry.RecordId).ToDictionary(entry => entry.RecordId);

    /// <summary>"Tried again by Ann Coordinator, 3 March 2027 at 9:30".</summary>
    public string Words => $"{Act} by {Actor}, {London.Moment(At)}";

    /// <summary>What was done to a record, the last first.</summary>
    public static Task<List<HistoryEntry>> OfAsync<T>(TrainingHubDb db, Guid recordId, CancellationToken ct)
    {
        var type = typeof(T).Name;
        return db.HistoryEntries.AsNoTracking()
            .Where(entry => entry.RecordType == type && entry.RecordId == recordId)
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .ToListAsync(ct);
    }
}

internal sealed class HistoryEntryMap : IEntityTypeConfiguration<HistoryEntry>
{
    public void Configure(EntityTypeBuilder<HistoryEntry> builder)
    {
        builder.ToTable("HistoryEntries").ToView("History");
        builder.Property(entry => entry.Act).HasMaxLength(HistoryEntry.ActLength);
        builder.Property(entry => entry.Note).HasMaxLength(HistoryEntry.NoteLength);
        builder.Property(entry => entry.Changes).HasColumnType("jsonb").HasConversion(
            changes => JsonSerializer.Serialize(changes, JsonSerializerOptions.Default),
            stored => JsonSerializer.Deserialize<List<HistoryChange>>(stored, JsonSerializerOptions.Default) ?? new List<HistoryChange>(),
            // An entry never changes, so what it holds is compared as one thing.
            new ValueComparer<IReadOnlyList<HistoryChange>>((one, other) => ReferenceEquals(one, other), changes => changes.Count, changes => changes));
        // What the list of all history searches.
        builder.Property<NpgsqlTsVector>("Searched").HasComputedColumnSql("words_of_history(act, note, changes)", stored: true);
        builder.HasIndex("Searched").HasMethod("gin");
        builder.HasIndex(entry => new { entry.RecordId, entry.At });
        builder.HasIndex(entry => new { entry.At, entry.Id });
        builder.HasIndex(entry => new { entry.ActorId, entry.At, entry.Id });
        builder.HasIndex(entry => new { entry.RecordType, entry.At, entry.Id });
    }
}
