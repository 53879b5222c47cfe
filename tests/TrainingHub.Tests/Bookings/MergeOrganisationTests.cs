using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Desk.Pages.Staff;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Reporting;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Several spellings of one organisation become one, by the pages of staff, and alone however many do it at once.</summary>
public sealed class MergeOrganisationTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merge_ThreeSpellings_MovesAllAndKnowsEachNameAfterwards()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 20);
        await BookAsync(world, run, "St Mary's Primary School", "a@m1.example", "b@m1.example");
        await BookAsync(world, run, "St. Marys C of E Primary", "c@m1.example");
        await BookAsync(world, run, "Saint Mary’s School", "d@m1.example");
        await app.RunJobAsync("IssueInvoices");
        var staff = await app.BrowseAsStaffAsync();

        var preview = await (await staff.GetAsync("/staff/organisations/similar")).FollowAsync("Compare and merge Saint Mary’s School");
        var kept = await IdAsync(world, "St Mary's Primary School");
        var done = await preview.SubmitAsync(form => form["keep"] = kept.ToString());
        var again = await preview.SubmitAsync(form => form["keep"] = kept.ToString());
        var later = await BookAsync(world, run, "ST MARYS C OF E PRIMARY", "e@m1.example");
        var list = await staff.GetAsync("/staff/organisations?q=saint");

        Assert.Contains("All 3 bookings, with their people, 3 invoices and what is owed (£220.00)", preview.Main);
        Assert.Equal("St Mary's Primary School", done.Heading);
        Assert.Contains("Also known as: Saint Mary’s School · St. Marys C of E Primary", done.Main);
        Assert.Contains("2 other names with 2 bookings joined this one.", done.Main);
        Assert.Contains("£220.00", done.Main);
        Assert.Contains("Nothing was changed", again.Main);
        Assert.Equal(kept, await OrganisationOfAsync(world, later));
        Assert.Contains("St Mary's Primary School", list.Main);
        Assert.DoesNotContain("Saint Mary’s School", list.All("tbody th")[0]);
        Assert.Equal(kept.ToString(), (await staff.GetAsync($"/staff/organisations/{await IdAsync(world, "Saint Mary’s School")}")).Address.Split('/')[^1]);
        Assert.DoesNotContain(await Audit.RunAsync(app.Database, app.Clock.GetUtcNow(), Ct), line => line.Broken > 0);
    }

    [Fact]
    public async Task Merged_FormerName_LeadsToTheOneThatStaysForCallersSearchAndCorrections()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 5);
        var (kept, gone) = (await AddAsync("Heron Academy"), await AddAsync("Kingfisher Junior"));
        await MergeAsync(kept, gone);
        var booked = await BookAsync(world, run, "Somewhere else", "a@m9.example");
        var id = Guid.Parse(await world.TextAsync("select id::text from bookings where reference = $1", booked));
        var staff = await app.BrowseAsStaffAsync();

        await app.WithAsync((CorrectBooker correct) => correct.RunAsync(
            id, new("Ann Booker", "ann@m9.example", "Kingfisher Junior"), OwnPlace.Stays, Actor.CommandLine, Ct));
        var search = await staff.GetAsync("/staff/search?q=kingfisher");
        var callers = await app.WithAsync((TrainingHubDb db) => FoundCallers.FindAsync(db, "kingfisher", Ct));

        Assert.Equal(kept, await OrganisationOfAsync(world, booked));
        Assert.NotEmpty(search.All($"main a[href='/staff/organisations/{kept}']"));
        Assert.Equal(["Heron Academy"], callers.Organisations.Select(one => one.Name));
        Assert.DoesNotContain(await Audit.RunAsync(app.Database, app.Clock.GetUtcNow(), Ct), line => line.Invariant.Contains("merged", StringComparison.Ordinal) && line.Broken > 0);
    }

    [Fact]
    public async Task Merge_IntoOneThatIsMergedItself_LeadsEachNameToTheLast()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (first, second, third) = (await AddAsync("Chain One"), await AddAsync("Chain Two"), await AddAsync("Chain Three"));

        Assert.Equal(MergeResult.Merged, await MergeAsync(second, first));
        Assert.Equal(MergeResult.Merged, await MergeAsync(third, second));
        var booked = await BookAsync(world, await world.RunAsync(capacity: 5), "chain one", "a@m2.example");

        Assert.Equal(third, await OrganisationOfAsync(world, booked));
        Assert.Equal(MergeResult.Gone, await MergeAsync(second, third));
        Assert.Equal(MergeResult.Gone, await MergeAsync(await AddAsync("Chain Four"), first));
    }

    [Fact]
    public async Task Book_UnderANameThatIsBeingMerged_LandsOnTheOneThatStays()
    {
        var (world, run, kept, gone) = await TwoAsync();

        await Gate.OvertakeAsync(app.Database, "history_entries", () => MergeAsync(kept, gone), () => world.BookPlace.RunAsync(Named(world, run, gone), Ct));

        Assert.Equal(kept, await OnlyOrganisationAsync(world, run));
    }

    [Fact]
    public async Task Book_GuardSwitchedOff_IsLeftUnderTheMergedNameWhenTheyMeet()
    {
        var (world, run, kept, gone) = await TwoAsync();

        await Gate.OvertakeAsync(app.Database, "history_entries", () => MergeAsync(kept, gone), () => Unlocked.RunAsync(Named(world, run, gone), Ct));

        Assert.Equal(gone, await OnlyOrganisationAsync(world, run));
        await PutRightAsync(world, kept, gone);
    }

    [Fact]
    public async Task Book_GuardSwitchedOff_HoldsInSequence()
    {
        var (world, run, kept, gone) = await TwoAsync();

        await MergeAsync(kept, gone);
        await Unlocked.RunAsync(Named(world, run, gone), Ct);

        Assert.Equal(kept, await OnlyOrganisationAsync(world, run));
    }

    [Fact]
    public async Task Merge_WhileABookingIsMade_WaitsForItAndMovesIt()
    {
        var (world, run, kept, gone) = await TwoAsync();
        var person = await app.Given.PersonAsync($"Person {run}@m3.example", $"{run}@m3.example");

        await Gate.OvertakeAtRowAsync(app.Database, "people", person.Id, () => world.BookPlace.RunAsync(Named(world, run, gone), Ct), () => MergeAsync(kept, gone));

        Assert.Equal(kept, await OnlyOrganisationAsync(world, run));
    }

    [Fact]
    public async Task Merge_WithoutTheLock_MissesTheBookingWhenTheyMeet()
    {
        var (world, run, kept, gone) = await TwoAsync();
        var person = await app.Given.PersonAsync($"Person {run}@m3.example", $"{run}@m3.example");

        await Gate.OvertakeAtRowAsync(app.Database, "people", person.Id, () => world.BookPlace.RunAsync(Named(world, run, gone), Ct), () => MergeUnlockedAsync(kept, gone));

        Assert.Equal(gone, await OnlyOrganisationAsync(world, run));
        await PutRightAsync(world, kept, gone);
    }

    [Fact]
    public async Task Merge_EachIntoTheOtherAtOnce_MergesOneAlone()
    {
        var (first, second) = (await AddAsync($"One {Guid.NewGuid()}"), await AddAsync($"Two {Guid.NewGuid()}"));

        Assert.Equal([MergeResult.Merged, MergeResult.Gone], await MeetAsync(first, second, MergeAsync));
    }

    [Fact]
    public async Task Merge_WithoutTheLock_FailsWhenTheyMeet()
    {
        var (first, second) = (await AddAsync($"One {Guid.NewGuid()}"), await AddAsync($"Two {Guid.NewGuid()}"));

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => MeetAsync(first, second, MergeUnlockedAsync));
    }

    [Fact]
    public async Task Merge_WithoutTheLockInSequence_MergesOneAlone()
    {
        var (first, second) = (await AddAsync($"One {Guid.NewGuid()}"), await AddAsync($"Two {Guid.NewGuid()}"));

        Assert.Equal((MergeResult.Merged, MergeResult.Gone), (await MergeUnlockedAsync(first, second), await MergeUnlockedAsync(second, first)));
    }

    [Fact]
    public async Task Rename_ByStaff_KeepsTheFormerNameAsAnother()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 20);
        await BookAsync(world, run, "Quay Nursrey", "a@m4.example");
        await BookAsync(world, run, "Harbour Nursery", "b@m4.example");
        var id = await IdAsync(world, "Quay Nursrey");
        var staff = await app.BrowseAsStaffAsync();
        var page = await staff.GetAsync($"/staff/organisations/{id}");

        var taken = await page.SubmitAsync(form => form["Form.Name"] = "harbour nursery", Save);
        var saved = await page.SubmitAsync(form => (form["Form.Name"], form["Form.ContactName"], form["Form.ContactEmail"]) = ("Quay Nursery", "Cass Contact", "cass@quay.example"), Save);
        var late = await page.SubmitAsync(form => form["Form.Name"] = "Quay Nursery Poole", Save);
        var later = await BookAsync(world, run, "Quay Nursrey", "c@m4.example");

        Assert.Equal(["This is the name of another organisation, Harbour Nursery. If the two are one, merge them"], taken.Errors);
        Assert.Equal("Quay Nursery", saved.Heading);
        Assert.Contains("Also known as: Quay Nursrey", saved.Main);
        Assert.Contains("Contact: nothing → known", saved.Main);
        Assert.DoesNotContain("Cass", saved.Find(".app-history").TextContent);
        Assert.StartsWith("Somebody else saved this organisation", Assert.Single(late.Errors));
        Assert.Equal(id, await OrganisationOfAsync(world, later));
    }

    [Theory]
    [InlineData("St Mary's Primary School", "St. Marys C of E Primary", true)]
    [InlineData("St Mary's Primary School", "Saint Mary’s School", true)]
    [InlineData("Bluebell Nursery", "Blubell Nursery", true)]
    [InlineData("Écoute Trust", "Ecoute", true)]
    [InlineData("Poole Council, Housing", "Housing Poole Council", true)]
    [InlineData("St Mary's Primary School", "St Mark's Primary School", false)]
    [InlineData("Hill Nursery Poole", "Hill Nursery Wareham", false)]
    [InlineData("The School", "A Primary School", false)]
    public void Similar_TwoNames_AreProposedOrNot(string one, string other, bool areProposed) => Assert.Equal(
        areProposed, SimilarOrganisations.Groups([new(Guid.NewGuid(), one), new(Guid.NewGuid(), other)]).Count == 1);

    private const string Save = "form:has([name='Form.Name'])";

    private BookPlace Unlocked => new(app.Database, app.Clock, Options.Create(Given.Site)) { Guard = Unguarded.Instead(BookingSql.BookPlace, "    for key share\n", "") };

    private static async Task<MergeResult[]> MeetAsync(Guid first, Guid second, Func<Guid, Guid, Task<MergeResult>> merge, TestApp app)
    {
        var (results, turn) = (new List<MergeResult>(), 0);
        await Gate.MeetAsync(app.Database, "history_entries", 2, async () =>
        {
            var result = Interlocked.Increment(ref turn) == 1 ? await merge(first, second) : await merge(second, first);
            lock (results)
            {
                results.Add(result);
            }
        });
        return [.. results.Order()];
    }

    private Task<MergeResult[]> MeetAsync(Guid first, Guid second, Func<Guid, Guid, Task<MergeResult>> merge) => MeetAsync(first, second, merge, app);

    private Task<MergeResult> MergeAsync(Guid kept, Guid gone) =>
        app.WithAsync((MergeOrganisations merge) => merge.RunAsync(kept, [gone], Actor.CommandLine, Ct));

    private Task<MergeResult> MergeUnlockedAsync(Guid kept, Guid gone) => Unguarded.WithoutRowLocksAsync(() => MergeAsync(kept, gone));

    private async Task<(BookingWorld World, Guid Run, Guid Kept, Guid Gone)> TwoAsync()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        return (world, await world.RunAsync(capacity: 5), await AddAsync($"Stays {Guid.NewGuid()}"), await AddAsync($"Goes {Guid.NewGuid()}"));
    }

    private async Task<Guid> AddAsync(string name)
    {
        var made = Given.NewOrganisation(name);
        await app.Given.AddAsync(made);
        return made.Id;
    }

    /// <summary>What a twin spoiled, so that the audit of another test does not find it.</summary>
    private static Task PutRightAsync(BookingWorld world, Guid kept, Guid gone) =>
        world.ExecuteAsync("update bookings set organisation_id = $1 where organisation_id = $2", kept, gone);

    /// <summary>For one person, whose address is that of the date.</summary>
    private BookPlaceRequest Named(BookingWorld world, Guid run, Guid organisation) => world.Request(run, $"{run}@m3.example") with
    {
        OrganisationName = app.WithAsync((TrainingHubDb db) => Task.FromResult(db.Organisations.Single(one => one.Id == organisation).Name)).GetAwaiter().GetResult(),
    };

    private async Task<string> BookAsync(BookingWorld world, Guid run, string organisation, params string[] people) =>
        (await app.Given.BookAsync(world.Request(run, people) with { OrganisationName = organisation })).Reference;

    private static async Task<Guid> IdAsync(BookingWorld world, string name) => Guid.Parse(await world.TextAsync("select id::text from organisations where name = $1", name));

    private static async Task<Guid> OrganisationOfAsync(BookingWorld world, string reference) =>
        Guid.Parse(await world.TextAsync("select organisation_id::text from bookings where reference = $1", reference));

    private static async Task<Guid> OnlyOrganisationAsync(BookingWorld world, Guid run) => Guid.Parse(await world.TextAsync(
        "select booking.organisation_id::text from bookings booking join places place on place.booking_id = booking.id where place.run_id = $1", run));
}
