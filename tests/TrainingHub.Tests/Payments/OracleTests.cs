using TrainingHub.Bookings;
using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Payments;

/// <summary>Somebody tries to find out on which date a named person comes, by orders that cost nothing.</summary>
public sealed class OracleTests(PayApp app) : IClassFixture<PayApp>
{
    private const int VictimOn = 7;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Date after date by card, which the person would hear nothing of: where is it refused?</summary>
    [Fact]
    public async Task Book_SomebodyElseOnDateAfterDate_LearnsNothingAfterAFewTries()
    {
        var runs = await DatesAsync("vic@oracle.example");
        var answers = new List<string>();
        foreach (var run in runs)
        {
            var check = await app.World.ToCheckByCardAsync(app.Browse(), run, "Vic Tim|vic@oracle.example");
            var page = await check.SubmitAsync();
            answers.Add(page.Errors.Count == 0 ? "held" : Assert.Single(page.Errors)[..26]);
        }

        Assert.Equal(
            [.. Enumerable.Repeat("held", NamedByOthers.ADay.Most), .. Enumerable.Repeat("We could not do this online", runs.Count - NamedByOthers.ADay.Most).Select(words => words[..26])],
            answers);
    }

    /// <summary>The twin: without the bound the one date that is refused says it.</summary>
    [Fact]
    public async Task Book_SomebodyElseOnDateAfterDateWithoutTheBound_LearnsTheDate()
    {
        var answers = new List<BookPlaceResult>();
        foreach (var run in await DatesAsync("vic@unbound.example"))
        {
            answers.Add((await app.World.BookPlace.RunAsync(ByCard(run, "bot@unbound.example", new("Vic Tim", "vic@unbound.example", null)), Ct)).Result);
        }

        Assert.Equal(VictimOn, answers.IndexOf(BookPlaceResult.DelegateAlreadyOnDate));
        Assert.Single(answers, BookPlaceResult.DelegateAlreadyOnDate);
    }

    [Fact]
    public async Task Book_OneselfByCard_IsNotCounted()
    {
        for (var i = 0; i <= NamedByOthers.ADay.Most; i++)
        {
            var request = ByCard(Guid.CreateVersion7(), "me@self.example", new("Me Myself", "me@self.example", null));
            Assert.True(await app.WithAsync((NamedByOthers named) => named.TakeAsync(request, Ct)));
        }
    }

    private BookPlaceRequest ByCard(Guid run, string booker, TrainingHub.Bookings.Delegate who) =>
        app.World.Request(run) with { Method = PaymentMethod.Card, InvoiceEmail = null, BookerEmail = booker, Dates = [new(run, 5500, [who])] };

    /// <summary>Nine dates, and somebody on the eighth.</summary>
    private async Task<IReadOnlyList<Guid>> DatesAsync(string victim)
    {
        var runs = new List<Guid>();
        for (var i = 0; i < 9; i++)
        {
            runs.Add(await app.RunAsync(capacity: 10, days: 30 + i));
        }

        await app.World.BookPlace.RunAsync(app.World.Request(runs[VictimOn]) with { Dates = [new(runs[VictimOn], 5500, [new("Vic Tim", victim, null)])] }, Ct);
        return runs;
    }
}
