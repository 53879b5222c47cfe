using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>One session of an event: its form, and taking it out of the programme. At "new" the form of another.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class SessionPageModel(TrainingHubDb db, SaveSession save, RemoveSession remove, TimeProvider clock) : PageModel
{
    [BindProperty]
    public SessionForm Form { get; set; } = new();

    public DateLine Date { get; private set; } = null!;

    /// <summary>Null for a new one.</summary>
    public SessionLine? Session { get; private set; }

    /// <summary>Of the session that this form adds, so that a second click adds none.</summary>
    public Guid Key { get; private set; }

    /// <summary>Who chose it is told when it is removed.</summary>
    public bool TellsPeople { get; private set; }

    /// <summary>And can choose another for that time.</summary>
    public bool CanChooseAgain { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid run, string id, CancellationToken ct)
    {
        if (await FindAsync(run, id, ct) is not { } slot)
        {
            return NotFound();
        }

        Form = Session is null ? new() : SessionForm.Of(slot, Session);
        Key = Guid.CreateVersion7(clock.GetUtcNow());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid run, string id, int version, Guid key, CancellationToken ct)
    {
        if (await FindAsync(run, id, ct) is null)
        {
            return NotFound();
        }

        Key = key == Guid.Empty ? Guid.CreateVersion7(clock.GetUtcNow()) : key;
        if (Form.Read(ModelState) is not { } facts)
        {
            return Page();
        }

        var result = Session is null
            ? await save.AddAsync(run, Key, facts, User.Actor(), ct)
            : await save.ChangeAsync(run, Session.Id, version, facts, User.Actor(), ct);
        return result switch
        {
            SaveSessionResult.Saved => Done(run, $"“{facts.Title}” is saved"),
            SaveSessionResult.Unknown => NotFound(),
            SaveSessionResult.ChangedSince => Refuse("", "Somebody else changed this session after you opened it. Nothing is saved: open it again"),
            SaveSessionResult.OutsideDate => Refuse("Form.Begins", $"It must be within the hours of the date{(Date.Meetings is null ? "" : " on that day")}: {HoursOf(facts.Meeting)}. Change the date first if they are wrong"),
            SaveSessionResult.Overlaps => Refuse("Form.Begins", "It overlaps other sessions. Sessions side by side must begin and end at the same times"),
            SaveSessionResult.TimesChosen => Refuse("Form.Begins", "People have chosen it for its present times. Remove it and add another, and they are told"),
            SaveSessionResult.TooFewPlaces => Refuse("Form.Capacity", $"{Session?.PlacesTaken} people have chosen it: enter that number or more"),
        };
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid run, string id, int version, int seen, CancellationToken ct)
    {
        if (await FindAsync(run, id, ct) is not { } slot || Session is null)
        {
            return Done(run, "The session is not in the programme any more");
        }

        (Form, var result) = (SessionForm.Of(slot, Session), await remove.RunAsync(run, Session.Id, version, seen, User.Actor(), ct));
        ModelState.Clear();
        return result switch
        {
            RemoveSessionResult.Removed => Done(run, $"“{Session.Title}” is removed{(seen > 0 && TellsPeople ? $", and {(seen == 1 ? "1 person is" : $"{seen} people are")} told" : "")}"),
            RemoveSessionResult.Unknown => Done(run, "The session is not in the programme any more"),
            RemoveSessionResult.ChangedSince => Refuse("", "The session has changed, or other people have chosen it, since you opened it. Nothing is removed: look at it again"),
        };
    }

    private string HoursOf(short meeting) => meeting <= Date.EachMeeting.Count ? Date.EachMeeting[meeting - 1].TimeWords : Date.TimeWords;

    private PageResult Refuse(string field, string why)
    {
        ModelState.AddModelError(field, why);
        return Page();
    }

    private RedirectResult Done(Guid run, string notice)
    {
        TempData["Success"] = notice;
        return Redirect(BookingUrls.StaffSessions(run));
    }

    /// <returns>The slot of the session, an empty one for a new session; null when there is no such session.</returns>
    private async Task<SlotLine?> FindAsync(Guid run, string id, CancellationToken ct)
    {
        if (await DateLines.FindAsync(db, run, ct) is not { } date)
        {
            return null;
        }

        Date = date;
        if (id == CatalogueUrls.New)
        {
            return new SlotLine(Guid.Empty, 1, Day: null, default, default, []);
        }

        var programme = await EventProgramme.ReadAsync(db, run, ct);
        var slot = programme.Slots.FirstOrDefault(one => one.Sessions.Any(session => session.Id.ToString() == id));
        Session = slot?.Sessions.Single(session => session.Id.ToString() == id);
        if (slot is not null)
        {
            var now = clock.GetUtcNow();
            (TellsPeople, CanChooseAgain) = (RemoveSession.TellsPeople(date, slot, now), RemoveSession.CanChooseAgain(date, programme, slot, now));
        }

        return slot;
    }
}
