using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Platform.Email;

public sealed class EmailSlipTests
{
    [Theory]
    [InlineData("ann@gmial.com", "ann@gmail.com")]
    [InlineData("ann@gmal.com", "ann@gmail.com")]
    [InlineData("ann@gmail.co", "ann@gmail.com")]
    [InlineData("ann@gmail.con", "ann@gmail.com")]
    [InlineData("ann@gmial.con", "ann@gmail.com")]
    [InlineData("ann@gmail.co.uk", "ann@gmail.com")]
    [InlineData("ann@gmail", "ann@gmail.com")]
    [InlineData("ann@hotmail.co", "ann@hotmail.com")]
    [InlineData("ann@hotmial.co.uk", "ann@hotmail.co.uk")]
    [InlineData("Ann.Able@HOTMAIL.CO.UKK", "Ann.Able@hotmail.co.uk")]
    [InlineData("ann@yahooo.com", "ann@yahoo.com")]
    [InlineData("ann@nhs.ent", "ann@nhs.net")]
    [InlineData("ann@school.sch.ku", "ann@school.sch.uk")]
    [InlineData("ann@school.schuk", "ann@school.sch.uk")]
    [InlineData("ann@charity.orguk", "ann@charity.org.uk")]
    [InlineData("ann@company.couk", "ann@company.co.uk")]
    [InlineData("ann@company.con", "ann@company.com")]
    public void MeantBy_LikelySlip_Guesses(string typed, string meant) => Assert.Equal(meant, EmailSlip.MeantBy(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("ann")]
    [InlineData("ann@")]
    [InlineData("@gmial.com")]
    [InlineData("ann@gmail.com")]
    [InlineData("ann@GMAIL.com")]
    [InlineData("ann@mail.com")]
    [InlineData("ann@ymail.com")]
    [InlineData("ann@hotmail.com")]
    [InlineData("ann@hotmail.co.uk")]
    [InlineData("ann@hotmail.fr")]
    [InlineData("ann@yahoo.co.uk")]
    [InlineData("ann@live.com")]
    [InlineData("ann@live.co.uk")]
    [InlineData("ann@me.com")]
    [InlineData("ann@nhs.net")]
    [InlineData("ann@nhs.uk")]
    [InlineData("ann@school.sch.uk")]
    [InlineData("ann@pnn.police.uk")]
    [InlineData("ann@example.org")]
    [InlineData("ann@start-up.co")]
    public void MeantBy_AnythingElse_IsNotDoubted(string? typed) => Assert.Null(EmailSlip.MeantBy(typed));
}
