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

    [Theory]
    [InlineData("jane@example.org\n")]
    [InlineData("jane@example.org\v")]
    [InlineData("jane@example.org\r\n")]
    [InlineData("\t jane@example.org   ")]
    [InlineData("jane@example.org.")]
    [InlineData("jane@example.org. ;")]
    [InlineData("ja\u200Cne\u200D@exam\u2060ple.org")]
    [InlineData("jane\u180E@example\u00AD.org")]
    [InlineData("jane\u00A0@example.org\u202F")]
    [InlineData("\uFEFFjane@example.org\u200B\n")]
    public void Clean_WhatNobodySees_IsGone(string typed) => Assert.Equal("jane@example.org", EmailAddress.Clean(typed));

    [Theory]
    [InlineData("o\u2019brien@example.org", "o'brien@example.org")]
    [InlineData("o\u02BCbrien@example.org", "o'brien@example.org")]
    [InlineData("o'brien@example.org", "o'brien@example.org")]
    [InlineData("Jane+Courses@Example.org", "Jane+Courses@Example.org")]
    public void Clean_Apostrophe_IsStraightAndTheRestAsTyped(string typed, string clean) => Assert.Equal(clean, EmailAddress.Clean(typed));

    [Theory]
    [InlineData("jane@example.org tom@example.org")]
    [InlineData("jane@example.org\ntom@example.org")]
    [InlineData("jane doe@example.org")]
    [InlineData("a@x.example\r\nBcc: evil@y.example")]
    public void Clean_TwoWords_StayInvalid(string typed) => Assert.False(EmailAddress.IsValid(EmailAddress.Clean(typed)));
}
