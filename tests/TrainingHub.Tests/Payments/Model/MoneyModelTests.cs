using System.Globalization;
using CsCheck;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>
/// Random sequences of everything that happens to the money of two orders, against a model: the ledger balances with the bank's and with
/// Stripe's own books, every invoice and credit note is explained, no number is missing. A failing sequence is made shorter. As many as
/// MONEY_SEQUENCES says. Each twin switches one guard off and looks for a sequence that shows it, and that agrees with the guard.
/// </summary>
public sealed class MoneyModelTests(TestDatabase databases)
{
    private const int Few = 8;
    private const int MostToSeek = 200;

    /// <summary>An audit reads all that was ever booked, so that a database that has seen so many sequences makes way for a new one.</summary>
    private const int MostInOneDatabase = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Sequences =>
        int.TryParse(Environment.GetEnvironmentVariable("MONEY_SEQUENCES"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Few;

    private static readonly Gen<MoneyStepKind> Kinds = Gen.Frequency(
        (20, Gen.Enum<MoneyStepKind>()),
        (5, Gen.Const(MoneyStepKind.Issue)),
        (5, Gen.Const(MoneyStepKind.PayByCard)),
        (1, Gen.Const(MoneyStepKind.Cancel)),
        (1, Gen.Const(MoneyStepKind.Jobs)),
        (1, Gen.Const(MoneyStepKind.SendRefunds)));

    private static readonly Gen<MoneyPlot> Plots = Gen.Select(
        Gen.Int[1, 3],
        Gen.Int[0, 2],
        Gen.Int[0, 3],
        Gen.Select(Kinds, Gen.Int[0, 5], Gen.Bool, (kind, which, isLate) => new MoneyStep(kind, which, isLate)).Array[3, 24],
        (places, byCard, first, steps) => new MoneyPlot(places, byCard, first > 0 ? [new MoneyStep(MoneyStepKind.Issue, 0, IsLate: false), .. steps] : steps));

    [Fact]
    public async Task RandomSequences_AgreeWithTheModel()
    {
        PayApp? app = null;
        var (played, inThis) = (0, 0);
        try
        {
            await Plots.SampleAsync(PlayAsync, iter: Sequences, threads: 1, print: plot => plot.ToString());
        }
        finally
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{played} sequences were played.");
            await EndAsync();
        }

        async Task PlayAsync(MoneyPlot plot)
        {
            if (++inThis > MostInOneDatabase)
            {
                await EndAsync();
            }

            app ??= await AppAsync();
            try
            {
                await new MoneyGame(app, Token).PlayAsync(plot);
                played++;
            }
            catch
            {
                // What is wrong with it is in its database for good.
                await EndAsync();
                throw;
            }
        }

        async Task EndAsync()
        {
            await (app?.DisposeAsync() ?? ValueTask.CompletedTask);
            (app, inThis) = (null, 1);
        }
    }

    [Theory]
    [InlineData(2, "a change of a place is not entered", "drop trigger changed_places_post on places")]
    [InlineData(1, "a credit note settles nothing", "drop trigger credits_settle_invoices on credit_note_lines")]
    [InlineData(1, "a payment settles nothing", "drop trigger ledger_settles_invoices on ledger_entries")]
    [InlineData(16, "an invoice can change", "drop trigger invoice_lines_never_change on invoice_lines; create function rename() returns trigger language plpgsql as 'begin update invoice_lines set delegate_name = new.delegate_name where place_id = new.id; return null; end'; create trigger rename after update of delegate_name on places for each row execute function rename()")]
    [InlineData(38, "a line of the bank is read twice", "drop index ux_bank_lines_key")]
    [InlineData(3, "what is booked of a line of the bank is not counted", "drop trigger payments_count_on_bank_line on payments")]
    [InlineData(32, "what is taken back is not given back to the line", "drop trigger refunds_take_back_to_bank_line on refunds")]
    [InlineData(1, "a number is left out", "create function skip() returns trigger language plpgsql as 'begin update invoice_numbers set next_number = next_number + 1; return null; end'; create trigger skip after insert on invoices for each row when (new.number % 3 = 0) execute function skip()")]
    [InlineData(14, "what banks took is not counted", "create or replace view taken_by_banks as select payment_id, amount_pence from disputes where false")]
    public async Task GuardOff_TheModelDiffers(int first, string guard, string without) => await SeekAsync(first, guard, without);

    [Theory]
    [InlineData(14, "place_money", "Disputed")]
    [InlineData(28, "place_money", "DisputeWon")]
    [InlineData(4, "place_money", "Refund")]
    [InlineData(14, "place_money", "Due")]
    [InlineData(6, "place_money", "WriteOff")]
    [InlineData(14, "invoice_line_money", "Disputed")]
    [InlineData(26, "invoice_line_money", "Refund")]
    [InlineData(13, "invoice_line_money", "WriteOffReversed")]
    public async Task ViewLooksAway_TheModelDiffers(int first, string view, string word) =>
        await SeekAsync(
            first,
            $"{view} sees no {word}",
            $"do $$ begin execute 'create or replace view {view} as ' || replace(pg_get_viewdef('{view}'), '''{word}''', '''None'''); end $$");

    /// <param name="first">The number of the sequence that was found to show it, so that it is found at once. Others follow, in case it does not any more.</param>
    /// <param name="guard"></param>
    /// <param name="without"></param>
    private async Task SeekAsync(int first, string guard, string without)
    {
        await using var app = await AppAsync();
        await app.World.ExecuteAsync(without);
        for (var number = first; number < first + MostToSeek; number++)
        {
            var plot = Plots.Generate(new PCG((uint)number, 20261130), null, out _);
            if (await Record.ExceptionAsync(() => new MoneyGame(app, Token).PlayAsync(plot)) is { } difference)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{guard}: seen in sequence {number}, {plot}: {difference.Message}");
                await using var guarded = await AppAsync();
                await new MoneyGame(guarded, Token).PlayAsync(plot);
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
}
