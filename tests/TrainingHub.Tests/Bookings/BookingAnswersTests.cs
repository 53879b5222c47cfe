using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Bad input on each page of the booking form: named at its field, kept as typed, and nothing booked.</summary>
public sealed class BookingAnswersTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Book_EmptyForm_NamesEachFieldAndBooksNothing()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        var page = await (await app.Browse().GetAsync($"/dates/{run}/book")).SubmitAsync();

        Assert.Equal(["Enter the full name of the person who is coming", "Enter the email address of the person who is coming"], page.Errors);
        Assert.StartsWith("Error: ", page.Title);
    }

    [Theory]
    [InlineData("Ann Able", "not an address", "Enter an email address in the correct format, like name@example.com")]
    [InlineData("Ann Able", "a@x.org, b@y.org", "Enter an email address in the correct format, like name@example.com")]
    public async Task Book_BadAddress_IsRefusedAndKept(string name, string email, string message)
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);

        var page = await (await app.Browse().GetAsync($"/dates/{run}/book")).SubmitAsync(form =>
        {
            form["People[0].Name"] = name;
            form["People[0].Email"] = email;
        });

        Assert.Equal([message], page.Errors);
        Assert.Equal(email, page.Find("[name='People[0].Email']").GetAttribute("value"));
        Assert.Equal("#People_0__Email", page.Find(".govuk-error-summary__list a").GetAttribute("href"));
    }

    [Fact]
    public async Task Organisation_EmptyForm_NamesEachField()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var page = await world.ToOrganisationAsync(app.Browse(), run, "Ann Able|ann6@x.example", "Ben Best|ben6@x.example");

        var refused = await page.SubmitAsync();

        Assert.Equal(
            ["Enter your full name", "Enter your work email address", "Select the sector you work in", "Select the area you work in"], refused.Errors);
    }

    [Fact]
    public async Task Payment_BadAnswers_AreRefusedOneByOne()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var organisation = await world.ToOrganisationAsync(app.Browse(), run, "Ann Able|ann7@x.example");
        var page = await organisation.SubmitAsync(world.FillOrganisation);

        var nothing = await page.SubmitAsync();
        var noAddress = await page.SubmitAsync(form => form["Form.By"] = "Invoice");
        var noApplication = await page.SubmitAsync(form => form["Form.By"] = "FreePlace");
        var forged = await page.SubmitAsync(form => form.Forge("Form.By", "Free"));
        var noCards = await page.SubmitAsync(form => form.Forge("Form.By", "Card"));

        Assert.Equal(["Select how you want to pay"], nothing.Errors);
        Assert.Equal(["Enter the email address for the invoice"], noAddress.Errors);
        Assert.Equal(
            ["Select what kind of organisation you are", "Enter what your organisation does with children and families"], noApplication.Errors);
        Assert.Equal(["Select how you want to pay"], forged.Errors);
        Assert.Equal(["Cards are not taken at the moment. Select another way to pay"], noCards.Errors);
    }

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
