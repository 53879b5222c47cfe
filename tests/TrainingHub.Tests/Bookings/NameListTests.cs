using TrainingHub.Bookings;
using TrainingHub.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>What is understood of a list that somebody pastes, and what is said about the rest.</summary>
public sealed class NameListTests
{
    [Theory]
    [InlineData("Ann Lee, ann@x.example")]
    [InlineData("Ann Lee <ann@x.example>")]
    [InlineData("\"Ann Lee\" <ann@x.example>,")]
    [InlineData("Lee, Ann <ann@x.example>")]
    [InlineData("Ann Lee\tann@x.example")]
    [InlineData("Ann\tLee\tann@x.example")]
    [InlineData("ann@x.example\tAnn Lee\tTeacher")]
    [InlineData("Ann Lee\tTeacher\tann@x.example")]
    [InlineData("Ann Lee ann@x.example")]
    [InlineData("ann@x.example, Ann Lee")]
    [InlineData("3. Ann Lee, ann@x.example;")]
    [InlineData("• Ann  Lee, ann@x.example")]
    [InlineData("\n\nName\tEmail\nAnn Lee\tann@x.example\n")]
    public void Read_OnePersonInAnyForm_IsUnderstood(string text)
    {
        var entry = Assert.Single(Read(text));

        Assert.Equal(("Ann Lee", "ann@x.example", null), (entry.Name, entry.Email, entry.WhyNot));
    }

    [Fact]
    public void Read_SeveralInOneLineOfAMailProgram_AreApart()
    {
        var entries = Read("Lee, Ann <ann@x.example>; Bob Best <bob@x.example>; Cai Cole");

        Assert.Equal(["Ann Lee", "Bob Best", "Cai Cole"], entries.Select(entry => entry.Name));
        Assert.Equal(["ann@x.example", "bob@x.example", null], entries.Select(entry => entry.Email));
    }

    [Fact]
    public void Read_NamesAloneWithAnAddressForAll_ShareIt()
    {
        var entries = NameList.Read("Ann Lee\nBob Best, bob@x.example", "office@x.example", [], 30);

        Assert.Equal(["office@x.example", "bob@x.example"], entries.Select(entry => entry.Email));
        Assert.All(entries, entry => Assert.Null(entry.WhyNot));
    }

    [Theory]
    [InlineData("ann@x.example", "The line has no name")]
    [InlineData("123, ann@x.example", "The line has no name")]
    [InlineData("Ann Lee, ann@x", "ann@x is not an email address in the correct format")]
    [InlineData("www.evil.example, ann@x.example", "We cannot tell the name from the address. Write it as: Name, address")]
    public void Read_WhatIsNoPerson_IsKeptWithTheReason(string line, string why)
    {
        var entries = Read($"Bob Best, bob@x.example\n{line}");

        Assert.Null(entries[0].WhyNot);
        Assert.Equal((2, line, why), (entries[1].Line, entries[1].Typed, entries[1].WhyNot));
    }

    [Fact]
    public void Read_SomebodyTwiceOrOnTheOrderAlready_IsSaid()
    {
        var entries = NameList.Read("Ann Lee, ann@x.example\nann lee, ANN@x.example\nBob Best, bob@x.example", null, [PersonKey.Of("bob@x.example", "Bob Best")], 30);

        Assert.Equal(
            [null, "ann lee is on your list already with this address. Delete the line", "Bob Best is on your list already with this address. Delete the line"],
            entries.Select(entry => entry.WhyNot));
    }

    [Fact]
    public void Read_LongHostileText_IsReadAtOnce()
    {
        var text = string.Concat(Enumerable.Repeat("<, @;\t\"", NameList.MaxLength / 7));

        Assert.All(Read(text), entry => Assert.NotNull(entry.WhyNot));
    }

    private static IReadOnlyList<NameListEntry> Read(string text) => NameList.Read(text, addressForOthers: null, [], Booking.MaxDelegates);
}
