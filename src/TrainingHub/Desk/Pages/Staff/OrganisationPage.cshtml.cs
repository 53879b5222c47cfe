using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>One organisation: what is known of it, who was trained, what it booked and owes, and the other names that stand for it.</summary>
[ForStaff(StaffRight.ReadBookings, Act = [StaffRight.RunBookings])]
internal sealed class OrganisationPageModel(TrainingHubDb db, SaveOrganisation save, ApproveOrganisation approve, KeepLeads keepLeads) : OrganisationFormPage(db)
{
    public const int Most = 100;

    internal sealed record BookingRow(string Reference, string? Booker, DateTimeOffset CreatedAt, BookingState State, int Places, int OwesPence);

    private readonly TrainingHubDb db = db;

    public Organisation Record { get; private set; } = null!;
    public IReadOnlyList<string> OtherNames { get; private set; } = [];
    public IReadOnlyList<TrainedPlace> Training { get; private set; } = [];
    public IReadOnlyList<BookingRow> Bookings { get; private set; } = [];
    public int PlaceCount { get; private set; }
    public int PeopleCount { get; private set; }
    public int AttendedCount { get; private set; }
    public int BookingCount { get; private set; }
    public int OwesPence { get; private set; }
    public IReadOnlyList<SimilarOrganisations.Known> Similar { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    /// <summary>Who may see how its people are trained, and who is invited to.</summary>
    public IReadOnlyList<OrganisationLead> Leads { get; private set; } = [];

    /// <summary>An address that was refused as a lead, and why.</summary>
    public (string? Address, string Why)? LeadRefused { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "training", await TrainingHistory.TableAsync(TrainingHistory.OfOrganisation(db, id), ct), ct);
        }

        if (await ReadAsync(id, ct))
        {
            return Page();
        }

        return await db.Organisations.Where(one => one.Id == id).Select(one => one.MergedIntoId).FirstOrDefaultAsync(ct) is { } into
            ? Redirect("~" + DeskUrls.Organisation(into))
            : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (!await IsReadAsync())
        {
            return Page();
        }

        var outcome = await save.RunAsync(id, version, Form, User.Actor(), ct);
        return outcome.Result switch
        {
            SaveOrganisationResult.Saved => Done(id, "Saved"),
            SaveOrganisationResult.Gone => NotFound(),
            SaveOrganisationResult.ChangedSince => Refuse("", "Somebody else saved this organisation while you had it open. Their change is in the history below. Look at it, then save again"),
            SaveOrganisationResult.NameTaken => await RefuseNameAsync(id, outcome.Other, ct),
        };
    }

    public async Task<IActionResult> OnPostShowAsync(Guid id, CancellationToken ct)
    {
        await approve.ShowAsync(id, User.Actor(), ct);
        return Done(id, "Bookers can find the organisation now.");
    }

    public async Task<IActionResult> OnPostHideAsync(Guid id, CancellationToken ct)
    {
        await approve.HideAsync(id, User.Actor(), ct);
        return Done(id, "Bookers are not offered the organisation any more.");
    }

    public async Task<IActionResult> OnPostAddLeadAsync(Guid id, string? leadEmail, CancellationToken ct)
    {
        // The other form of the page was not sent.
        ModelState.Clear();
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var address = EmailAddress.Clean(leadEmail ?? "");
        if (!EmailAddress.IsValid(address))
        {
            return RefuseLead(leadEmail, leadEmail is null ? "Enter an email address" : "Enter one email address, like name@example.org");
        }

        return await keepLeads.ApproveAsync(id, address, User.Actor(), ct) switch
        {
            AddLeadResult.Added => Done(id, $"{address} can see the training of the organisation from now on, and is told by email."),
            AddLeadResult.AddedBefore => RefuseLead(address, "This address is in the list already"),
            AddLeadResult.TooMany => RefuseLead(address, $"An organisation has {OrganisationLead.MostOfOrganisation} training leads at most. Remove one first"),
            AddLeadResult.Gone => NotFound(),
        };
    }

    public async Task<IActionResult> OnPostRemoveLeadAsync(Guid id, Guid lead, CancellationToken ct) =>
        Done(id, await keepLeads.RemoveAsync(id, lead, User.Actor(), ct) ? "They do not see the training of the organisation any more." : "Nothing was changed: it was done before.");

    private PageResult RefuseLead(string? address, string why)
    {
        LeadRefused = (address, why);
        ModelState.AddModelError("leadEmail", why);
        return Page();
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.MergedIntoId == null, ct) is not { } found)
        {
            return false;
        }

        (Record, Form) = (found, OrganisationFacts.Of(found));
        OtherNames = await db.Organisations.Where(one => one.MergedIntoId == id).OrderBy(one => one.Name).Select(one => one.Name).ToListAsync(ct);
        await ReadListsAsync(ct);
        Similar = (await SimilarOrganisations.FindAsync(db, ct)).FirstOrDefault(group => group.Any(one => one.Id == id))?.Where(one => one.Id != id).ToList() ?? [];
        Leads = await db.OrganisationLeads.AsNoTracking().Where(lead => lead.OrganisationId == id).OrderBy(lead => lead.Email).ToListAsync(ct);
        History = await HistoryEntry.AboutAsync(db, [id], ct);
        await ReadTrainingAsync(id, ct);
        return true;
    }

    private async Task ReadTrainingAsync(Guid id, CancellationToken ct)
    {
        var bookings = db.Bookings.Where(booking => booking.OrganisationId == id);
        var lines = db.RegisterPlaces.Where(line => bookings.Any(booking => booking.Id == line.BookingId));
        BookingCount = await bookings.CountAsync(ct);
        PlaceCount = await db.LivePlaces.CountAsync(place => bookings.Any(booking => booking.Id == place.BookingId), ct);
        PeopleCount = await lines.Where(line => line.PersonId != null).Select(line => line.PersonId).Distinct().CountAsync(ct);
        AttendedCount = await lines.CountAsync(line => line.Attended == true, ct);
        Training = await TrainingHistory.OfOrganisation(db, id).Take(Most).ToListAsync(ct);
        var owing = await Owing.OfBookings(db).Where(one => one.OrganisationId == id && one.Pence > 0).ToDictionaryAsync(one => one.BookingId, one => one.Pence, ct);
        OwesPence = owing.Values.Sum();
        Bookings = (await bookings.OrderByDescending(booking => booking.CreatedAt).ThenBy(booking => booking.Id).Take(Most)
                .Select(booking => new { booking.Id, booking.Reference, booking.BookerName, booking.CreatedAt, booking.State, Places = db.Places.Count(place => place.BookingId == booking.Id) })
                .ToListAsync(ct))
            .ConvertAll(row => new BookingRow(row.Reference, row.BookerName, row.CreatedAt, row.State, row.Places, owing.GetValueOrDefault(row.Id)));
    }

    private async Task<PageResult> RefuseNameAsync(Guid id, Guid? other, CancellationToken ct)
    {
        var name = await db.Organisations.Where(one => one.Id == other).Select(one => one.Name).FirstOrDefaultAsync(ct);
        Similar = [.. Similar.Where(one => one.Id != other), .. other is { } taken && taken != id ? [new SimilarOrganisations.Known(taken, name ?? "")] : Array.Empty<SimilarOrganisations.Known>()];
        return await RefuseNameAsync(other, "If the two are one, merge them", ct);
    }
}
