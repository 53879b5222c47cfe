using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>What has to be done about dates.</summary>
internal sealed class DateTasks(TrainingHubDb db, DateTimeOffset now)
{
    private readonly DateOnly today = London.DateOf(now);

    /// <summary>Those that come soon and lack what people need to come to them.</summary>
    public Task<TaskGroup> LackingAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Coming dates that are not ready",
        $"{AttendanceUrls.Dates}?state=lacking",
        from run in DateLines.Lacking(db, now)
        join course in db.Courses on run.CourseId equals course.Id
        orderby run.StartsAt, run.Id
        select new
        {
            run.Id,
            course.Title,
            run.RunsOn,
            run.PlacesTaken,
            NoVenue = run.Delivery == DeliveryMode.InPerson && run.VenueId == null,
            NoLink = run.Delivery == DeliveryMode.Online && run.JoiningLink == null,
            NoTrainer = run.ProviderId == null,
            NoFee = db.RunPrices.Where(price => price.RunId == run.Id).Select(price => (int?)price.Pence).FirstOrDefault() == null,
        },
        run =>
        {
            (string Words, string Field)[] lacks =
            [
                .. run.NoVenue ? [("no venue", "VenueId")] : Array.Empty<(string, string)>(),
                .. run.NoLink ? [("no joining link", "JoiningLink")] : Array.Empty<(string, string)>(),
                .. run.NoTrainer ? [("no trainer", "ProviderId")] : Array.Empty<(string, string)>(),
                .. run.NoFee ? [("no fee, so nobody can book", "Fee")] : Array.Empty<(string, string)>(),
            ];
            return new TodayTask($"{run.Title}: {string.Join(", ", lacks.Select(lack => lack.Words))}", $"{BookingUrls.ChangeDate(run.Id)}#Form_{lacks[0].Field}")
            {
                On = run.RunsOn,
                Facts = $"{Booked(run.PlacesTaken)}, {InDays(run.RunsOn)}",
            };
        },
        ct);

    public Task<TaskGroup> TooFewAsync(int days, CancellationToken ct) => TaskGroup.OfAsync(
        "Dates with fewer people than their minimum",
        $"{AttendanceUrls.Dates}?state=few",
        DateLines.Of(db, DateLines.WithTooFew(db, now, days)).OrderBy(date => date.StartsAt).ThenBy(date => date.Id),
        date => new TodayTask(date.Course, BookingUrls.StaffDate(date.Id))
        {
            On = date.RunsOn,
            Facts = Pages.Staff.DateLimitWords.TooFew(date, today),
            Links =
            [
                new("Change", BookingUrls.ChangeDate(date.Id)),
                .. date.PlacesTaken > 0 ? [new("Move everyone", BookingUrls.MergeRun(date.Id))] : Array.Empty<TaskLink>(),
                new("Cancel", BookingUrls.CancelRun(date.Id)),
            ],
        },
        ct);

    public Task<TaskGroup> HalfEmptyAsync(int days, CancellationToken ct) => TaskGroup.OfAsync(
        "Dates soon that are half empty",
        $"{AttendanceUrls.Dates}?state=half",
        from run in DateLines.HalfEmpty(db, now, days)
        join course in db.Courses on run.CourseId equals course.Id
        orderby run.StartsAt, run.Id
        select new { run.Id, course.Title, run.RunsOn, run.PlacesTaken, run.Capacity },
        run => new TodayTask(run.Title, BookingUrls.StaffDate(run.Id))
        {
            On = run.RunsOn,
            Facts = $"{run.PlacesTaken} of {run.Capacity} places taken, {InDays(run.RunsOn)}",
        },
        ct);

    public Task<TaskGroup> RegistersAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Registers to finish",
        $"{AttendanceUrls.Dates}?state=unfinished",
        from run in Registers.Unfinished(db, now)
        join course in db.Courses on run.CourseId equals course.Id
        orderby run.EndsAt descending, run.Id
        select new
        {
            run.Id,
            course.Title,
            run.RunsOn,
            Unmarked = db.RegisterPlaces.Count(place => place.RunId == run.Id && place.Attended == null),
        },
        run => new TodayTask(run.Title, AttendanceUrls.Register(run.Id))
        {
            On = run.RunsOn,
            Facts = run.Unmarked == 1 ? "1 person has no mark" : $"{run.Unmarked} people have no mark",
        },
        ct);

    /// <summary>Whom trainers let in without a booking: who pays, and where emails go, is for staff to see to.</summary>
    public Task<TaskGroup> WalkInsAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Walk-ins that a trainer added",
        DeskUrls.Bookings,
        from walkIn in db.DoorWalkIns
        where walkIn.CheckedAt == null
        join booking in db.Bookings on walkIn.BookingId equals booking.Id
        let place = db.Places.Where(one => one.BookingId == booking.Id).OrderBy(one => one.Id).First()
        join run in db.CourseRuns on place.RunId equals run.Id
        join course in db.Courses on run.CourseId equals course.Id
        orderby walkIn.AddedAt, walkIn.BookingId
        select new { walkIn.BookingId, run.Id, booking.Reference, By = booking.BookerName ?? booking.OrganisationName, booking.OrganisationName, course.Title, run.RunsOn, place.PricePence },
        row => new TodayTask($"{row.By ?? "Somebody"}: {(row.PricePence == 0 ? "nothing to pay, check the address" : $"ask for {new Money(row.PricePence)}")}", $"{DeskUrls.Booking(row.Reference)}#money")
        {
            On = row.RunsOn,
            Facts = $"{row.Title}{(row.OrganisationName is { } organisation ? $" · {organisation}" : "")}{(row.PricePence == 0 ? "" : " · the invoice came to you")}",
            Button = new("Done", $"{AttendanceUrls.Register(row.Id)}?handler=WalkIn", "walkIn", $"{row.BookingId}"),
        },
        ct);

    /// <summary>The last day on which their bookers could name people is over: now staff do.</summary>
    public Task<TaskGroup> UnnamedAsync(CancellationToken ct)
    {
        var latest = NameLater.LatestOver(today);
        return TaskGroup.OfAsync(
            "Places without a name",
            AttendanceUrls.Dates,
            from run in db.CourseRuns
            join course in db.Courses on run.CourseId equals course.Id
            where run.State == RunState.Scheduled && run.StartsAt > now && run.RunsOn <= latest
                && db.LivePlaces.Any(place => place.RunId == run.Id && place.AwaitsName && place.State == PlaceState.Confirmed)
            orderby run.StartsAt, run.Id
            select new { run.Id, course.Title, run.RunsOn, Places = db.LivePlaces.Count(place => place.RunId == run.Id && place.AwaitsName && place.State == PlaceState.Confirmed) },
            run => new TodayTask($"{run.Title}: {(run.Places == 1 ? "1 place has" : $"{run.Places} places have")} no name", BookingUrls.StaffDate(run.Id))
            {
                On = run.RunsOn,
                Facts = $"Ask the booker who comes, {InDays(run.RunsOn)}",
            },
            ct);
    }

    public Task<TaskGroup> WaitingAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Places are free and people wait",
        BookingUrls.StaffWaitingLists,
        from run in WaitingDates.WithFreePlaces(db, now)
        join course in db.Courses on run.CourseId equals course.Id
        orderby run.StartsAt, run.Id
        select new
        {
            run.Id,
            course.Title,
            run.RunsOn,
            Left = run.PlacesLeft - run.PlacesOffered - (run.HeldBackUntil > now ? run.HeldBackLeft : 0),
            Waiting = db.WaitingListEntries.Count(entry => entry.RunId == run.Id && entry.State == WaitingState.Waiting),
            Next = db.WaitingListEntries.Where(entry => entry.RunId == run.Id && entry.State == WaitingState.Waiting)
                .OrderByDescending(entry => entry.IsPriority).ThenBy(entry => entry.CreatedAt).ThenBy(entry => entry.Id).Select(entry => entry.PlacesWanted).First(),
        },
        run => new TodayTask(run.Title, BookingUrls.WaitingListOf(run.Id))
        {
            On = run.RunsOn,
            Facts = $"{(run.Left == 1 ? "1 place is free" : $"{run.Left} places are free")}, {(run.Waiting == 1 ? "1 person waits" : $"{run.Waiting} people wait")}{(run.Next > run.Left ? $", the next one wants {run.Next}" : "")}",
        },
        ct);

    private string InDays(DateOnly on) => (on.DayNumber - today.DayNumber) switch
    {
        < 1 => "today",
        1 => "tomorrow",
        var days => $"in {days} days",
    };

    private static string Booked(int places) => places switch
    {
        0 => "Nobody is booked",
        1 => "1 person is booked",
        _ => $"{places} people are booked",
    };
}
