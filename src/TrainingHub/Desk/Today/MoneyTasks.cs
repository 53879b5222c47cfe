using TrainingHub.Bookings;
using TrainingHub.FreePlaces;
using TrainingHub.Payments;
using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>What has to be decided or asked for.</summary>
internal sealed class MoneyTasks(TrainingHubDb db, DateTimeOffset now)
{
    private readonly DateOnly today = London.DateOf(now);

    /// <summary>Those that wait for staff, the first promised first. What was asked of an applicant comes back with the answer.</summary>
    public Task<TaskGroup> FreePlacesAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Free places to decide",
        BookingUrls.StaffFreePlaces,
        from application in db.FreePlaceApplications
        where application.State == FreePlaceState.Pending && (application.AskedAt == null || application.AnsweredAt != null)
        join booking in db.Bookings on application.Id equals booking.FreePlaceApplicationId into bookings
        from booking in bookings.DefaultIfEmpty()
        orderby application.DecideOn == null, application.DecideOn, application.CreatedAt, application.Id
        select new
        {
            application.Id,
            application.OrganisationName,
            application.DecideOn,
            Places = db.Places.Count(place => place.BookingId == booking.Id),
            Date = (
                from place in db.Places
                join run in db.CourseRuns on place.RunId equals run.Id
                where place.BookingId == booking.Id
                orderby run.StartsAt, run.Id
                select new { run.RunsOn, Course = db.Courses.Where(course => course.Id == run.CourseId).Select(course => course.Title).First() }).FirstOrDefault(),
            application.CreatedAt,
        },
        row => new TodayTask(
            $"{row.OrganisationName} asks for {(row.Places == 0 ? "the free places of the year" : row.Places == 1 ? "1 free place" : $"{row.Places} free places")}",
            FreePlaceUrls.StaffApplication(row.Id))
        {
            On = row.Date?.RunsOn,
            IsLate = row.DecideOn < today,
            Facts = $"{(row.Date is { } date ? $"{date.Course} · " : "")}applied on {London.Words(London.DateOf(row.CreatedAt))}{(row.DecideOn is { } by ? $" · promised by {London.Words(by)}" : "")}",
            Button = new("Approve", $"{BookingUrls.StaffFreePlaces}?handler=Approve", "id", $"{row.Id}"),
        },
        ct);

    public Task<TaskGroup> PaymentsAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Money that needs a decision",
        $"{PaymentUrls.StaffPayments}?show=attention",
        from payment in OpenProblems.Of(db)
        join booking in db.Bookings on payment.BookingId equals booking.Id
        orderby payment.ProblemDueAt == null, payment.ProblemDueAt, payment.CreatedAt, payment.Id
        select new
        {
            payment.Id,
            payment.Problem,
            Pence = payment.ReceivedAmount ?? payment.AmountPence,
            payment.ReceivedCurrency,
            payment.ProblemDueAt,
            booking.Reference,
            By = booking.BookerName ?? booking.OrganisationName,
        },
        row => new TodayTask($"{PaymentWords.Short(row.Problem!.Value)}: {PaymentWords.Amount(row.Pence, row.ReceivedCurrency)}{(row.By is { } by ? $" from {by}" : "")}", PaymentUrls.StaffPayment(row.Id))
        {
            Facts = $"Booking {row.Reference}{(row.ProblemDueAt is { } due ? $" · answer by {London.Moment(due)}" : "")}",
        },
        ct);

    /// <summary>What staff took for places that ended or cost less since: no job pays it back, and each booking has the button that records it.</summary>
    public Task<TaskGroup> PayBackAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Money to pay back by hand",
        PaymentUrls.StaffPayments,
        from place in PayBackByHand.Left(db)
        join booking in db.Bookings on place.BookingId equals booking.Id
        group place.Pence by new { booking.Id, booking.Reference, booking.CancelledAt, By = booking.BookerName ?? booking.OrganisationName } into left
        orderby left.Key.CancelledAt, left.Key.Id
        select new { left.Key.Reference, left.Key.By, Pence = left.Sum() },
        row => new TodayTask($"Pay back {new Money(row.Pence)}{(row.By is { } by ? $" to {by}" : "")}", $"{DeskUrls.Booking(row.Reference)}#money")
        {
            Facts = $"Booking {row.Reference} · taken by staff for places that were cancelled or cost less now",
        },
        ct);

    /// <summary>What the register proposes: nobody owes it before it is raised.</summary>
    public Task<TaskGroup> ChargesAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Charges to decide",
        PaymentUrls.StaffCharges,
        from charge in db.PlaceCharges
        where charge.State == ChargeState.Proposed
        join booking in db.Bookings on charge.BookingId equals booking.Id
        join place in db.Places on charge.PlaceId equals place.Id
        join run in db.CourseRuns on place.RunId equals run.Id
        join course in db.Courses on run.CourseId equals course.Id
        orderby charge.ProposedAt, charge.Id
        select new { charge.Kind, charge.Pence, booking.Reference, To = booking.OrganisationName ?? booking.BookerName, Course = course.Title, run.RunsOn },
        row => new TodayTask(
            $"{ChargeWords.Kind(row.Kind)}: {new Money(row.Pence)}{(row.To is { } to ? $" for {to}" : "")}", $"{PaymentUrls.StaffCharges}?q={row.Reference}")
        {
            On = row.RunsOn,
            Facts = $"{row.Course} · booking {row.Reference} · raise it or waive it",
        },
        ct);

    public Task<TaskGroup> InvoicesAsync(CancellationToken ct) => TaskGroup.OfAsync(
        "Invoices past their date",
        $"{PaymentUrls.StaffInvoices}?show=overdue",
        from invoice in OverdueInvoices.Of(db, today)
        join booking in db.Bookings on invoice.BookingId equals booking.Id
        orderby invoice.DueOn, invoice.Number
        select new
        {
            invoice.Number,
            invoice.OpenPence,
            invoice.DueOn,
            booking.Reference,
            To = invoice.BillingName,
            Reminded = db.InvoiceReminders.Count(reminder => reminder.InvoiceId == invoice.Id),
            LastAt = db.InvoiceReminders.Where(reminder => reminder.InvoiceId == invoice.Id).Max(reminder => (DateTimeOffset?)reminder.SentAt),
        },
        row => new TodayTask(
            $"{Invoice.WordsOf(row.Number)}{(row.To is { } to ? $", {to}" : "")}, {new Money(row.OpenPence)} is {Late(row.DueOn)} late", PaymentUrls.StaffInvoice(row.Number))
        {
            Facts = $"Booking {row.Reference} · was due on {London.Words(row.DueOn)} · "
                + (row.LastAt is { } last ? $"reminded {(row.Reminded == 1 ? "once" : $"{row.Reminded} times")}, last on {London.Words(London.DateOf(last))}" : "nobody was reminded"),
        },
        ct);

    /// <summary>What no other group of this page names: refunds that nobody has confirmed, what is not invoiced or differs from Stripe.</summary>
    public static async Task<TaskGroup> OthersAsync(ReadToDo read, CancellationToken ct)
    {
        var rows = new List<ToDoRow>();
        foreach (var kind in (ToDoKind[])[ToDoKind.Refund, ToDoKind.NotInvoiced, ToDoKind.Overpaid, ToDoKind.Difference])
        {
            rows.AddRange(await read.OfAsync(kind, ct));
        }

        return TaskGroup.Of(
            "Money that does not add up", PaymentUrls.ToDo, [.. rows.OrderBy(row => row.Since)],
            row => new TodayTask($"{ToDoWords.Kind(row.Kind)}: {row.Sum}{(row.Who is { } who ? $", {who}" : "")}", row.Url)
            {
                Facts = $"{row.What} · since {London.Words(London.DateOf(row.Since))}",
            });
    }

    private string Late(DateOnly due) => (today.DayNumber - due.DayNumber) is var days && days == 1 ? "1 day" : $"{days:N0} days";
}
