using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using Xunit;
using Delegate = TrainingHub.Bookings.Delegate;

namespace TrainingHub.Tests.Bookings;

/// <summary>A course of half a day, and the one that is to be taken before it.</summary>
internal sealed class AskedWorld(TestApp app, BookingWorld world)
{
    public BookingWorld World => world;
    public Course Before { get; private set; } = null!;
    public Course Course { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<AskedWorld> MakeAsync(TestApp app, PrerequisiteRule rule)
    {
        var made = new AskedWorld(app, await BookingWorld.MakeAsync(app.Database, app.Clock));
        made.Before = await app.Given.CourseAsync("Neglect: initial", CourseLength.HalfDay, pricePence: 5500);
        made.Course = await app.Given.CourseAsync("Neglect: update", CourseLength.HalfDay, pricePence: 5500, before: made.Before.Id, rule: rule);
        return made;
    }

    public async Task<Guid> RunAsync(int inDays = 30) => (await app.Given.RunAsync(Course.Id, app.Clock.Now.AddDays(inDays), capacity: 10)).Id;

    public async Task<Guid> RunBeforeAsync(int inDays) => (await app.Given.RunAsync(Before.Id, app.Clock.Now.AddDays(inDays), capacity: 10)).Id;

    public PrerequisiteAnswer Said(PrerequisiteSaid said, string? detail = null) => new(Before.Id, said, detail);

    public BookPlaceRequest Request(Guid run, params Delegate[] people) => world.Request(run) with { Dates = [new(run, 5500, people)] };

    /// <summary>Of the only place on a date.</summary>
    public Task<PrerequisiteAnswer?> AnswerAsync(Guid run) =>
        app.WithAsync(async (TrainingHubDb db) => (await db.Places.AsNoTracking().SingleAsync(place => place.RunId == run, Ct)).Answered());

    /// <inheritdoc cref="AnswerAsync"/>
    public Task<Guid> PlaceAsync(Guid run) => app.WithAsync((TrainingHubDb db) => db.Places.Where(place => place.RunId == run).Select(place => place.Id).SingleAsync(Ct));
}
