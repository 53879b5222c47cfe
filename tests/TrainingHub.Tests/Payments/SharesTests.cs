using TrainingHub.Payments;
using Xunit;

namespace TrainingHub.Tests.Payments;

public sealed class SharesTests
{
    private static readonly Guid[] Places = [.. Enumerable.Range(1, 3).Select(number => new Guid(number, 0, 0, new byte[8]))];

    [Theory]
    [InlineData(11000, new[] { 5500, 5500, 0 }, new[] { 5500, 5500, 0 })]
    [InlineData(100, new[] { 5500, 5500, 0 }, new[] { 100, 0, 0 })]
    [InlineData(6000, new[] { 5500, 5500, 0 }, new[] { 5500, 500, 0 })]
    [InlineData(12000, new[] { 5500, 5500, 0 }, new[] { 6500, 5500, 0 })]
    [InlineData(1, new[] { 0, 0, 0 }, new[] { 1, 0, 0 })]
    public void Divide_OneRound_FillsInOrderAndGivesTheFirstTheRest(int pence, int[] rooms, int[] expected)
    {
        var shares = Shares.Divide(pence, Rooms(rooms));

        Assert.Equal(expected, Of(shares));
    }

    [Fact]
    public void Divide_SecondRound_TakesWhatTheFirstLeft()
    {
        var shares = Shares.Divide(8000, Rooms([0, 5500, 0]), Rooms([1000, 0, 5500]));

        Assert.Equal([1000, 5500, 1500], Of(shares));
    }

    [Fact]
    public void Divide_AnySumAndAnyRooms_AddsUp()
    {
        var random = new Random(20261128);
        for (var round = 0; round < 10_000; round++)
        {
            var pence = random.Next(1, 50_000);

            var shares = Shares.Divide(pence, Any(), Any());

            Assert.Equal(pence, shares.Sum(share => share.AmountPence));
            Assert.All(shares, share => Assert.InRange(share.AmountPence, 1, pence));
        }

        List<Share> Any() => Rooms([random.Next(-100, 9000), random.Next(-100, 9000), random.Next(-100, 9000)]);
    }

    private static List<Share> Rooms(int[] rooms) => [.. Places.Zip(rooms, (place, room) => new Share(place, room))];

    private static IEnumerable<int> Of(IReadOnlyList<Share> shares) =>
        Places.Select(place => shares.Where(share => share.PlaceId == place).Sum(share => share.AmountPence));
}
