using TrainingHub.Tests.Bookings;
using Xunit;

namespace TrainingHub.Tests.Portal;

/// <summary>Whoever is signed in and books again finds the form filled in; anybody else finds it empty.</summary>
public sealed class KnownBookerTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Booking_Again_IsFilledInFromTheLastOneAndOffersThePeopleOfBefore()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (before, run) = (await world.RunAsync(capacity: 10), await world.RunAsync(capacity: 10));
        await app.Given.BookAsync(world.Request(before) with
        {
            BookerName = "Bea Booker",
            BookerEmail = "bea@known.example",
            OrganisationName = "Hill Primary School",
            InvoiceEmail = "finance@known.example",
            PurchaseOrder = "PO-1",
            Dates = [new(before, 5500, [new("Ann Ames", "ann@known.example", "Step-free"), new("Tom Tate", "tom@known.example", null)])],
        });
        var browser = (await app.SignInByCodeAsync("bea@known.example")).Browser;

        var people = await browser.GetAsync($"/dates/{run}/book");
        var chosen = await people.SubmitAsync(
            form => form.Tick("known", people.Document.QuerySelectorAll("input[name=known]").Single(box => box.ParentElement!.TextContent.Contains("Ann Ames", StringComparison.Ordinal)).GetAttribute("value")!),
            button: "Add the ticked people");
        var organisation = await chosen.SubmitAsync(button: "Continue");
        organisation = await browser.EventuallyAsync(organisation.Address, "Filled in from your last booking");
        var payment = await organisation.SubmitAsync();

        Assert.Equal("Ann Ames", chosen.Find("input[name='People[0].Name']").GetAttribute("value"));
        Assert.Null(chosen.Document.QuerySelector("input[name='People[1].Name']"));
        Assert.DoesNotContain("Step-free", chosen.Text);
        Assert.DoesNotContain("Ann Ames", string.Join(' ', chosen.All("label")));
        Assert.Equal(("Bea Booker", "bea@known.example", "Hill Primary School"), (Value(organisation, "Form.Name"), Value(organisation, "Form.Email"), Value(organisation, "Form.Organisation")));
        Assert.EndsWith("/book/payment", payment.Address, StringComparison.Ordinal);
        Assert.Equal(("finance@known.example", ""), (Value(payment, "Form.InvoiceEmail"), Value(payment, "Form.PurchaseOrder")));
    }

    [Fact]
    public async Task Booking_BySomebodyElse_OffersNothing()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 10);
        await app.Given.BookAsync(world.Request(run, "ann@other.example") with { BookerEmail = "bea@other.example" });

        var stranger = await app.Browse().GetAsync($"/dates/{run}/book");
        var another = await (await app.SignInByCodeAsync("new@other.example")).Browser.GetAsync($"/dates/{run}/book");

        Assert.DoesNotContain("booked before", stranger.Main);
        Assert.DoesNotContain("booked before", another.Main);
    }

    private static string Value(TestPage page, string name) => page.Find($"[name='{name}']").GetAttribute("value") ?? "";
}
