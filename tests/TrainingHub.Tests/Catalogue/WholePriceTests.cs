using CsCheck;
using TrainingHub.Catalogue;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>How the price of a programme as a whole is found for one person and divided over the places.</summary>
public sealed class WholePriceTests
{
    private static readonly Guid Everybody = Guid.NewGuid();
    private static readonly Guid Outside = Guid.NewGuid();
    private static readonly DateOnly Day = new(2027, 3, 1);

    [Fact]
    public void Divide_AnyPrices_AddsUpAndNoShareIsMoreThanItsOwnPrice() =>
        Gen.Select(Gen.Int[0, 1_000_000].Array[2, WholePrice.MostModules], Gen.Double.Unit).Where(one => one.Item1.Sum() > 0).Sample(
            (own, part) =>
            {
                var whole = (int)(part * (own.Sum() - 1));
                var shares = WholePrice.Divide(whole, own);
                return shares.Sum() == whole && shares.Zip(own).All(share => share.First >= 0 && share.First <= share.Second
                    && Math.Abs(share.First - ((double)whole * share.Second / own.Sum())) < 1);
            },
            iter: 20_000);

    [Theory]
    [InlineData(22000, new[] { 5500, 5500, 5500, 5500, 5500 }, new[] { 4400, 4400, 4400, 4400, 4400 })]
    [InlineData(30000, new[] { 5500, 8200, 8200, 8200, 5500 }, new[] { 4635, 6911, 6910, 6910, 4634 })]
    [InlineData(10000, new[] { 0, 5500, 5500, 5500 }, new[] { 0, 3334, 3333, 3333 })]
    [InlineData(0, new[] { 5500, 5500 }, new[] { 0, 0 })]
    public void Divide_LeftOverPence_GoToTheFirstThatWereCut(int whole, int[] own, int[] shares) => Assert.Equal(shares, WholePrice.Divide(whole, own));

    [Fact]
    public void Divide_WholeNotLowerThanItsParts_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => WholePrice.Divide(11000, [5500, 5500]));

    [Fact]
    public void PricesOf_EveryModule_SaysWhyInTheRule()
    {
        var dates = Dates(3);

        var prices = WholePrice.PricesOf(dates, [Whole(dates, Fee(12000))]);

        Assert.All(prices, price => Assert.Equal(("Quiet voices as a whole, £120 instead of 3 × £55", 4000, 5500), (price.Rule, price.Each.Pence, price.AlonePence)));
    }

    [Fact]
    public void PricesOf_LongTitle_FitsTheColumn()
    {
        var dates = Dates(2);

        var prices = WholePrice.PricesOf(dates, [Whole(dates, Fee(10000)) with { Programme = new string('m', Course.TitleLength) }]);

        Assert.Equal(200, prices[0].Rule.Length);
        Assert.EndsWith("… as a whole, £100 instead of 2 × £55", prices[0].Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void PricesOf_OneModuleTwice_TheSecondIsAtItsOwnPrice()
    {
        var dates = Dates(2);
        var again = dates[0] with { Id = Guid.NewGuid(), RunsOn = Day.AddDays(40) };

        var prices = WholePrice.PricesOf([.. dates, again], [Whole(dates, Fee(8000))]);

        Assert.Equal([4000, 4000, 5500], prices.Select(price => price.Each.Pence));
        Assert.Null(prices[2].AlonePence);
    }

    [Fact]
    public void PricesOf_OneModuleMissing_AreTheirOwn()
    {
        var dates = Dates(3);

        Assert.All(WholePrice.PricesOf([dates[0], dates[2]], [Whole(dates, Fee(1000))]), price => Assert.Equal(5500, price.Each.Pence));
    }

    [Theory]
    [InlineData(16500)]
    [InlineData(20000)]
    public void PricesOf_WholeNotLower_AreTheirOwn(int whole)
    {
        var dates = Dates(3);

        Assert.All(WholePrice.PricesOf(dates, [Whole(dates, Fee(whole))]), price => Assert.Null(price.AlonePence));
    }

    [Fact]
    public void FeeOn_SeveralDays_IsThatOfTheFirstDate()
    {
        var dates = Dates(2);
        var whole = Whole(dates, Fee(8000, Day.AddDays(-30)), Fee(9000, Day), Fee(10000, Day.AddDays(1)));

        Assert.Equal(9000, whole.FeeOn(dates)?.Pence);
        Assert.Null(whole.FeeOn([dates[0] with { RunsOn = Day.AddDays(-31) }]));
    }

    [Fact]
    public void FeeOn_PriceHasEnded_IsNone()
    {
        var dates = Dates(2);
        var whole = Whole(dates, Fee(8000, Day.AddDays(-30)), Fee(null, Day));

        Assert.Equal([5500, 5500], WholePrice.PricesOf(dates, [whole]).Select(price => price.Each.Pence));
    }

    [Fact]
    public void FeeOn_ClassThatPaysAnotherFee_HasItsOwnOrNone()
    {
        var own = ClassPrices.Read($$"""[{"payer_class_id":"{{Outside}}","words":"outsiders","pence":8200}]""");
        var dates = Dates(2).ConvertAll(date => date with { ClassPrices = own, PayerClassId = Outside });

        Assert.Equal([8200, 8200], WholePrice.PricesOf(dates, [Whole(dates, Fee(8000))]).Select(price => price.Each.Pence));
        var theirs = WholePrice.PricesOf(dates, [Whole(dates, Fee(8000), new(Outside, false, "outsiders", Day, 12000))]);
        Assert.Equal([6000, 6000], theirs.Select(price => price.Each.Pence));
        Assert.Equal("Quiet voices as a whole, £120 instead of 2 × £82 for outsiders", theirs[0].Rule);
    }

    [Fact]
    public void FeeOn_ClassThatPaysWhatEverybodyPays_HasEverybodysPrice()
    {
        var dates = Dates(2).ConvertAll(date => date with { PayerClassId = Outside });

        Assert.Equal([4000, 4000], WholePrice.PricesOf(dates, [Whole(dates, Fee(8000))]).Select(price => price.Each.Pence));
    }

    [Fact]
    public void MostModules_AreAsManyAsAnOrderHasDates() => Assert.Equal(TrainingHub.Bookings.Booking.MaxDates, WholePrice.MostModules);

    private static WholeFee Fee(int? pence, DateOnly? from = null) => new(Everybody, true, "", from ?? Day.AddDays(-1), pence);

    private static WholePrice Whole(IReadOnlyList<DateLine> dates, params WholeFee[] fees) => new("Quiet voices", [.. dates.Select(date => date.CourseId)], fees);

    private static List<DateLine> Dates(int count) => [.. Enumerable.Range(0, count).Select(index => new DateLine
    {
        Id = Guid.NewGuid(),
        CourseId = Guid.NewGuid(),
        Course = $"Module {index + 1}",
        Slug = "module",
        Reference = "RUN-1",
        StartsAt = DateTimeOffset.UnixEpoch,
        EndsAt = DateTimeOffset.UnixEpoch,
        Meetings = null,
        RunsOn = Day.AddDays(index),
        Slot = RunSlot.Weekday,
        Delivery = DeliveryMode.Online,
        Capacity = 10,
        PlacesTaken = 0,
        PlacesLeft = 10,
        State = RunState.Scheduled,
        ChangeNumber = 0,
        Venue = null,
        Address = null,
        AreaId = null,
        Area = null,
        IsForEveryArea = false,
        Provider = null,
        IsPublic = true,
        Pence = 5500,
        PricedBy = PriceSource.Course,
        Length = null,
        PricedFrom = null,
    })];
}
