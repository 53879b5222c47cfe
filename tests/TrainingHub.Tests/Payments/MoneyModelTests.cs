using System.Globalization;
using CsCheck;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>
/// Random sequences of everything that happens to the money of an invoiced order, against a model: the ledger balances, every invoice and
/// credit note is explained, no number is missing. A failing sequence is made shorter. As many as MONEY_SEQUENCES says. Each twin switches
/// one guard off and looks for a sequence that shows it.
/// </summary>
public sealed class MoneyModelTests(TestDatabase databases)
{
    private const int Few = 8;
    private const int MostToSeek = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Sequences =>
        int.TryParse(Environment.GetEnvironmentVariable("MONEY_SEQUENCES"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Few;

    private static readonly Gen<(int Places, MoneyStep[] Steps)> Games = Gen.Select(
        Gen.Int[1, 3],
        Gen.Select(
            Gen.Frequency((2, Gen.Enum<MoneyStepKind>()), (1, Gen.Const(MoneyStepKind.Issue))),
            Gen.Int[0, 5],
            (kind, which) => new MoneyStep(kind, which)).Array[3, 16]);

    [Fact]
    public async Task RandomSequences_AgreeWithTheModel()
    {
        await using var app = await AppAsync();
        await Games.SampleAsync(game => new MoneyGame(app, Token).PlayAsync(game.Places, game.Steps), iter: Sequences, threads: 1, print: Words);

        await app.AuditAsync();
    }

    [Theory]
    [InlineData("a change of a place is not entered", "drop trigger changed_places_post on places")]
    [InlineData("a credit note settles nothing", "drop trigger credits_settle_invoices on credit_note_lines")]
    [InlineData("a payment settles nothing", "drop trigger ledger_settles_invoices on ledger_entries")]
    [InlineData("an invoice can change", "drop trigger invoice_lines_never_change on invoice_lines; create function rename() returns trigger language plpgsql as 'begin update invoice_lines set delegate_name = new.delegate_name where place_id = new.id; return null; end'; create trigger rename after update of delegate_name on places for each row execute function rename()")]
    public async Task GuardOff_TheModelDiffers(string guard, string without)
    {
        await using var app = await AppAsync();
        await app.World.ExecuteAsync(without);
        var chance = new PCG(1, 20261130);
        for (var played = 1; played <= MostToSeek; played++)
        {
            var game = Games.Generate(chance, null, out _);
            if (await Record.ExceptionAsync(() => new MoneyGame(app, Token).PlayAsync(game.Places, game.Steps)) is not null)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{guard}: seen in sequence {played}: {Words(game)}");
                return;
            }
        }

        Assert.Fail($"{MostToSeek} sequences agree with the model, though {guard}.");
    }

    private async Task<PayApp> AppAsync()
    {
        var app = new PayApp(databases);
        await ((IAsyncLifetime)app).InitializeAsync();
        return app;
    }

    private static string Words((int Places, MoneyStep[] Steps) game) => $"{game.Places} places: {string.Join("; ", game.Steps.Select(step => step.ToString()))}";
}
