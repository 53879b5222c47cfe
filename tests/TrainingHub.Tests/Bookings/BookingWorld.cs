using System.Net;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>A programme small enough to book in: one course of £55, one sector, one area, and dates as a test needs them.</summary>
internal sealed class BookingWorld(NpgsqlDataSource database, TimeProvider clock)
{
    private readonly Given given = new(database, clock, TestContext.Current.CancellationToken);

    private string sectorName = "";

    public static SiteOptions Site => Given.Site;

    public Guid Sector { get; private set; }
    public string SectorName => sectorName;
    public Guid Area { get; private set; }
    public Guid Course { get; private set; }

    public BookPlace BookPlace => given.BookPlace;

    /// <summary>Looks whether there is room before it waits for the dates' rows, and not when it has them.</summary>
    public BookPlace BookPlaceWithoutGuard => new(database, clock, Options.Create(Given.Site))
    {
        Guard = Unguarded.Instead(
            BookingSql.BookPlace,
            "for no key update of run",
            ""),
    };

    /// <summary>Counts what the visitor holds, and does not wait for their other bookings.</summary>
    public BookPlace BookPlaceWithoutVisitorLock => new(database, clock, Options.Create(Given.Site))
    {
        Guard = Unguarded.Instead(BookingSql.BookPlace, "pg_advisory_xact_lock(key)", "key"),
    };

    public static async Task<BookingWorld> MakeAsync(NpgsqlDataSource database, TimeProvider clock)
    {
        var world = new BookingWorld(database, clock);
        var sector = await world.given.SectorAsync();
        (world.Sector, world.sectorName) = (sector.Id, sector.Name);
        world.Area = (await world.given.AreaAsync()).Id;
        world.Course = (await world.given.CourseAsync("Neglect", CourseLength.HalfDay, pricePence: 5500)).Id;
        return world;
    }

    public async Task<Guid> RunAsync(int capacity, TimeSpan? startsIn = null, int? feePence = null) =>
        (await given.RunAsync(Course, clock.GetUtcNow() + (startsIn ?? TimeSpan.FromDays(30)), capacity, feePence)).Id;

    public BookPlaceRequest Request(Guid run, params string[] delegates) => Given.Request(run, Sector, Area, delegates);

    public BookPlaceRequest Request(IEnumerable<Guid> runs, params string[] delegates) => Given.Request(runs, Sector, Area, delegates);

    /// <summary>Goes to the second page of the form, with these people as "Name|address".</summary>
    public async Task<TestPage> ToOrganisationAsync(TestBrowser browser, Guid run, params string[] people)
    {
        var page = await browser.GetAsync($"/dates/{run}/book");
        for (var i = 1; i < people.Length; i++)
        {
            page = await page.SubmitAsync(button: "Add another person");
        }

        var organisation = await page.SubmitAsync(form =>
        {
            for (var i = 0; i < people.Length; i++)
            {
                (form[$"People[{i}].Name"], form[$"People[{i}].Email"]) = (people[i].Split('|')[0], people[i].Split('|')[1]);
            }
        });

        // The page remembers the list of sectors until the database tells of the new one.
        return organisation.Status == HttpStatusCode.OK && organisation.Address.EndsWith("/organisation", StringComparison.Ordinal)
            ? await browser.EventuallyAsync(organisation.Address, sectorName)
            : organisation;
    }

    public void FillOrganisation(TestForm form)
    {
        (form["Form.Name"], form["Form.Email"], form["Form.Organisation"]) = ("Bea Booker", "bea@school.example", "Hill Primary School");
        (form["Form.SectorId"], form["Form.AreaId"]) = (Sector.ToString(), Area.ToString());
    }

    /// <summary>Goes to the check page, to pay by invoice where there is something to pay.</summary>
    public async Task<TestPage> ToCheckAsync(TestBrowser browser, Guid run, params string[] people)
    {
        var organisation = await ToOrganisationAsync(browser, run, people);
        var page = await organisation.SubmitAsync(FillOrganisation);
        return page.Address.EndsWith("/check", StringComparison.Ordinal)
            ? page
            : await page.SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "finance@school.example"));
    }

    /// <summary>The same, to be paid by card.</summary>
    public async Task<TestPage> ToCheckByCardAsync(TestBrowser browser, Guid run, params string[] people)
    {
        var organisation = await ToOrganisationAsync(browser, run, people);
        return await (await organisation.SubmitAsync(FillOrganisation)).SubmitAsync(form => form["Form.By"] = "Card");
    }

    /// <summary>Who was written to about a booking, in order.</summary>
    public async Task<IReadOnlyList<string>> MailedAsync(string reference)
    {
        await using var command = Command(database, "select to_address from outgoing_emails where about = $1 order by to_address", [reference]);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var addresses = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            addresses.Add(reader.GetString(0));
        }

        return addresses;
    }

    public Task<BookedBooking> BookAsync(Guid run, params string[] delegates) => given.BookAsync(Request(run, delegates));

    public Task<BookedBooking> BookByCardAsync(Guid run, params string[] delegates) =>
        given.BookAsync(Request(run, delegates) with { Method = PaymentMethod.Card, InvoiceEmail = null });

    /// <summary>The path of the private link in the first email about a booking.</summary>
    public Task<string> PrivateLinkAsync(string reference) => TextAsync(
        "select substring(model ->> 'ManageUrl' from 'https://[^/]+(.*)') from outgoing_emails where about = $1 and model ? 'ManageUrl' order by id limit 1",
        reference);

    public Task<int> SentAsync(string reference, string kind) =>
        CountAsync("select count(*) from outgoing_emails where about = $1 and kind = $2", reference, kind);

    public Task<Guid> StaffAsync() => given.StaffAsync();

    public async Task<string> TextAsync(string query, params object?[] values)
    {
        await using var command = Command(database, query, values);
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task<int> CountAsync(string query, params object?[] values)
    {
        await using var command = Command(database, query, values);
        return Convert.ToInt32(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Another sector than the one that <see cref="Request(Guid, string[])"/> books for.</summary>
    public async Task<Guid> OtherSectorAsync(string? name = null) => (await given.SectorAsync(name)).Id;

    /// <summary>A date of which some places are held back for a sector until a day.</summary>
    public async Task<Guid> HeldBackRunAsync(int capacity, int held, Guid sector, TimeSpan? heldFor = null, TimeSpan? startsIn = null)
    {
        var run = await RunAsync(capacity, startsIn);
        await ExecuteAsync(
            "update course_runs set held_back = $2, held_back_for_id = $3, held_back_until = $4 where id = $1",
            run, held, sector, clock.GetUtcNow() + (heldFor ?? TimeSpan.FromDays(10)));
        return run;
    }

    /// <summary>A date whose booking closes so long before it begins.</summary>
    public async Task<Guid> ClosingRunAsync(int capacity, TimeSpan before, TimeSpan? startsIn = null)
    {
        var run = await RunAsync(capacity, startsIn);
        await ExecuteAsync("update course_runs set books_until = starts_at - $2 where id = $1", run, before);
        return run;
    }

    /// <summary>Live places of a sector, by the rows; the counter of the date must say the same where places are held for it.</summary>
    public Task<int> LivePlacesOfAsync(Guid run, Guid sector) => CountAsync(
        "select count(*) from live_places place join bookings booking on booking.id = place.booking_id where place.run_id = $1 and booking.sector_id = $2", run, sector);

    public Task<int> HeldBackTakenAsync(Guid run) => CountAsync("select held_back_taken from course_runs where id = $1", run);

    public Task<int> PlacesTakenAsync(Guid run) => CountAsync("select places_taken from course_runs where id = $1", run);

    public Task<int> LivePlacesAsync(Guid run) =>
        CountAsync("select count(*) from places where run_id = $1 and state in ('Held', 'Confirmed')", run);

    /// <summary>As the owner of the tables.</summary>
    public async Task ExecuteAsync(string statement, params object?[] values)
    {
        await using var command = Command(database.Owner(), statement, values);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlDataSource source, string statement, object?[] values)
    {
        var command = source.CreateCommand(statement);
        foreach (var value in values)
        {
            command.Parameters.Add(value is null ? new NpgsqlParameter<int?> { TypedValue = null } : new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
