using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>One person: every date with how it went, what they booked, what they were sent, and a wrong name or address put right.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class PersonPageModel(TrainingHubDb db, CorrectPerson correct, TimeProvider clock) : PageModel
{
    public const int Most = 100;
    private const int MostEmails = 20;

    internal sealed record BookingRow(string Reference, DateTimeOffset CreatedAt, int Places);

    internal sealed record WaitingRow(Guid Id, string Course, DateOnly RunsOn);

    internal sealed record EmailRow(string Subject, string? About, DateTimeOffset CreatedAt, EmailState State);

    [BindProperty]
    public PersonForm Form { get; set; } = new();

    public Person Record { get; private set; } = null!;
    public IReadOnlyList<TrainedPlace> Training { get; private set; } = [];
    public IReadOnlyList<(Guid Id, string Name)> Organisations { get; private set; } = [];
    public IReadOnlyList<WaitingRow> Waiting { get; private set; } = [];
    public IReadOnlyList<BookingRow> Made { get; private set; } = [];
    public IReadOnlyList<EmailRow> Emails { get; private set; } = [];
    public IReadOnlyList<string> OtherNames { get; private set; } = [];
    public IReadOnlyList<KnownPerson> Similar { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];
    /// <summary>The last first.</summary>
    public IReadOnlyList<ELearningCompletion> ELearning { get; private set; } = [];
    public int AttendedCount { get; private set; }

    /// <summary>Also those that do not count any more.</summary>
    public int Certificates { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "training", await TrainingHistory.TableAsync(TrainingHistory.OfPerson(db, id), ct), ct);
        }

        if (!await ReadAsync(id, ct))
        {
            return await db.PersonAliases.Where(alias => alias.Id == id).Select(alias => (Guid?)alias.PersonId).FirstOrDefaultAsync(ct) is { } into
                ? Redirect("~" + DeskUrls.Person(into))
                : NotFound();
        }

        Form = new() { Name = Record.Name, Email = Record.Email };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        this.CheckAddress("Form.Email", Form.Email);
        if (!ModelState.IsValid)
        {
            return await ReadAsync(id, ct) ? Page() : NotFound();
        }

        var outcome = await correct.RunAsync(id, Form.Name!, Form.Email!, User.Actor(), ct);
        if (!outcome.IsKnown)
        {
            return NotFound();
        }

        if (outcome.Other is { } other)
        {
            await ReadAsync(id, ct);
            Similar = [.. Similar.Where(one => one.Id != other), new KnownPerson(other, Form.Name!, Form.Email!)];
            ModelState.AddModelError("Form.Name", "There is another record with this name and address. If the two are one person, merge them");
            return Page();
        }

        TempData["Success"] = outcome.Told == 0 ? "Saved" : $"Saved. What they are booked on or wait for is on its way to the new address ({(outcome.Told == 1 ? "1 email" : $"{outcome.Told} emails")}).";
        return Redirect("~" + DeskUrls.Person(id));
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.People.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return false;
        }

        Record = found;
        Training = await TrainingHistory.OfPerson(db, id).Take(Most).ToListAsync(ct);
        AttendedCount = await db.RegisterPlaces.CountAsync(line => line.PersonId == id && line.Attended == true, ct);
        Certificates = await db.Certificates.CountAsync(one => db.Places.Any(place => place.Id == one.PlaceId && place.PersonId == id), ct);
        ELearning = await db.ELearningCompletions.AsNoTracking().Where(one => one.PersonId == id)
            .OrderByDescending(one => one.CompletedOn).ThenBy(one => one.Title).ThenBy(one => one.Id).Take(Most).ToListAsync(ct);
        Organisations = [.. (await db.Organisations
            .Where(one => db.Bookings.Any(booking => booking.OrganisationId == one.Id && db.Places.Any(place => place.BookingId == booking.Id && place.PersonId == id)))
            .OrderBy(one => one.Name).Select(one => new { one.Id, one.Name }).ToListAsync(ct)).Select(one => (one.Id, one.Name))];
        OtherNames = await db.PersonAliases.Where(alias => alias.PersonId == id).OrderBy(alias => alias.Name).Select(alias => alias.Name + ", " + alias.Email).ToListAsync(ct);
        Similar = await SimilarPeople.FindAsync(db, found, ct);
        History = await HistoryEntry.AboutAsync(db, [id], ct);
        Made = await ForgetPerson.BookingsOf(db, new(found.EmailKey, found.NameKey))
            .OrderByDescending(booking => booking.CreatedAt).ThenBy(booking => booking.Id).Take(Most)
            .Select(booking => new BookingRow(booking.Reference, booking.CreatedAt, db.Places.Count(place => place.BookingId == booking.Id)))
            .ToListAsync(ct);
        var now = clock.GetUtcNow();
        Waiting = await (
            from entry in CorrectPerson.WaitingOf(db, await ForgetPerson.KeysAsync(db, found, ct))
            join run in db.CourseRuns on entry.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            where run.StartsAt > now
            orderby run.StartsAt, entry.Id
            select new WaitingRow(entry.Id, course.Title, run.RunsOn)).Take(Most).ToListAsync(ct);
        var references = Training.Select(place => place.Reference).Concat(Made.Select(row => row.Reference)).Distinct().ToList();
        var address = Likeness.Whole(found.EmailKey);
        Emails = await db.OutgoingEmails.AsNoTracking()
            .Where(email => email.About != null && references.Contains(email.About) && EF.Functions.ILike(email.ToAddress, address))
            .OrderByDescending(email => email.CreatedAt).ThenBy(email => email.Id).Take(MostEmails)
            .Select(email => new EmailRow(email.Subject, email.About, email.CreatedAt, email.State))
            .ToListAsync(ct);
        return true;
    }
}

internal sealed class PersonForm
{
    [Display(Name = "Name"), Required(ErrorMessage = "Enter the name"), StringLength(Person.NameLength), PlainName]
    public string? Name { get; set; }

    [Display(Name = "Email address"), Required(ErrorMessage = "Enter the email address"), DataType(DataType.EmailAddress), StringLength(Person.EmailLength)]
    public string? Email { get; set; }
}
