using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("a@x.example")]
    [InlineData("sian.o'brien+courses@nursery.sch.uk")]
    [InlineData("A_B-c@Sub.Domain.example")]
    public void IsValid_BareAddress_Yes(string text) => Assert.True(EmailAddress.IsValid(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a@")]
    [InlineData("@x.example")]
    [InlineData("a@x")]
    [InlineData(" a@x.example ")]
    [InlineData("A B <a@x.example>")]
    [InlineData("a@x.example, evil@y.example")]
    [InlineData("a@x.example;b@y.example")]
    [InlineData("a@x.example\r\nBcc: evil@y.example")]
    [InlineData("\"a b\"@x.example")]
    [InlineData("siân@x.example")]
    [InlineData("a..b@x.example")]
    [InlineData("a@x..example")]
    [InlineData("a@-x.example")]
    [InlineData("a@x.example.")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@b@x.example")]
    public void IsValid_AnythingElse_No(string? text) => Assert.False(EmailAddress.IsValid(text));

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void IsValid_Length_EndsAt254(int length, bool valid)
    {
        var address = "a@" + string.Join('.', Enumerable.Repeat(new string('b', 50), 5))[..(length - 10)] + ".example";

        Assert.Equal(length, address.Length);
        Assert.Equal(valid, EmailAddress.IsValid(address));
    }
}
