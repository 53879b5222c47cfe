using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Tests.Bookings;

/// <summary>A date with a waiting list, and what happens to it, by the commands of the program.</summary>
internal sealed class WaitingWorld(TestApp app, BookingWorld world, CancellationToken ct)
{
    public static readonly Actor Staff = new(Guid.CreateVersion7(), "Cora Coordinator");

    public BookingWorld Bookings => world;

    public static async Task<WaitingWorld> MakeAsync(TestApp app, CancellationToken ct) =>
        new(app, await BookingWorld.MakeAsync(app.Database, app.Clock), ct);

    /// <summary>A date all of whose places are taken, each by a booking of its own.</summary>
    public async Task<(Guid Run, IReadOnlyList<BookedBooking> Taken)> FullAsync(int capacity = 1, TimeSpan? startsIn = null)
    {
        var run = await world.RunAsync(capacity, startsIn);
        var taken = new List<BookedBooking>();
        for (var number = 0; number < capacity; number++)
        {
            taken.Add(await world.BookAsync(run, $"{Guid.CreateVersion7():N}@taken.example"));
        }

        return (run, taken);
    }

    /// <returns>The entry.</returns>
    public async Task<Guid> JoinAsync(Guid run, string name, int places = 1)
    {
        var email = $"{name.ToLowerInvariant()}@{run:N}.example";
        var joined = await app.WithAsync<JoinWaitingList, JoinResult>(join => join.RunAsync(run, $"{name} Able", email, places, ct));
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return joined == JoinResult.Waiting
            ? Guid.Parse(await world.TextAsync("select id::text from waiting_list_entries where run_id = $1 and email = $2 order by created_at desc limit 1", run, email))
            : throw new InvalidOperationException($"{joined}");
    }

    public Task CancelAsync(BookedBooking booking) => app.WithAsync<CancelBooking>(cancel => cancel.RunAsync(booking.Id, ct));

    public Task<int> OfferAsync() => app.RunJobAsync(nameof(OfferFreedPlaces));

    public Task<string> StateAsync(Guid entry) => world.TextAsync("select state from waiting_list_entries where id = $1", entry);

    /// <summary>Takes the offer as the page does, for as many people.</summary>
    public async Task<BookPlaceResult> AcceptAsync(Guid run, Guid entry, int people = 1, BookPlace? book = null)
    {
        var places = await world.CountAsync("select places_wanted from waiting_list_entries where id = $1", entry);
        var request = world.Request(run, [.. Enumerable.Range(0, people).Select(_ => $"{Guid.CreateVersion7():N}@offer.example")]);
        var outcome = await (book ?? world.BookPlace).RunAsync(
            request with { Dates = [request.Dates[0] with { Offer = new(entry, places, app.Clock.Now.AddDays(1)) }] }, ct);
        return outcome.Result;
    }

    public async Task<BookPlaceResult> PassByAsync(Guid run) =>
        (await world.BookPlace.RunAsync(world.Request(run, $"{Guid.CreateVersion7():N}@passer.example"), ct)).Result;

    /// <summary>Places taken, offered and waited for, by the date's row.</summary>
    public async Task<(int Taken, int Offered, int WaitedFor)> CountsAsync(Guid run) => (
        await world.PlacesTakenAsync(run),
        await world.CountAsync("select places_offered from course_runs where id = $1", run),
        await world.CountAsync("select places_waited_for from course_runs where id = $1", run));

    public Task<int> MailedAsync(Guid run, string name, string kind) => world.CountAsync(
        "select count(*) from outgoing_emails where to_address = $1 and kind = $2", $"{name.ToLowerInvariant()}@{run:N}.example", kind);

    /// <summary>The path of the private page in the newest email to somebody who waits that leads to one.</summary>
    public Task<string> PageAsync(Guid run, string name) => world.TextAsync(
        """
        select substring(link from 'https://[^/]+(.*)')
        from outgoing_emails, coalesce(model ->> 'OfferUrl', model ->> 'PageUrl', model ->> 'LeaveUrl') link
        where to_address = $1 and link is not null
        order by created_at desc
        limit 1
        """,
        $"{name.ToLowerInvariant()}@{run:N}.example");
}
