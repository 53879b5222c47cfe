using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Bookings;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>A programme small enough to book in: one course of £55, one sector, one area, and dates as a test needs them.</summary>
internal sealed class BookingWorld(NpgsqlDataSource database, TimeProvider clock)
{
    public static readonly SiteOptions Site = new() { PublicUrl = new Uri("https://training.example.org") };

    public Guid Sector { get; } = Guid.CreateVersion7();
    public Guid Area { get; } = Guid.CreateVersion7();
    public Guid Course { get; } = Guid.CreateVersion7();

    public BookPlace BookPlace => new(database, clock, Options.Create(Site));

    public BookPlace BookPlaceWithoutGuard => new(database, clock, Options.Create(Site))
    {
        Statement = Unguarded,
    };

    /// <summary>Only the lock is off: places are counted as before, and after the count there is a pause.</summary>
    private static readonly string Unguarded = BookingSql.BookPlace
        .Replace("for no key update", "", StringComparison.Ordinal)
        .Replace("select count(*) as dates\n    from locked", "select count(*) as dates, pg_sleep(0.3)\n    from locked", StringComparison.Ordinal);

    public static async Task<BookingWorld> MakeAsync(NpgsqlDataSource database, TimeProvider clock)
    {
        var world = new BookingWorld(database, clock);
        await world.ExecuteAsync(
            """
            insert into sectors (id, name, sort_order) values ($1, $2, 1)
            """, world.Sector, $"Sector {world.Sector:N}");
        await world.ExecuteAsync("insert into areas (id, name, long_name, sort_order) values ($1, $2, $2, 1)", world.Area, $"Area {world.Area:N}");
        await world.ExecuteAsync(
            """
            insert into courses (id, slug, title, summary, audience, length, is_new, search_words)
            values ($1, $2, 'Neglect', '', '', 'HalfDay', false, '')
            """, world.Course, $"neglect-{world.Course:N}");
        await world.ExecuteAsync(
            "insert into course_fees (id, course_id, starts_on, price_pence) values ($1, $2, '2020-04-01', 5500)", Guid.CreateVersion7(), world.Course);
        return world;
    }

    public async Task<Guid> RunAsync(int capacity, TimeSpan? startsIn = null, int? feePence = null)
    {
        var run = Guid.CreateVersion7();
        var starts = clock.GetUtcNow() + (startsIn ?? TimeSpan.FromDays(30));
        await ExecuteAsync(
            """
            insert into course_runs (
                id, reference, course_id, starts_at, ends_at, runs_on, slot, capacity, places_taken, delivery, state, change_number,
                fee_pence)
            values ($1, $2, $3, $4, $5, $6, 'Weekday', $7, 0, 'Online', 'Scheduled', 0, $8)
            """,
            run, run.ToString("N"), Course, starts, starts.AddHours(3), DateOnly.FromDateTime(starts.UtcDateTime), capacity, feePence);
        return run;
    }

    public BookPlaceRequest Request(Guid run, params string[] delegates) => Request([run], delegates);

    /// <summary>An order for these people on each of the dates.</summary>
    public BookPlaceRequest Request(IEnumerable<Guid> runs, params string[] delegates) => new(
        Guid.CreateVersion7(),
        [.. runs.Select(run => new DateRequest(run, 5500, [.. delegates.Select(email => new TrainingHub.Bookings.Delegate($"Person {email}", email, null))]))],
        "Bea Booker",
        "bea@school.example",
        "Hill Primary School",
        Sector,
        Area,
        PaymentMethod.Invoice,
        InvoiceEmail: "finance@school.example");

    /// <summary>Goes to the second page of the form, with these people as "Name|address".</summary>
    public async Task<TestPage> ToOrganisationAsync(TestBrowser browser, Guid run, params string[] people)
    {
        var page = await browser.GetAsync($"/dates/{run}/book");
        for (var i = 1; i < people.Length; i++)
        {
            page = await page.SubmitAsync(button: "Add another person");
        }

        return await page.SubmitAsync(form =>
        {
            for (var i = 0; i < people.Length; i++)
            {
                (form[$"People[{i}].Name"], form[$"People[{i}].Email"]) = (people[i].Split('|')[0], people[i].Split('|')[1]);
            }
        });
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

    /// <summary>Who was written to about a booking, in order.</summary>
    public async Task<IReadOnlyList<string>> MailedAsync(string reference)
    {
        await using var command = Command("select to_address from outgoing_emails where about = $1 order by to_address", [reference]);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var addresses = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            addresses.Add(reader.GetString(0));
        }

        return addresses;
    }

    public async Task<BookedBooking> BookAsync(Guid run, params string[] delegates) =>
        (await BookPlace.RunAsync(Request(run, delegates), TestContext.Current.CancellationToken)).Booking!;

    public async Task<BookedBooking> BookByCardAsync(Guid run, params string[] delegates) =>
        (await BookPlace.RunAsync(
            Request(run, delegates) with { Method = PaymentMethod.Card, InvoiceEmail = null }, TestContext.Current.CancellationToken)).Booking!;

    /// <summary>The path of the private link in the first email about a booking.</summary>
    public Task<string> PrivateLinkAsync(string reference) => TextAsync(
        "select substring(model ->> 'ManageUrl' from 'https://[^/]+(.*)') from outgoing_emails where about = $1 and model ? 'ManageUrl' order by id limit 1",
        reference);

    public Task<int> SentAsync(string reference, string kind) =>
        CountAsync("select count(*) from outgoing_emails where about = $1 and kind = $2", reference, kind);

    public async Task<Guid> StaffAsync()
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync(
            """
            insert into staff_users (
                id, name, created_at, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            values ($1, 'Cora Coordinator', $2, true, false, false, false, 0)
            """,
            id, clock.GetUtcNow());
        return id;
    }

    public async Task<string> TextAsync(string query, params object?[] values)
    {
        await using var command = Command(query, values);
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task<int> CountAsync(string query, params object?[] values)
    {
        await using var command = Command(query, values);
        return Convert.ToInt32(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    public Task<int> PlacesTakenAsync(Guid run) => CountAsync("select places_taken from course_runs where id = $1", run);

    public Task<int> LivePlacesAsync(Guid run) =>
        CountAsync("select count(*) from places where run_id = $1 and state in ('Held', 'Confirmed')", run);

    public async Task ExecuteAsync(string statement, params object?[] values)
    {
        await using var command = Command(statement, values);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private NpgsqlCommand Command(string statement, object?[] values)
    {
        var command = database.CreateCommand(statement);
        foreach (var value in values)
        {
            command.Parameters.Add(value is null ? new NpgsqlParameter<int?> { TypedValue = null } : new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
