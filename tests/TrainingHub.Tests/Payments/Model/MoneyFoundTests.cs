using Xunit;
using static TrainingHub.Tests.Payments.MoneyStepKind;

namespace TrainingHub.Tests.Payments;

/// <summary>
/// Sequences that the model has found to differ once. Which of an order's places comes first is chance where they were booked at one
/// instant, so that each is played more than once.
/// </summary>
public sealed class MoneyFoundTests(PayApp app) : IClassFixture<PayApp>
{
    private const int Times = 3;

    private static readonly Dictionary<string, MoneyPlot> Plots = new()
    {
        ["A payment is taken back whose place gave its money away by another payment, the first place"] =
            new(2, 0, [Do(Issue), Do(BankPart), Do(BankExact), Do(Cancel), Do(Issue), Do(PayBack), Do(BankTakeBack, 1), Do(BankTakeBack)]),
        ["A payment is taken back whose place gave its money away by another payment, the second place"] =
            new(2, 0, [Do(Issue), Do(BankPart), Do(BankExact), Do(Cancel, 1), Do(Issue), Do(PayBack), Do(BankTakeBack, 1), Do(BankTakeBack)]),
        ["More came by hand after a card payment went back"] = new(1, 0, [Do(Issue), Do(PayByCard), Do(RefundInDashboard), Do(PayMore)]),
        ["More was written off than is charged since, the first place"] = new(2, 0, [Do(Issue), Do(PayPart), Do(WriteOff), Do(Cancel), Do(PayBack)]),
        ["More was written off than is charged since, the second place"] = new(2, 0, [Do(Issue), Do(PayPart), Do(WriteOff), Do(Cancel, 1), Do(PayBack)]),
        ["What was written off is credited"] = new(1, 0, [Do(Issue), Do(WriteOff), Do(Cancel)]),
        ["A dispute is won of what was written off meanwhile"] = new(1, 0, [Do(Issue), Do(PayByCard), Do(OpenDispute), Do(WriteOff), Do(CloseDispute)]),
        ["All is refunded in the dashboard while a part was about to go back"] = new(1, 2, [Do(PayByCard), Do(Cancel, 2), Do(Jobs), Do(RefundInDashboard), Do(SendRefunds)]),
        ["All is refunded in the dashboard after a part was kept"] = new(1, 2, [Do(PayByCard), Do(Cancel, 2), Do(KeepLeftOver), Do(RefundInDashboard)]),
    };

    public static TheoryData<string> Found => [.. Plots.Keys];

    [Theory]
    [MemberData(nameof(Found))]
    public async Task FoundBefore_AgreesWithTheModel(string what)
    {
        for (var time = 0; time < Times; time++)
        {
            await new MoneyGame(app, TestContext.Current.CancellationToken).PlayAsync(Plots[what]);
        }
    }

    private static MoneyStep Do(MoneyStepKind kind, int which = 0) => new(kind, which, IsLate: false);
}
