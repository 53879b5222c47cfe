using TrainingHub.People;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Bookings;

/// <summary>Bookers find every organisation that staff have approved, and none that another booker only typed.</summary>
public sealed class FindOrganisationTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_NameThatABookerTyped_IsShownToNobodyUntilStaffApproveIt()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        var name = "Jane Doe, 12 High Street";
        var page = await world.ToOrganisationAsync(app.Browse(), run, "Jane Doe|jane1@x.example");
        var payment = await page.SubmitAsync(form => { world.FillOrganisation(form); form["Form.Organisation"] = name; });
        await (await payment.SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "jane1@x.example"))).SubmitAsync();

        var before = await FindAsync(world, run, "jane doe", "ann1@x.example");
        var staff = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/organisations?Q=jane");
        await staff.SubmitAsync();
        var after = await FindAsync(world, run, "jane doe", "ben1@x.example");
        var hide = await staff.Browser.GetAsync("/staff/organisations?Q=jane&Show=shown");
        await hide.SubmitAsync();
        var hidden = await FindAsync(world, run, "jane doe", "cat1@x.example");

        Assert.DoesNotContain(name, before.Text);
        Assert.Contains("We know no organisation with this name", before.Main);
        Assert.Contains(name, staff.Main);
        Assert.Contains(name, after.All("label"));
        Assert.Contains("Shown to bookers by Ann Coordinator", hide.Main);
        Assert.DoesNotContain(name, hidden.Text);
    }

    [Fact]
    public async Task Find_LateInALongList_IsFoundByPartOfItsNameAndBooked()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        await ImportedAsync(world, [.. Enumerable.Range(1, 400).Select(number => $"Abbey School {number}"), "St Mary’s C of E Primary", "100% Kids_Club"]);

        var found = await FindAsync(world, run, "st marys ce primary", "ann2@x.example");
        var odd = await FindAsync(world, run, "100%", "odd2@x.example");
        var wild = await FindAsync(world, run, "%", "wild2@x.example");
        var payment = await found.SubmitAsync(form =>
        {
            (form["Form.Known"], form["Form.SectorId"], form["Form.AreaId"]) = ("St Mary’s C of E Primary", world.Sector.ToString(), world.Area.ToString());
        });
        var check = await payment.SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "ann2@x.example"));

        Assert.Equal("St Mary’s C of E Primary", found.All("[name='Form.Known'] + label")[0]);
        Assert.Equal("st marys ce primary", found.Find("[name='Form.Organisation']").GetAttribute("value"));
        Assert.Empty(found.Errors);
        Assert.Contains("100% Kids_Club", odd.All("label"));
        Assert.Empty(wild.All("[name='Form.Known']"));
        Assert.Contains("St Mary’s C of E Primary", check.Main);
    }

    [Fact]
    public async Task Find_NoneOfThem_TakesTheNameThatWasTyped()
    {
        var world = await WorldAsync();
        var run = await world.RunAsync(capacity: 10);
        await ImportedAsync(world, ["Bluebell Nursery Poole"]);

        var found = await FindAsync(world, run, "Bluebell Nursery Swanage", "ann3@x.example");
        var payment = await found.SubmitAsync(form => (form["Form.Known"], form["Form.SectorId"], form["Form.AreaId"]) = ("", world.Sector.ToString(), world.Area.ToString()));
        var check = await payment.SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "ann3@x.example"));

        Assert.Contains("Bluebell Nursery Swanage", check.Main);
    }

    [Fact]
    public async Task Find_ForgedNameThatIsNotApproved_IsRefused()
    {
        var world = await WorldAsync();
        var page = await world.ToOrganisationAsync(app.Browse(), await world.RunAsync(capacity: 10), "Ann Able|ann4@x.example");

        var refused = await page.SubmitAsync(form => { world.FillOrganisation(form); form.Forge("Form.Known", "Hidden Refuge"); });

        Assert.Equal(["Enter the name of your organisation"], refused.Errors);
    }

    [Fact]
    public async Task Import_NameThatABookerHadTyped_ApprovesIt()
    {
        var world = await WorldAsync();
        await app.WithAsync<TrainingHubDb>(async db =>
        {
            db.Add(Given.NewOrganisation("Typed Before"));
            await db.SaveChangesAsync(Ct);
        });

        await ImportedAsync(world, ["Typed Before"]);

        Assert.Equal(1, await world.CountAsync("select count(*) from organisations where name = 'Typed Before' and is_approved"));
    }

    private async Task<TestPage> FindAsync(BookingWorld world, Guid run, string typed, string email) =>
        await (await world.ToOrganisationAsync(app.Browse(), run, $"Ann Able|{email}"))
            .SubmitAsync(form => form["Form.Organisation"] = typed, button: "Find your organisation");

    private Task ImportedAsync(BookingWorld world, IEnumerable<string> names) => app.WithAsync<TrainingHubDb>(
        async db => { await AddOrganisations.RunAsync(db, names.Select(name => (name, world.Sector)), app.Clock.Now, Ct); });

    private Task<BookingWorld> WorldAsync() => BookingWorld.MakeAsync(app.Database, app.Clock);
}
