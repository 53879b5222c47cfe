using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One venue: its form, the coming dates that are held there, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class VenuePageModel(TrainingHubDb db, SaveVenue save, ArchiveRecord archive, TimeProvider clock, IOptions<SiteOptions> site) : EditPage<Venue>(db)
{
    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public VenueFacts Form { get; private set; } = new();

    public Venue? Venue => Record;

    public string Name => Venue?.Name ?? "";

    public ComingDates Coming { get; private set; } = ComingDates.None;
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];

    /// <summary>Why people's names and addresses are here, and until when.</summary>
    public string ContactsKept => KeptContacts.Words(
        "to be reached on the day", "the venue is archived", KeptContacts.ClearedOn(Record?.ArchivedAt, contractUntil: null, site.Value.ContactsKeptMonths), site.Value.ContactsKeptMonths);

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        if (!await TryUpdateModelAsync(Form, nameof(Form)))
        {
            return Page();
        }

        var saved = Venue?.Id ?? Guid.CreateVersion7();
        var outcome = Venue is null
            ? await save.AddAsync(saved, Form, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Venue is null ? "The venue is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<Venue>(id, version, User.Actor(), ct), id, version, "Archived. It is not offered for new dates", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<Venue>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => CatalogueUrls.StaffVenue(id);

    protected override PageResult RefuseName() => Refuse("Form.Name", "Another venue has this name. Choose a name that tells them apart");

    protected override async Task ShowAsync(Venue? found, CancellationToken ct)
    {
        if (found is null)
        {
            return;
        }

        Form = VenueFacts.Of(found);
        var coming = DateLines.Coming(Db, clock.GetUtcNow()).Where(run => run.VenueId == found.Id);
        Coming = await ComingDates.CountAsync(coming, ct);
        Dates = await DateLines.Of(Db, coming).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(ComingDateTable.Most).ToListAsync(ct);
    }
}
