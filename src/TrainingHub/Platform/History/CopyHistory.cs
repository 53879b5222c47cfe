using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace TrainingHub.Platform;

/// <summary>Puts many entries in at once, in the transaction of the connection: those of a file with thousands of rows.</summary>
internal static class CopyHistory
{
    public static async Task RunAsync(NpgsqlConnection connection, IEnumerable<HistoryEntry> entries, CancellationToken ct)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy history_entries (id, at, actor_id, actor, record_type, record_id, act, note, changes) from stdin (format binary)", ct);
        foreach (var entry in entries)
        {
            await rows.StartRowAsync(ct);
            await rows.WriteAsync(entry.Id, ct);
            await rows.WriteAsync(entry.At, NpgsqlDbType.TimestampTz, ct);
            await rows.WriteAsync(entry.ActorId, ct);
            await rows.WriteAsync(entry.Actor, ct);
            await rows.WriteAsync(entry.RecordType, ct);
            await rows.WriteAsync(entry.RecordId, ct);
            await rows.WriteAsync(entry.Act, NpgsqlDbType.Varchar, ct);
            await rows.WriteAsync(entry.Note, NpgsqlDbType.Varchar, ct);
            await rows.WriteAsync(JsonSerializer.Serialize(entry.Changes, JsonSerializerOptions.Default), NpgsqlDbType.Jsonb, ct);
        }

        await rows.CompleteAsync(ct);
    }
}
