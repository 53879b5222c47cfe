using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Forgets a person who asks for it: what goes, what stays and why, before anything is done.</summary>
[ForStaff(StaffRight.RunBookings), StepUp]
internal sealed class ForgetPersonModel(TrainingHubDb db, ForgetPerson forget, TimeProvider clock) : PageModel
{
    public Person Record { get; private set; } = null!;
    public int Places { get; private set; }
    public int Waiting { get; private set; }

    /// <summary>Orders in which their name as the booker goes, and those in which it stays for the accounts.</summary>
    public int FreeBookings { get; private set; }
    public int ChargedBookings { get; private set; }

    /// <summary>Places on dates that are not over.</summary>
    public IReadOnlyList<TrainedPlace> Coming { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct) => await forget.RunAsync(id, User.Actor(), ct) switch
    {
        ForgetResult.Forgotten => Done(),
        ForgetResult.Gone => NotFound(),
        ForgetResult.IsStillComing => await OnGetAsync(id, ct),
    };

    private RedirectResult Done()
    {
        TempData["Success"] = "The person is forgotten.";
        return Redirect("~" + DeskUrls.People);
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.People.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } found)
        {
            return false;
        }

        Record = found;
        Places = await db.Places.CountAsync(place => place.PersonId == id, ct);
        foreach (var key in await ForgetPerson.KeysAsync(db, found, ct))
        {
            Waiting += await db.WaitingListEntries.CountAsync(entry => entry.EmailKey == key.Email && entry.NameKey == key.Name, ct);
            var free = await ForgetPerson.FreeBookingsOf(db, key).CountAsync(ct);
            FreeBookings += free;
            ChargedBookings += await ForgetPerson.BookingsOf(db, key).CountAsync(ct) - free;
        }

        var ids = await ForgetPerson.Coming(db, id, clock.GetUtcNow()).Select(place => place.RunId).ToListAsync(ct);
        Coming = [.. (await TrainingHistory.OfPerson(db, id).ToListAsync(ct)).Where(place => ids.Contains(place.RunId) && Place.LiveStates.Contains(place.State))];
        return true;
    }
}
