using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.PersonalData;

/// <summary>
/// Erases what a plan says, in the transaction of its caller: people by <see cref="ForgetPerson"/>, contacts by <see cref="ClearContacts"/>, then
/// one list of statements for all that other rooms know. A second time finds nothing. What was erased is noted by number, for
/// <see cref="ErasuresVerb"/>. Whoever books again afterwards is somebody new.
/// </summary>
internal sealed class EraseHeld(TrainingHubDb db, ForgetPerson forget, ClearContacts contacts, TimeProvider clock)
{
    private static readonly string[] Statements =
        SqlFile.Read("TrainingHub.PersonalData.Sql.EraseHeld.sql").Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <returns>False when something was booked or changed since the plan was made: then nothing may be committed.</returns>
    public async Task<bool> RunAsync(HeldData held, Actor by, CancellationToken ct)
    {
        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("Erasing needs a transaction.");
        foreach (var person in held[HeldKind.Person].Order())
        {
            if (await forget.RunAsync(person, by, ct) is ForgetResult.IsStillComing or ForgetResult.IsHeld)
            {
                return false;
            }
        }

        if (!await ClearAsync(held, by, ct))
        {
            return false;
        }

        var now = clock.GetUtcNow();
        foreach (var statement in Statements)
        {
            await using var command = new NpgsqlCommand(statement, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction());
            held.AddTo(command.Parameters);
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset>("now", now));
            await command.ExecuteNonQueryAsync(ct);
        }

        foreach (var kind in held.Records.Where(record => record.Kind is not (HeldKind.Person or HeldKind.StaffAccount)).GroupBy(record => record.Kind))
        {
            await ErasedRecord.NoteAsync(db, kind.Key.ToString(), [.. kind.Select(record => record.Id)], now, ct);
        }

        foreach (var organisation in held[HeldKind.OrganisationContact].Union(held[HeldKind.OrganisationInvoices]))
        {
            HistoryEntry.Add<Organisation>(db, organisation, by, "Contact details cleared", [], now);
        }

        await db.SaveChangesAsync(ct);
        return true;
    }

    private async Task<bool> ClearAsync(HeldData held, Actor by, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var (providers, trainers, venues) = (held[HeldKind.ProviderContact], held[HeldKind.Trainer], held[HeldKind.VenueContact]);
        var cleared = true;
        foreach (var one in await db.Providers.AsNoTracking().Where(one => providers.Contains(one.Id)).OrderBy(one => one.Id).ToListAsync(ct))
        {
            cleared &= await contacts.OfProviderAsync(one, by, ct);
        }

        foreach (var one in await db.Trainers.AsNoTracking().Where(one => trainers.Contains(one.Id)).OrderBy(one => one.Id).ToListAsync(ct))
        {
            cleared &= await contacts.OfTrainerAsync(one, by, ct);
        }

        foreach (var one in await db.Venues.AsNoTracking().Where(one => venues.Contains(one.Id)).OrderBy(one => one.Id).ToListAsync(ct))
        {
            cleared &= await contacts.OfVenueAsync(one, by, ct);
        }

        return cleared;
    }
}
