using TrainingHub.Reporting;
using TrainingHub.Tests.Reporting;
using Xunit;

namespace TrainingHub.Tests.Attendance;

public sealed class SeedTests(DemoApp app) : IClassFixture<DemoApp>
{
    [Theory]
    [InlineData("H2122", 140, 2800, 2520)]
    [InlineData("H2223", 156, 3143, 2876)]
    public async Task History_OfAYear_HasThePublishedTotalsAndNoNames(string prefix, long runs, long places, long attended)
    {
        Assert.Equal(runs, await CountAsync($"select count(*) from course_runs where reference like '{prefix}-%'"));
        Assert.Equal(places, await CountAsync($"select sum(capacity) from course_runs where reference like '{prefix}-%'"));
        Assert.Equal(attended, await CountAsync(
            $"select count(*) from attendance_marks m join places p on p.id = m.place_id join course_runs r on r.id = p.run_id where r.reference like '{prefix}-%' and m.mark <> 'Absent'"));
        Assert.Equal(0, await CountAsync(
            $"select count(*) from places p join course_runs r on r.id = p.run_id where r.reference like '{prefix}-%' and (p.person_id is not null or p.delegate_name is not null)"));
    }

    [Fact]
    public async Task Coming_Dates_AreFullNearlyFullAndEmpty()
    {
        const string coming = "select count(*) from course_runs where reference not like 'H2%' and ";

        Assert.InRange(await CountAsync(coming + "places_taken = capacity"), 10, 40);
        Assert.InRange(await CountAsync(coming + "places_taken between capacity * 0.85 and capacity - 1"), 5, 40);
        Assert.InRange(await CountAsync(coming + "places_taken = 0"), 10, 60);
    }

    [Fact]
    public async Task Coming_Delegates_AreInventedAndCannotBeReached() =>
        Assert.Equal(0, await CountAsync("select count(*) from people where email !~ '^[a-z.]+@[a-z-]+\\.example\\.org$'"));

    [Fact]
    public async Task Bookings_OfTheDemonstration_ReadAsInvented()
    {
        Assert.Equal(0, await CountAsync("select count(*) from bookings where origin <> 'Invented'"));
        var staff = app.Browse();
        await (await staff.GetAsync("/dev")).SubmitAsync(selector: "form[action$='/dev/sign-in']");

        var list = await staff.GetAsync("/staff/bookings");
        var paid = await TextAsync("select reference from bookings where payment_method = 'Card' order by id limit 1");
        var booking = await staff.GetAsync($"/staff/bookings/{paid}");

        Assert.Contains(", invented example", list.Main, StringComparison.Ordinal);
        Assert.Contains(", invented example", booking.Main, StringComparison.Ordinal);
        Assert.Contains("Payment invented example", booking.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("imported", list.Main + booking.Main, StringComparison.Ordinal);
        Assert.DoesNotContain("from a file", booking.Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coming_BookingsByInvoice_HaveTheirInvoices()
    {
        Assert.InRange(await CountAsync("select count(*) from invoices"), 20, 1000);
        Assert.Equal(0, await CountAsync("select count(*) from bookings_to_bill"));
        Assert.Equal(0, await CountAsync("select count(*) from outgoing_emails where kind = 'invoice-issued'"));
        Assert.DoesNotContain(await Audit.RunAsync(app.Database, app.Clock.Now, TestContext.Current.CancellationToken), line => line.Broken > 0);
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = app.Database.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = app.Database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }
}
