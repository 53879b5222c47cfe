using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Platform.Data;

namespace TrainingHub.Payments;

/// <summary>Money that was received elsewhere for one place, which is the only one of its booking.</summary>
/// <param name="Pence">More than nought, in pounds sterling.</param>
/// <param name="IsForNothing">The place is cancelled, so the coordinator has to decide about the money.</param>
internal sealed record ImportedPayment(Guid BookingId, Guid PlaceId, int Pence, DateTimeOffset At, bool IsForNothing);

/// <summary>
/// Writes payments that were made elsewhere, each with its line in the ledger, by one copy for each table. Joins its caller's
/// transaction.
/// </summary>
internal sealed class ImportPayments(TrainingHubDb db, DateTimeOffset now)
{
    private readonly NpgsqlConnection connection = (NpgsqlConnection)db.Database.GetDbConnection();

    public async Task AddAsync(IEnumerable<ImportedPayment> received, CancellationToken ct)
    {
        List<(Guid Id, ImportedPayment Payment)> payments = [.. received.Select(payment => (Guid.CreateVersion7(now), payment))];
        await connection.CopyInAsync(
            """
            copy payments (id, booking_id, provider, attempt, amount_pence, state, problem, received_amount, received_currency, created_at, paid_at)
            from stdin (format binary)
            """,
            payments,
            one =>
            [
                one.Id, one.Payment.BookingId, nameof(PaymentProvider.Imported), 1, one.Payment.Pence, nameof(PaymentState.Paid),
                one.Payment.IsForNothing ? nameof(PaymentProblem.PlacesCancelled) : null,
                one.Payment.Pence, "gbp", one.Payment.At, one.Payment.At,
            ],
            ct);
        await connection.CopyInAsync(
            "copy ledger_entries (id, booking_id, place_id, kind, amount_pence, payment_id, at) from stdin (format binary)",
            payments,
            one =>
            [
                Guid.CreateVersion7(now), one.Payment.BookingId, one.Payment.PlaceId, nameof(LedgerKind.Payment), one.Payment.Pence, one.Id, one.Payment.At,
            ],
            ct);
    }

    /// <summary>Flags what was paid for cancelled bookings; a payment that has a problem keeps it.</summary>
    public Task<int> FlagCancelledAsync(IReadOnlyCollection<Guid> bookingIds, CancellationToken ct) => db.Payments
        .Where(payment => bookingIds.Contains(payment.BookingId) && payment.State == PaymentState.Paid && payment.Problem == null)
        .ExecuteUpdateAsync(set => set.SetProperty(payment => payment.Problem, PaymentProblem.PlacesCancelled), ct);
}
