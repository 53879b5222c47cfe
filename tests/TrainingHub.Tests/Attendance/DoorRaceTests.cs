using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>A trainer and others at the same register at the same moment: with the lock and without it.</summary>
public sealed class DoorRaceTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly DoorWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TrainerAndCoordinator_MarkTheSamePerson_EachActIsInHistoryFromWhatItFound()
    {
        var (date, staff) = await ReadyAsync();

        await Gate.MeetAtRowAsync(app.Database, "places", date.Run.Places[0], [() => TrainerMarksAsync(date), () => StaffMarkAsync(date, staff)]);

        var acts = (await app.WithAsync((TrainingHubDb db) => HistoryEntry.OfAsync<AttendanceMark>(db, date.Id, Ct))).ConvertAll(entry => Assert.Single(entry.Changes));
        Assert.Equal(2, acts.Count);
        // One found nothing, and the other what that one had set; the mark is the later one's.
        var first = Assert.Single(acts, act => act.Before is null);
        var second = Assert.Single(acts, act => act.Before is not null);
        Assert.Equal(first.After, second.Before);
        Assert.Equal($"{await world.MarkOfAsync(date.Run.Places[0])}", second.After);
    }

    [Fact]
    public async Task Mark_WhileTheRegisterIsClosed_DoesNotSlipInBehindIt()
    {
        var (date, _) = await ReadyAsync();

        await Gate.OvertakeAtRowAsync(app.Database, "staff_users", date.By.Id, () => CloseAsync(date), () => TrainerMarksAsync(date));

        var (closedAt, mark) = await StandingAsync(date);
        Assert.NotNull(closedAt);
        Assert.Null(mark);
    }

    /// <summary>The twin: whoever holds nothing marks behind the closing.</summary>
    [Fact]
    public async Task Mark_WithoutTheLocks_SlipsInBehindTheClosing()
    {
        var (date, _) = await ReadyAsync();

        await Gate.OvertakeAtRowAsync(
            app.Database, "staff_users", date.By.Id, () => Unguarded.WithoutRowLocksAsync(() => CloseAsync(date)), () => Unguarded.WithoutRowLocksAsync(() => TrainerMarksAsync(date)));

        var (closedAt, mark) = await StandingAsync(date);
        Assert.NotNull(closedAt);
        Assert.NotNull(mark);
    }

    [Fact]
    public async Task Account_IsClosedWhileItIsAdded_TrainsForNobody()
    {
        await app.AddStaffAsync();
        var (provider, email) = (await app.Given.ProviderAsync(), await app.AddStaffAsync([StaffRole.Trainer]));

        await Task.WhenAll(
            app.WithAsync((TrainingHub.Catalogue.KeepProviderAccounts keep) => keep.AddAsync(provider.Id, email, Actor.CommandLine, Ct)),
            app.WithAsync((CloseStaff close) => close.RunAsync(email, Actor.CommandLine, Ct)));

        Assert.Equal(0, await app.WithAsync((TrainingHubDb db) => db.ProviderAccounts.CountAsync(own => own.ProviderId == provider.Id, Ct)));
    }

    private async Task<(DoorDate Date, Actor Staff)> ReadyAsync() =>
        (await world.DateAsync(names: ["Amina Okafor"]), new(await app.Given.StaffAsync(), "Cora Coordinator"));

    private Task<RegisterRefusal?> TrainerMarksAsync(DoorDate date) => app.WithAsync((TrainersRegister register) =>
        register.MarkAsync(new(date.Id), date.Run.Places[0], Mark.Attended, null, date.By, Ct));

    private Task<RegisterRefusal?> StaffMarkAsync(DoorDate date, Actor staff) => app.WithAsync((MarkAttendance mark) =>
        mark.RunAsync(new(date.Id), date.Run.Places[0], Mark.Absent, staff, Ct));

    private Task<ClosedRegister> CloseAsync(DoorDate date) => app.WithAsync((CloseRegister close) => close.RunAsync(new(date.Id), 1, date.By, Ct));

    private async Task<(DateTimeOffset? ClosedAt, Mark? Mark)> StandingAsync(DoorDate date) => (
        await app.WithAsync((TrainingHubDb db) => db.RegisterClosings.Where(closing => closing.RunId == date.Id).Select(closing => (DateTimeOffset?)closing.ClosedAt).SingleOrDefaultAsync(Ct)),
        await world.MarkOfAsync(date.Run.Places[0]));
}
