using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>A programme of modules at £55 each, one date for each, with a price as a whole.</summary>
internal sealed record WholeWorld(BookingWorld World, Programme Programme, IReadOnlyList<Course> Modules, IReadOnlyList<Guid> Runs)
{
    public static async Task<WholeWorld> MakeAsync(TestApp app, int count = 5, int? wholePence = 22000)
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var programme = await app.Given.ProgrammeAsync();
        List<Course> modules = [];
        List<Guid> runs = [];
        for (var number = 1; number <= count; number++)
        {
            modules.Add(await app.Given.CourseAsync($"Part {number} of {programme.Title}", CourseLength.HalfDay, pricePence: 5500, programme: programme.Id, module: number));
            runs.Add((await app.Given.RunAsync(modules[^1].Id, app.Clock.Now + TimeSpan.FromDays(20 + (number * 10)), 10)).Id);
        }

        if (wholePence is not null)
        {
            await app.Given.ProgrammeFeeAsync(programme.Id, wholePence);
        }

        return new(world, programme, modules, runs);
    }

    public string Rule => $"{Programme.Title} as a whole, £220 instead of 5 × £55";

    /// <summary>Every module for each of these people, at what the check page shows.</summary>
    public BookPlaceRequest Request(int totalPence, params string[] delegates) => World.Request(Runs, delegates) with { TotalPence = totalPence };

    /// <summary>"4400 of 5500" for each place, those of one date after another.</summary>
    public Task<string> PricesAsync(Guid booking) => World.TextAsync(
        "select string_agg(price_pence || coalesce(' of ' || alone_pence, ''), ', ' order by id) from places where booking_id = $1 and id in (select id from live_places)", booking);

    public Task<int> TotalAsync(Guid booking) => World.CountAsync("select sum(price_pence) from places where booking_id = $1 and id in (select id from live_places)", booking);

    /// <summary>Chooses a date of every module but the first.</summary>
    public void AllModules(TestForm form)
    {
        form.Clear("modules");
        foreach (var run in Runs.Skip(1))
        {
            form.Tick("modules", $"{run}");
        }
    }

    /// <summary>Goes with all modules to the check page, to be paid by invoice.</summary>
    public async Task<TestPage> ToCheckAsync(TestBrowser browser, params string[] people)
    {
        await World.ToOrganisationAsync(browser, Runs[0], people);
        var dates = await browser.GetAsync($"/dates/{Runs[0]}/book/dates");
        var coming = await dates.SubmitAsync(AllModules, button: "Add the modules");
        var organisation = await coming.SubmitAsync();
        return await (await organisation.SubmitAsync(World.FillOrganisation)).SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "finance@school.example"));
    }
}
