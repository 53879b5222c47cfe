using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>
/// People with names like nobody else's go through the acts of staff, and history knows of none of them: it stays when they are forgotten.
/// </summary>
public sealed class HistoryCanaryTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly Actor Ann = new(Guid.CreateVersion7(), "Zaphira Quellwater");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bookings_ActsAboutPeople_LeaveNoNameAndNoAddress()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (run, other) = (await world.RunAsync(capacity: 9), await world.RunAsync(capacity: 9, startsIn: TimeSpan.FromDays(40)));
        var booking = await app.Given.BookAsync(world.Request(run, Address(1)) with { Dates = [new(run, 5500, [new(Name(1), Address(1), "Quellwater needs")])] });
        var place = await MovePlaceTests.PlaceAsync(app, booking.Id, Address(1));

        await app.WithAsync((CorrectDelegate correct) => correct.RunAsync(booking.Id, place, Name(2), Address(2), Ct, Ann));
        await app.WithAsync((SwapDelegate swap) => swap.RunAsync(booking.Id, place, new(Name(3), Address(3), "Quellwater needs"), Ct, Ann));
        await app.WithAsync((CorrectBooker correct) => correct.RunAsync(booking.Id, new(Name(4), Address(4), "Hill Primary"), OwnPlace.Stays, Ann, Ct));
        await app.WithAsync((KeepNotes notes) => notes.AddAsync(booking.Id, Guid.CreateVersion7(), "Quellwater rang", Ann, Ct));
        await app.WithAsync((SendAgain again) => again.ToDelegateAsync(booking.Id, place, Guid.CreateVersion7(), Ann, Ct));
        await app.WithAsync((SendAgain again) => again.ToBookerAsync(booking.Id, Guid.CreateVersion7(), Ann, Ct));
        await app.WithAsync((MovePlace move) => move.RunAsync(new(booking.Id, place, other, null, null), Ann, Ct));
        var (kept, gone) = (await app.Given.PersonAsync(Name(5), Address(5)), await app.Given.PersonAsync(Name(6), Address(6)));
        await app.WithAsync((CorrectPerson correct) => correct.RunAsync(kept.Id, Name(7), Address(7), Ann, Ct));
        await app.WithAsync((MergePeople merge) => merge.RunAsync(kept.Id, [gone.Id], Ann, Ct));
        await app.WithAsync((ForgetPerson forget) => forget.RunAsync(kept.Id, Ann, Ct));
        var email = await app.Given.EmailAsync("X", EmailState.Sent);
        await app.WithAsync((SendEmailAgain again) => again.RunAsync(email.Id, Guid.CreateVersion7(), Address(8), null, Ann, Ct));

        Assert.Equal(
            ["Booker corrected", "Corrected", "Forgotten", "Merged", "Note added", "Place moved to another date"],
            (await ActsAsync()).Intersect(["Booker corrected", "Corrected", "Forgotten", "Merged", "Note added", "Place moved to another date"]).Order(StringComparer.Ordinal));
        Assert.Empty(await LeaksAsync());
    }

    [Fact]
    public async Task Records_ContactsOnTheirPages_LeaveNoNameAndNoAddress()
    {
        var staff = await app.BrowseAsStaffAsync();
        var provider = await app.Given.ProviderAsync();
        var venue = await app.Given.VenueAsync();
        var organisation = await app.Given.OrganisationAsync("Hill Nursery", isApproved: true);

        for (var turn = 1; turn <= 2; turn++)
        {
            await (await staff.GetAsync($"/staff/providers/{provider.Id}")).SubmitAsync(form =>
                (form["Form.ContactName"], form["Form.Email"], form["Form.Phone"]) = (Name(turn), Address(turn), "01202 5551234"));
            await (await staff.GetAsync($"/staff/venues/{venue.Id}")).SubmitAsync(form =>
                (form["Form.ContactName"], form["Form.ContactPhone"]) = (Name(turn), "01202 5551234"));
            await (await staff.GetAsync($"/staff/organisations/{organisation.Id}")).SubmitAsync(form =>
                (form["Form.ContactName"], form["Form.ContactEmail"], form["Form.ContactPhone"]) = (Name(turn), Address(turn), "01202 5551234"), selector: "main form[method=post]:has([name='Form.ContactName'])");
        }

        await (await staff.GetAsync($"/staff/providers/{provider.Id}/trainers/new")).SubmitAsync(form =>
            (form["Form.Name"], form["Form.Email"], form["Form.Phone"]) = (Name(3), Address(3), "01202 5551234"));

        foreach (var record in new[] { provider.Id, venue.Id, organisation.Id })
        {
            Assert.Contains(await HistoryAsync(record), entry => entry.Changes.Any(change => change is { Before: null or "known", After: "known" or "another" }));
        }

        Assert.Empty(await LeaksAsync());
    }

    [Fact]
    public async Task Staff_AccountsAndDownloads_LeaveNoNameAndNoAddress()
    {
        var staff = await app.BrowseAsStaffAsync();
        await app.WithAsync((AddStaff add) => add.InviteAsync(Address(20), Name(20), StaffUser.WhoIsAlone, [], Ann, Ct));
        var account = await app.WithAsync((TrainingHubDb db) => Task.FromResult(db.Users.Single(user => user.Email == Address(20))));
        var self = new Actor(account.Id, account.Name);

        await app.WithAsync((SendStaffLink send) => send.RunAsync(account.Id, Ann, Ct));
        await app.WithAsync((RenameStaff rename) => rename.RunAsync(Name(21), self, Ct));
        await app.WithAsync((CloseStaff close) => close.RunAsync(Address(20), Ann, Ct));
        string[] lists = ["people", "bookings", "emails", "organisations", "payments", "invoices", "dates", "history"];
        foreach (var list in lists)
        {
            Assert.Equal($"{list}.csv", (await staff.GetAsync($"/staff/{list}?q=quellwater&file=csv")).Response.Content.Headers.ContentDisposition?.FileName);
        }

        var acts = await ActsAsync();
        Assert.All(lists, list => Assert.Contains($"List of {list} downloaded", acts));
        Assert.Empty(await LeaksAsync());
    }

    private static string Name(int number) => $"Zaphira{(char)('A' + number)} Quellwater";

    private static string Address(int number) => $"zaphira{number}@quellwater.example";

    private Task<List<HistoryEntry>> HistoryAsync(Guid record) => app.WithAsync((TrainingHubDb db) => HistoryEntry.AboutAsync(db, [record], Ct));

    private Task<List<string>> ActsAsync() => ListAsync("select distinct act from history_entries");

    // What is stored, and not the view: that has the names of staff of today.
    private Task<List<string>> LeaksAsync() =>
        ListAsync("select entry::text from history_entries entry where entry::text ilike '%quellwater%' or entry::text ilike '%zaphira%' or entry::text like '%5551234%'");

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var command = app.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var all = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            all.Add(reader.GetString(0));
        }

        return all;
    }
}
