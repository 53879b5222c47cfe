using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.FreePlaces;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Surveys;
using TrainingHub.Tests.Bookings;
using TrainingHub.Tests.Payments;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Desk;

/// <summary>The button that undoes: beside the message, in the record's history, for several rows, and for those who may do such an act.</summary>
public sealed class UndoTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Button = "main form[action*='/staff/undo/']";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Archive_PressedByMistake_IsUndoneBesideTheMessageOnce()
    {
        var venue = await app.Given.VenueAsync("Mistaken Hall");
        var staff = await app.BrowseAsStaffAsync();

        var archived = await (await staff.GetAsync($"/staff/venues/{venue.Id}")).SubmitAsync(selector: "form[action*='handler=Archive']");
        Assert.Contains("Archived. It is not offered for new dates", archived.Find(".govuk-notification-banner").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, archived.All(Button).Count);
        var undone = await archived.SubmitAsync(selector: Button);
        var again = await archived.SubmitAsync(selector: Button);

        Assert.Equal($"/staff/venues/{venue.Id}", undone.Address);
        Assert.Contains("Undone. It is in use again.", undone.Main, StringComparison.Ordinal);
        Assert.Empty(undone.All(Button));
        Assert.Equal(["Archived", "Undone: archived"], undone.All(".app-history__entry strong").Order());
        Assert.Contains("undid it at", again.Main, StringComparison.Ordinal);
        Assert.Equal((null, 2), await app.WithAsync((TrainingHubDb db) => db.Venues.Where(one => one.Id == venue.Id).Select(one => new { one.ArchivedAt, one.Version }).SingleAsync(Token)) is var after ? (after.ArchivedAt, after.Version) : default);
    }

    [Fact]
    public async Task Archive_EveryKindOfRecord_ComesBackAndGoesBack()
    {
        var provider = await app.Given.ProviderAsync();
        await ThereAndBackAsync<Venue>((await app.Given.VenueAsync()).Id);
        await ThereAndBackAsync<Provider>(provider.Id);
        await ThereAndBackAsync<Trainer>((await app.Given.TrainerAsync(provider.Id, "Tia Trainer")).Id);
        await ThereAndBackAsync<Programme>((await app.Given.ProgrammeAsync()).Id);
        await ThereAndBackAsync<SchoolHoliday>((await app.Given.SchoolHolidayAsync("Undone half-term", new(2027, 2, 15), new(2027, 2, 19))).Id);
        await ThereAndBackAsync<PayerClass>((await app.Given.PayerClassAsync("undoers", order: 77)).Id);
        await ThereAndBackAsync<Area>((await app.Given.AreaAsync("Undone Area")).Id);
        await ThereAndBackAsync<Sector>((await app.Given.SectorAsync("Undone Sector")).Id);
        await ThereAndBackAsync<Toolkit>(await app.WithAsync((TrainingHubDb db) => db.Toolkits.OrderBy(one => one.SortOrder).Select(one => one.Id).FirstAsync(Token)));
    }

    [Fact]
    public async Task Archive_ChangedSince_IsRefusedInWords()
    {
        var venue = await app.Given.VenueAsync();
        var by = await ByAsync();
        await app.WithAsync((ArchiveRecord archive) => archive.ArchiveAsync<Venue>(venue.Id, 0, by, Token));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var facts = VenueFacts.Of(venue);
        facts.Room = "Suite 3";
        await app.WithAsync((SaveVenue save) => save.ChangeAsync(venue.Id, 1, facts, by, Token));

        var refused = await app.UndoAsync(await app.ActAsync(venue.Id));
        var page = await (await app.BrowseAsStaffAsync()).GetAsync($"/staff/venues/{venue.Id}");

        Assert.Equal(UndoRefusal.ChangedSince, refused!.Why);
        Assert.Contains("This cannot be undone any more. Changed since by Cora Coordinator at", page.Main, StringComparison.Ordinal);
        Assert.Empty(page.All(Button));
    }

    [Fact]
    public async Task Course_Archived_ComesBackIntoTheOfferWhereItWas()
    {
        var course = await app.Given.CourseAsync("Undone course", isOffered: true);
        var by = await ByAsync();
        await app.WithAsync((MoveCourse move) => move.ArchiveAsync(course.Id, course.Version, by, Token));

        Assert.Null(await app.UndoAsync(await app.ActAsync(course.Id)));

        var after = await app.WithAsync((TrainingHubDb db) => db.Courses.AsNoTracking().SingleAsync(one => one.Id == course.Id, Token));
        Assert.Equal((CourseStanding.InOffer, course.OfferOrder), (after.Standing, after.OfferOrder));
    }

    [Fact]
    public async Task Organisation_ShownAndHidden_AreUndone()
    {
        var organisation = await app.Given.OrganisationAsync("Undone Academy");
        var by = await ByAsync();
        await app.WithAsync((ApproveOrganisation approve) => approve.ShowAsync(organisation.Id, by, Token));

        Assert.Null(await app.UndoAsync(await app.ActAsync(organisation.Id)));
        Assert.False(await IsApprovedAsync(organisation.Id));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.WithAsync((ApproveOrganisation approve) => approve.ShowAsync(organisation.Id, by, Token));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.WithAsync((ApproveOrganisation approve) => approve.HideAsync(organisation.Id, by, Token));
        Assert.Null(await app.UndoAsync(await app.ActAsync(organisation.Id)));
        Assert.True(await IsApprovedAsync(organisation.Id));
    }

    [Fact]
    public async Task Comments_24Ticked_AreUndoneByOneButtonButTheOneThatRaisedAConcern()
    {
        await app.Given.CommentsAsync(CommentState.Unread, [.. Enumerable.Range(1, 24).Select(number => $"Undone text {number}")]);
        var ids = await app.WithAsync((TrainingHubDb db) => db.SurveyComments.Where(one => one.Text.StartsWith("Undone text")).OrderBy(one => one.Id).Select(one => one.Id).ToListAsync(Token));
        var staff = await app.BrowseAsStaffAsync();

        var done = await (await staff.GetAsync($"/staff/surveys/comments/read?id={string.Join("&id=", ids)}")).SubmitAsync();
        Assert.Contains("24 comments are marked as read. Undo all 24", done.Main, StringComparison.Ordinal);
        var by = await ByAsync();
        await app.WithAsync((RaiseConcern raise) => raise.RunAsync(ids[5], ConcernKind.AtRisk, by, Token));
        var undone = await done.SubmitAsync(selector: Button);

        Assert.Contains("23 of 24 were undone.", undone.Main, StringComparison.Ordinal);
        Assert.Contains("The comment has changed since.", undone.Main, StringComparison.Ordinal);
        Assert.Equal((23, 1), await app.WithAsync(async (TrainingHubDb db) => (
            await db.SurveyComments.CountAsync(one => ids.Contains(one.Id) && one.State == CommentState.Unread, Token),
            await db.SurveyComments.CountAsync(one => ids.Contains(one.Id) && one.State == CommentState.Concern, Token))));
    }

    [Fact]
    public async Task Waiting_TakenOffByMistake_WaitsAgainUnlessTheyJoinedAnew()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 1);
        await app.Given.WaitingAsync(run, "Wanda Waits", "wanda@undone.example");
        var entry = await app.WithAsync((TrainingHubDb db) => db.WaitingListEntries.Where(one => one.RunId == run).Select(one => one.Id).SingleAsync(Token));
        var by = await ByAsync();
        Assert.True(await app.WithAsync((CorrectWaiting correct) => correct.TakeOffAsync(entry, by, Token)));

        Assert.Null(await app.UndoAsync(await app.ActAsync(entry)));
        Assert.Equal(1, await world.CountAsync("select count(*) from waiting_list_entries where run_id = $1 and state = 'Waiting'", run));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await app.WithAsync((CorrectWaiting correct) => correct.TakeOffAsync(entry, by, Token)));
        await app.Given.WaitingAsync(run, "Wanda Waits", "wanda@undone.example");

        Assert.Equal("The waiting list has changed since.", (await app.UndoAsync(await app.ActAsync(entry)))!.Words);
        Assert.Equal(1, await world.CountAsync("select count(*) from waiting_list_entries where run_id = $1 and state = 'Waiting'", run));
    }

    [Fact]
    public async Task FreePlace_ApprovedOrDeclined_WaitsAgainUntilTheEmailsWentOut()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var (approved, declined, told) = (await ApplyAsync(world, "a@undone.example"), await ApplyAsync(world, "b@undone.example"), await ApplyAsync(world, "c@undone.example"));
        await app.SendAsync();
        var by = await ByAsync();
        app.Clock.Step = TimeSpan.FromMicroseconds(1);
        await app.WithAsync(async (DecideFreePlace decide) => Assert.Equal(DecideResult.Decided, await decide.ApproveAsync(approved.Application, by, Token)));
        await app.WithAsync(async (DecideFreePlace decide) => Assert.Equal(DecideResult.Decided, await decide.DeclineAsync(declined.Application, "No", by, Token)));
        await app.WithAsync(async (DecideFreePlace decide) => Assert.Equal(DecideResult.Decided, await decide.ApproveAsync(told.Application, by, Token)));
        var late = await app.ActAsync(told.Booking);

        Assert.Null(await app.UndoAsync(await app.ActAsync(approved.Booking)));
        Assert.Null(await app.UndoAsync(await app.ActAsync(declined.Booking)));
        app.Clock.Step = TimeSpan.Zero;
        app.Clock.Advance(UndoableAct.Hold);
        await app.SendAsync();
        var refused = await app.UndoAsync(late);

        Assert.Equal(UndoRefusal.EmailsSent, refused!.Why);
        foreach (var (booking, application) in new[] { approved, declined })
        {
            var after = await app.WithAsync((TrainingHubDb db) => db.Bookings.AsNoTracking().SingleAsync(one => one.Id == booking, Token));
            Assert.Equal((BookingState.Held, (DateTimeOffset?)null, (DateTimeOffset?)null), (after.State, after.HeldUntil, after.ConfirmedAt));
            Assert.Equal((FreePlaceState.Pending, (string?)null), await app.WithAsync((TrainingHubDb db) => db.FreePlaceApplications.Where(one => one.Id == application).Select(one => new { one.State, one.Reason }).SingleAsync(Token)) is var state ? (state.State, state.Reason) : default);
            Assert.Equal(1, await world.CountAsync("select count(*) from places where booking_id = $1 and state = 'Held'", booking));
        }

        Assert.Equal(0, await world.CountAsync("select count(*) from outgoing_emails where to_address in ('a@undone.example', 'b@undone.example') and kind in ('free-place-approved', 'free-place-declined')"));
        await app.RunJobAsync(nameof(TrainingHub.Payments.IssueInvoices));
        var broken = (await TrainingHub.Reporting.Audit.RunAsync(app.Database, app.Clock.Now, Token)).Where(line => line.Broken > 0);
        Assert.Empty(broken);
    }

    [Fact]
    public async Task Roles_WhoMayDoTheActMayUndoAColleagues_AndNobodyElse()
    {
        var world = await BookingWorld.MakeAsync(app.Database, app.Clock);
        var run = await world.RunAsync(capacity: 4);
        var booked = await world.BookAsync(run, "rita@undone.example");
        var by = await ByAsync();
        await app.WithAsync((CancelDate cancel) => cancel.RunAsync(run, "The trainer is ill.", offerOtherDates: false, by, Token));
        var act = await app.ActAsync(run);
        var (finance, officer, lead, coordinator) = (
            await app.BrowseAsAsync([StaffRole.Finance]), await app.BrowseAsAsync([StaffRole.BookingOfficer]), await app.BrowseAsAsync([StaffRole.SafeguardingLead]), await app.BrowseAsAsync([StaffRole.Coordinator]));
        var open = await coordinator.GetAsync($"/staff/undo/{act}");
        Assert.Contains("The date is on again, with its 1 place.", open.Main, StringComparison.Ordinal);

        foreach (var other in new[] { finance, officer, lead })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/staff/undo/{act}")).Status);
            var form = await other.GetAsync("/staff/account");
            var forged = await form.Browser.PostAsync($"/staff/undo/{act}", form.Fields(_ => { }));
            Assert.Equal(HttpStatusCode.NotFound, forged.Status);
        }

        Assert.Empty((await finance.GetAsync($"/staff/dates/{run}")).All(Button));
        Assert.Equal(0, await world.LivePlacesAsync(run));
        var undone = await open.SubmitAsync(selector: Button);
        Assert.Equal($"/staff/dates/{run}", undone.Address);
        Assert.Equal(1, await world.LivePlacesAsync(run));

        var page = await (await officer.GetAsync($"/staff/bookings/{booked.Reference}/cancel")).SubmitAsync();
        Assert.Contains("Emails, and refunds if there are any, go out at", page.Main, StringComparison.Ordinal);
        Assert.Equal(0, await world.LivePlacesAsync(run));
        var mine = await (await coordinator.GetAsync($"/staff/bookings/{booked.Reference}")).SubmitAsync(selector: Button);
        Assert.Contains("Undone. The place comes back", mine.Main, StringComparison.Ordinal);
        Assert.Equal(1, await world.LivePlacesAsync(run));
    }

    [Fact]
    public async Task Kinds_ThatAreKept_AreAllKnown()
    {
        var known = app.Services.GetServices<UndoEntry>().Select(kind => kind.Kind).ToList();

        Assert.Equal(known.Count, known.Distinct().Count());
        Assert.Empty(await app.WithAsync((TrainingHubDb db) => db.UndoableActs.Where(act => !known.Contains(act.Kind)).ToListAsync(Token)));
    }

    private async Task ThereAndBackAsync<T>(Guid id)
        where T : class, IEdited
    {
        var by = await ByAsync();
        var version = (await ReadAsync<T>(id)).Version;
        await app.WithAsync((ArchiveRecord archive) => archive.ArchiveAsync<T>(id, version, by, Token));
        Assert.Null(await app.UndoAsync(await app.ActAsync(id)));
        Assert.Equal((null, version + 2), ((await ReadAsync<T>(id)).ArchivedAt, (await ReadAsync<T>(id)).Version));

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.WithAsync((ArchiveRecord archive) => archive.ArchiveAsync<T>(id, version + 2, by, Token));
        var archivedAt = (await ReadAsync<T>(id)).ArchivedAt;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.WithAsync((ArchiveRecord archive) => archive.RestoreAsync<T>(id, version + 3, by, Token));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await app.UndoAsync(await app.ActAsync(id)));
        Assert.Equal((archivedAt, version + 5), ((await ReadAsync<T>(id)).ArchivedAt, (await ReadAsync<T>(id)).Version));
    }

    private Task<T> ReadAsync<T>(Guid id)
        where T : class, IEdited => app.WithAsync((TrainingHubDb db) => db.Set<T>().AsNoTracking().SingleAsync(one => one.Id == id, Token));

    private Task<bool> IsApprovedAsync(Guid id) =>
        app.WithAsync((TrainingHubDb db) => db.Organisations.Where(one => one.Id == id).Select(one => one.IsApproved).SingleAsync(Token));

    private async Task<Actor> ByAsync() => new(
        await app.WithAsync((TrainingHubDb db) => db.Users.Where(user => user.Name == "Cora Coordinator").OrderBy(user => user.Id).Select(user => (Guid?)user.Id).FirstOrDefaultAsync(Token))
            ?? await app.Given.StaffAsync(),
        "Cora Coordinator");

    private async Task<(Guid Booking, Guid Application)> ApplyAsync(BookingWorld world, string email)
    {
        var request = world.Request(await world.RunAsync(capacity: 4), email) with
        {
            Method = PaymentMethod.FreePlace,
            FreePlace = new(FreePlaceApplicant.CommunityInterestCompany, null, "A toddler group"),
        };
        var booking = (await world.BookPlace.RunAsync(request, Token)).Booking!.Id;
        return (booking, await app.WithAsync((TrainingHubDb db) => db.Bookings.Where(one => one.Id == booking).Select(one => one.FreePlaceApplicationId!.Value).SingleAsync(Token)));
    }
}
