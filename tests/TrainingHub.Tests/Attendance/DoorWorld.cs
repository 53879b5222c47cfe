using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>A date of a provider, with people on it, and its trainer's account.</summary>
internal sealed record DoorDate(BookedRun Run, Guid Provider, string Trainer, Actor By)
{
    public Guid Id => Run.Id;

    public string Url => $"/staff/door/{Run.Id}";
}

/// <summary>Dates with a trainer of their own, for the tests of the register at the door.</summary>
internal sealed class DoorWorld(TestApp app)
{
    public RegisterWorld Registers { get; } = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="on">Null is today.</param>
    /// <param name="names">With a confirmed place each.</param>
    /// <param name="capacity"></param>
    /// <param name="pricePence"></param>
    public async Task<DoorDate> DateAsync(DateOnly? on = null, string[]? names = null, int capacity = 20, int pricePence = 8200)
    {
        await app.AddStaffAsync();
        var provider = await app.Given.ProviderAsync();
        var course = await app.Given.CourseAsync(pricePence: pricePence);
        var run = await app.Given.RunAsync(course.Id, on ?? Registers.Today, capacity);
        var places = await app.Given.PlacesAsync(run, [.. (names ?? []).Select(name => new GivenDelegate(name) { AccessNeeds = name == "Tom Rees" ? "Hearing loop" : null })]);
        await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(one => one.Id == run.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.ProviderId, provider.Id), Ct));
        var email = await app.AddTrainerAsync(provider.Id);
        var by = await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Email == email).Select(user => new Actor(user.Id, user.Name)).SingleAsync(Ct));
        return new(new(run.Id, run.Reference, [.. places.Select(made => made.Place.Id)]), provider.Id, email, by);
    }

    /// <returns>The trainer of the date, signed in.</returns>
    public async Task<TestBrowser> TrainerAsync(DoorDate date)
    {
        var browser = app.Browse();
        await browser.SignInAsync(date.Trainer, StaffDoor.Password);
        return browser;
    }

    public async Task<Mark?> MarkOfAsync(Guid place) => await app.WithAsync((TrainingHubDb db) =>
        db.AttendanceMarks.Where(mark => mark.PlaceId == place).Select(mark => (Mark?)mark.Mark).SingleOrDefaultAsync(Ct));

    /// <summary>The address that the code of this delegate says.</summary>
    public async Task<string> CodeAsync(Guid place)
    {
        var person = await app.WithAsync((TrainingHubDb db) => db.People.Where(one => db.Places.Any(own => own.Id == place && own.PersonId == one.Id))
            .Select(one => new PersonKey(one.EmailKey, one.NameKey)).SingleAsync(Ct));
        return BookingUrls.AtDoor(await app.WithAsync((DoorCodes codes) => codes.OfAsync(place, person, Ct)));
    }

    /// <summary>What the script of the page sends for a tap.</summary>
    public static Dictionary<string, string> Tap(TestPage page, Guid place, string mark, Guid tab, int number) => new()
    {
        ["__RequestVerificationToken"] = page.Find("input[name=__RequestVerificationToken]").GetAttribute("value") ?? "",
        ["place"] = $"{place}",
        ["mark"] = mark,
        ["tab"] = $"{tab}",
        ["number"] = $"{number}",
    };
}
