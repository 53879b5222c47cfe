using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>Somebody without a booking, whom a trainer lets in.</summary>
public sealed class DoorWalkInTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly DoorWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WalkIn_WithoutAnAddress_IsBookedOnceMarkedAndOnToday()
    {
        var date = await world.DateAsync();
        var form = await (await world.TrainerAsync(date)).GetAsync($"{date.Url}/walk-in");
        void Fill(TestForm fill) => (fill["Name"], fill["Organisation"], fill["SectorId"]) = ("Wanda Inn", "Hill Primary", fill.ValueOfOption("SectorId", "Education"));

        var done = await form.SubmitAsync(Fill);
        await form.SubmitAsync(Fill);

        Assert.Contains("Wanda Inn is booked and marked as here", done.Main, StringComparison.Ordinal);
        var place = Assert.Single(await app.WithAsync((TrainingHubDb db) => db.Places.AsNoTracking().Where(one => one.RunId == date.Id).ToListAsync(Ct)));
        Assert.Equal((PlaceState.Confirmed, 8200, Mark.Attended), (place.State, place.PricePence, await world.MarkOfAsync(place.Id)));
        Assert.Equal(1, await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(run => run.Id == date.Id).Select(run => run.PlacesTaken).SingleAsync(Ct)));
        var staff = await app.BrowseAsStaffAsync();
        var today = await staff.GetAsync("/staff");
        Assert.Contains("Wanda Inn: ask for £82", today.Main, StringComparison.Ordinal);
        today = await today.SubmitAsync(selector: $"form[action*='{date.Id}'][action*='WalkIn']");
        Assert.DoesNotContain("Wanda Inn: ask for", today.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WalkIn_Invoice_GoesToTheTrainingTeamAndToNobodyWhomATrainerNamed()
    {
        var date = await world.DateAsync();
        var form = await (await world.TrainerAsync(date)).GetAsync($"{date.Url}/walk-in");

        await form.SubmitAsync(fill => (fill["Name"], fill["Email"], fill["Organisation"], fill["SectorId"]) =
            ("Dana Reed", "dana@hill.example", "Hill Primary", fill.ValueOfOption("SectorId", "Education")));
        await app.RunJobAsync(nameof(TrainingHub.Payments.IssueInvoices));

        var booking = await app.WithAsync((TrainingHubDb db) => db.Bookings.AsNoTracking().SingleAsync(one => db.Places.Any(place => place.BookingId == one.Id && place.RunId == date.Id), Ct));
        Assert.Equal(PaymentMethod.Invoice, booking.PaymentMethod);
        Assert.NotEqual("dana@hill.example", booking.InvoiceEmail);
        var told = await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.Where(email => email.About == booking.Reference).Select(email => new { email.ToAddress, email.Subject }).ToListAsync(Ct));
        Assert.DoesNotContain(told, email => email.ToAddress == "dana@hill.example" && email.Subject.Contains("nvoice", StringComparison.Ordinal));
        Assert.Contains(told, email => email.ToAddress == booking.InvoiceEmail && email.Subject.Contains("nvoice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WalkIn_BadInputOrNoPlace_IsNamedAndStays()
    {
        var date = await world.DateAsync(names: ["Amina Okafor"], capacity: 1);
        var form = await (await world.TrainerAsync(date)).GetAsync($"{date.Url}/walk-in");

        var empty = await form.SubmitAsync(fill => fill["Organisation"] = "Hill Primary");
        var full = await empty.SubmitAsync(fill => (fill["Name"], fill["SectorId"]) = ("Dana Reed", fill.ValueOfOption("SectorId", "Education")));

        Assert.Equal(["Enter the full name", "Select the sector"], empty.Errors);
        Assert.Equal("Hill Primary", empty.Find("#Organisation").GetAttribute("value"));
        Assert.Equal("Every place is taken. Ask the training team before you let more people in", Assert.Single(full.Errors));
    }
}
