using Microsoft.EntityFrameworkCore;
using TrainingHub.Payments;
using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>Money that came into the bank account and of which nobody has said what it is for, the longest there first.</summary>
internal static class BankTasks
{
    public static Task<TaskGroup> WaitingAsync(TrainingHubDb db, CancellationToken ct) => TaskGroup.OfAsync(
        "Money in the bank to decide",
        PaymentUrls.Bank,
        BankLine.Waiting(db).AsNoTracking().OrderBy(line => line.PaidOn).ThenBy(line => line.Id),
        line => new TodayTask($"£{new Money(line.LeftPence).Column}, {line.Text}", PaymentUrls.BankLine(line.Id)) { Facts = $"in the account since {London.Words(line.PaidOn)}" },
        ct);
}
