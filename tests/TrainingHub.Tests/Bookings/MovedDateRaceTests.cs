using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>
/// A date is booked while a programme file moves it. Whoever is first, the email says when the course is: a date with places is not
/// moved, and a booking that waited for the move tells of the new day.
/// </summary>
public sealed class MovedDateRaceTests(TestDatabase databases) : IAsyncLifetime
{
    private const string Reference = "MOVED-1";
    private const string NewDay = "29 March 2027";
    private readonly TestApp app = new(databases);
    private BookingWorld world = null!;
    private Guid run;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        await ImportAsync("2027-03-27", "Town Hall");
        run = await app.WithAsync((TrainingHubDb db) => db.CourseRuns.Where(one => one.Reference == Reference).Select(one => one.Id).SingleAsync(Ct));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task BookPlace_DateIsBeingMoved_TellsTheNewDay()
    {
        await Gate.OvertakeAsync(app.Database, "venues", MoveAsync, () => BookAsync(world.BookPlace));

        Assert.Equal((true, true), (await IsMovedAsync(), await IsToldOfTheNewDayAsync()));
    }

    /// <summary>The twin that does not look, when it has the date, whether it is where it was.</summary>
    [Fact]
    public async Task BookPlace_WithoutTheConditionWhileTheDateIsBeingMoved_TellsTheOldDay()
    {
        var book = new BookPlace(app.Database, app.Clock, Microsoft.Extensions.Options.Options.Create(BookingWorld.Site))
        {
            Guard = Unguarded.Instead(BookingSql.BookPlace, "and run.change_number = wanted.change_number", ""),
        };

        await Gate.OvertakeAsync(app.Database, "venues", MoveAsync, () => BookAsync(book));

        Assert.Equal((true, false), (await IsMovedAsync(), await IsToldOfTheNewDayAsync()));
    }

    /// <summary>The twin of the import: without the lock of the date it moves one on which a place was taken meanwhile.</summary>
    [Fact]
    public async Task ImportProgramme_WithoutTheLockWhileTheDateIsBooked_MovesItAllTheSame()
    {
        await Gate.OvertakeAsync(app.Database, "venues", MoveUnlockedAsync, () => BookAsync(world.BookPlace));

        Assert.Equal((true, false), (await IsMovedAsync(), await IsToldOfTheNewDayAsync()));
    }

    [Fact]
    public async Task ImportProgramme_WithoutTheLockInSequence_KeepsTheDay()
    {
        await BookAsync(world.BookPlace);

        Assert.True((await MoveUnlockedAsync()).IsRefused);
        Assert.Equal((false, false), (await IsMovedAsync(), await IsToldOfTheNewDayAsync()));
    }

    /// <summary>To another day, and to a venue that is new, before which the gate stands.</summary>
    private Task<ImportOutcome> MoveAsync() => ImportAsync("2027-03-29", "Castle");

    private Task<ImportOutcome> MoveUnlockedAsync() => Unguarded.WithoutRowLocksAsync(MoveAsync);

    private async Task<ImportOutcome> ImportAsync(string day, string venue)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(
            $"course,run_reference,date,start,end,capacity,venue,fee\nBruises,{Reference},{day},09:30,12:30,20,{venue},55\n"));
        return await app.WithAsync<ImportProgramme, ImportOutcome>(import => import.RunAsync(file, dryRun: false, Ct));
    }

    private async Task BookAsync(BookPlace book) =>
        Assert.Equal(BookPlaceResult.Booked, (await book.RunAsync(world.Request(run, "ann@moved.example"), Ct)).Result);

    private async Task<bool> IsMovedAsync() => await world.CountAsync("select count(*) from course_runs where id = $1 and runs_on = '2027-03-29'", run) == 1;

    private async Task<bool> IsToldOfTheNewDayAsync() =>
        await world.CountAsync("select count(*) from outgoing_emails where kind = 'booking-confirmed' and model::text like $1", $"%{NewDay}%") == 1;
}
