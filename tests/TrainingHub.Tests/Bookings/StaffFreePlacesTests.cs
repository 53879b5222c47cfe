using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>The coordinator's one screen for applications, over HTTP.</summary>
public sealed class StaffFreePlacesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Decline_WithoutReason_IsRefusedAndNothingIsDecided()
    {
        var (world, page) = await OneApplicationAsync("s1");

        var refused = await page.SubmitAsync(button: "Decline Toddlers s1");

        Assert.Equal(["Enter the reason for declining. The applicant is told it"], refused.Errors);
        Assert.Equal(1, await world.CountAsync(
            "select count(*) from free_place_applications where organisation_name = 'Toddlers s1' and state = 'Pending'"));
    }

    [Fact]
    public async Task Decline_WithReason_TellsTheApplicantAndListsTheDecision()
    {
        var (world, page) = await OneApplicationAsync("s2");

        var done = await page.SubmitAsync(form => form["Reason"] = "You are part of a council.", button: "Decline Toddlers s2");

        Assert.Contains("Declined. The applicant is told why and how to pay", done.Main);
        Assert.Contains("You are part of a council.", done.Main);
        Assert.Equal(1, await world.CountAsync(
            "select count(*) from outgoing_emails where kind = 'free-place-declined' and model ->> 'Reason' = 'You are part of a council.'"));
    }

    [Fact]
    public async Task Approve_Pressed_ConfirmsThePlaces()
    {
        var (world, page) = await OneApplicationAsync("s3");

        var done = await page.SubmitAsync(button: "Approve Toddlers s3");

        Assert.Contains("Approved. The places are confirmed", done.Main);
        Assert.Equal(1, await world.CountAsync(
            "select count(*) from bookings where organisation_name = 'Toddlers s3' and state = 'Confirmed'"));
    }

    /// <summary>Leaves one application waiting, and opens the page as the coordinator.</summary>
    private async Task<(BookingWorld World, TestPage Page)> OneApplicationAsync(string name)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        await world.ExecuteAsync("update free_place_applications set state = 'Withdrawn', decided_at = created_at where state = 'Pending'");
        var request = world.Request(await world.RunAsync(capacity: 10), $"ann@{name}.example") with
        {
            OrganisationName = $"Toddlers {name}",
            Method = PaymentMethod.FreePlace,
            FreePlace = new(FreePlaceApplicant.UnregisteredCharity, null, "A toddler group"),
        };
        await world.BookPlace.RunAsync(request, TestContext.Current.CancellationToken);
        var staff = app.Browse();
        await (await staff.GetAsync("/dev")).SubmitAsync(selector: "form[action$='/dev/sign-in']");
        return (world, await staff.GetAsync("/staff/free-places"));
    }
}
