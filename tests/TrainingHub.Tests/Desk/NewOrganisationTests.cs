using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>Staff add an organisation, and what they know of its invoices is proposed to them and shown to nobody else.</summary>
public sealed class NewOrganisationTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Secret = "secret-finance@heron.example";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_ByHand_IsThereOnceAndKnowsTheNameThatIsTaken()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var form = await (await (await app.BrowseAsStaffAsync()).GetAsync("/staff/organisations")).FollowAsync("Add an organisation");
        var other = await form.Browser.GetAsync("/staff/organisations/new");

        var empty = await form.SubmitAsync();
        var wrong = await form.SubmitAsync(fields => (fields["Form.Name"], fields["Form.InvoiceEmail"]) = ("Curlew Nursery", "nowhere"));
        var done = await form.SubmitAsync(fields => fields["Form.Name"] = "Curlew Nursery");
        var again = await form.SubmitAsync(fields => fields["Form.Name"] = "Curlew Nursery");
        var taken = await other.SubmitAsync(fields => fields["Form.Name"] = "the  CURLEW nursery.");

        Assert.Equal(["Enter the name of the organisation"], empty.Errors);
        Assert.Equal("nowhere", wrong.Find("[name='Form.InvoiceEmail']").GetAttribute("value"));
        Assert.Equal("Curlew Nursery", done.Heading);
        Assert.Equal(done.Address, again.Address);
        Assert.Equal(["This is the name of another organisation, Curlew Nursery. Open it instead"], taken.Errors);
        Assert.Equal(done.Address, (await taken.FollowAsync("Open the organisation that has this name")).Address);
        Assert.Equal(1, await world.CountAsync("select count(*) from organisations where name = 'Curlew Nursery' and is_approved"));
        Assert.Equal(1, await world.CountAsync("select count(*) from history_entries join organisations on organisations.id = record_id where name = 'Curlew Nursery'"));
    }

    [Fact]
    public async Task Add_NotToBeFound_IsNotOfferedToBookers()
    {
        var form = await (await app.BrowseAsStaffAsync()).GetAsync("/staff/organisations/new");

        await form.SubmitAsync(fields =>
        {
            fields["Form.Name"] = "Osprey Refuge";
            fields.Clear("IsShown");
        });

        Assert.Empty(await app.WithAsync((TrainingHubDb db) => FindOrganisations.ByWordsAsync(db, "osprey", Ct)));
    }

    [Fact]
    public async Task Invoices_OfAnOrganisation_AreProposedToStaffPrintedForThemAndNotForStrangers()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 9);
        var heron = await HeronAsync("Heron School");
        var staff = await app.BrowseAsStaffAsync();

        var found = await (await staff.GetAsync($"/staff/dates/{run}/book")).SubmitAsync(fields => fields["Form.Find"] = "heron school");
        var chosen = await found.SubmitAsync(button: "Choose Heron School");
        Assert.Equal(Secret, chosen.Find("[name='Form.InvoiceEmail']").GetAttribute("value"));
        Assert.Contains("Purchase orders: Ask first.", chosen.Main, StringComparison.Ordinal);
        var booked = await chosen.SubmitAsync(fields =>
        {
            (fields["Form.People[0].Name"], fields["Form.People[0].Email"], fields["Form.By"]) = ("Ann Able", "ann@h1.example", "Invoice");
            (fields["Form.SectorId"], fields["Form.AreaId"]) = (world.Sector.ToString(), world.Area.ToString());
        }, button: "Book");
        var stranger = app.Browse();
        var check = await (await (await world.ToOrganisationAsync(stranger, run, "Sam Stranger|sam@stranger.example")).SubmitAsync(form =>
        {
            world.FillOrganisation(form);
            form["Form.Organisation"] = "Heron School";
        })).SubmitAsync(form => (form["Form.By"], form["Form.InvoiceEmail"]) = ("Invoice", "sam@stranger.example"));
        var mine = await check.SubmitAsync();
        await app.RunJobAsync("IssueInvoices");

        Assert.Contains($"the invoice to {Secret}", booked.Main, StringComparison.Ordinal);
        Assert.Equal("1 High Street", await world.TextAsync("select postal_address from invoices where email = $1", Secret));
        Assert.Equal(1, await world.CountAsync("select count(*) from invoices join bookings on bookings.id = booking_id where email = 'sam@stranger.example' and organisation_id = $1 and postal_address is null", heron));
        Assert.DoesNotContain(Secret, check.Text + mine.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1 High Street", check.Text + mine.Text + (await mine.Browser.GetAsync(mine.Address.Split('?')[0] + "/invoice")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoices_OfAMergedOne_GoToTheOneThatLacksThem()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (kept, gone) = ((await app.Given.OrganisationAsync("Plover Primary")).Id, await HeronAsync("Plover Infants"));

        await app.WithAsync((MergeOrganisations merge) => merge.RunAsync(kept, [gone], Actor.CommandLine, Ct));
        var byFormerName = await app.WithAsync((TrainingHubDb db) => InvoicingOf.FindAsync(db, "plover infants", Ct));

        Assert.Equal(("Plover Primary", Secret, "1 High Street"), (byFormerName?.Name, byFormerName?.Email, byFormerName?.Address));
        Assert.Equal(0, await world.CountAsync("select count(*) from organisations where id = $1 and (invoice_email is not null or invoice_address is not null or purchase_order_note is not null)", gone));
    }

    [Fact]
    public async Task Invoices_SixYearsAfterTheLastCourse_AreForgotten()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var old = await HeronAsync("Dunlin College");
        var fresh = await HeronAsync("Knot College");
        await world.ExecuteAsync("update organisations set contact_changed_at = '2015-01-01Z' where id = $1", old);

        await app.RunJobAsync("ForgetPersonalData");

        Assert.Equal(1, await world.CountAsync("select count(*) from organisations where id = $1 and invoice_email is null and invoice_address is null and purchase_order_note is null", old));
        Assert.Equal(1, await world.CountAsync("select count(*) from organisations where id = $1 and invoice_email is not null", fresh));
    }

    private async Task<Guid> HeronAsync(string name)
    {
        var id = Guid.CreateVersion7();
        var facts = new OrganisationFacts { Name = name, InvoiceAddress = "1 High Street", InvoiceEmail = Secret, PurchaseOrderNote = "Ask first." };
        Assert.Equal(SaveOrganisationResult.Saved, (await app.WithAsync((AddOrganisation add) => add.RunAsync(id, facts, isApproved: true, Actor.CommandLine, Ct))).Result);
        return id;
    }
}
