using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One trainer of a provider: the form, the courses that they may deliver, and what was done to the record.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class TrainerPageModel(TrainingHubDb db, SaveTrainer save, ArchiveRecord archive, IOptions<SiteOptions> site) : EditPage<Trainer>(db)
{
    /// <summary>Whose trainer it is.</summary>
    [FromRoute(Name = "provider")]
    public Guid ProviderId { get; set; }

    public Provider Provider { get; private set; } = null!;

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public TrainerFacts Form { get; private set; } = new();

    public Trainer? Trainer => Record;

    public IReadOnlyList<Guid> Courses { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];

    /// <summary>Why people's names and addresses are here, and until when.</summary>
    public string ContactsKept => KeptContacts.Words(
        "to arrange training", "the contract of the provider ends, or trainer or provider is archived", KeptContacts.ClearedOn(Record?.ArchivedAt ?? Provider.ArchivedAt, Provider.ContractUntil, site.Value.ContactsKeptMonths), site.Value.ContactsKeptMonths);

    /// <param name="id">The trainer, or "new".</param>
    /// <param name="version">As it was opened.</param>
    /// <param name="courses">Those that are ticked.</param>
    /// <param name="coursesShown">The form had the courses, so that no tick means none.</param>
    /// <param name="ct">To stop.</param>
    public async Task<IActionResult> OnPostAsync(string id, int version, Guid[]? courses, bool coursesShown, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        Courses = coursesShown ? courses ?? [] : Courses;
        await TryUpdateModelAsync(Form, nameof(Form));
        this.CheckAddress("Form.Email", Form.Email);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var saved = Trainer?.Id ?? Guid.CreateVersion7();
        var outcome = Trainer is null
            ? await save.AddAsync(saved, ProviderId, Form, Courses, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, coursesShown ? Courses : null, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Trainer is null ? "The trainer is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) => await ReadAsync($"{id}", ct)
        ? await AnswerAsync(await archive.ArchiveAsync<Trainer>(id, version, User.Actor(), ct), id, version, "Archived", ct)
        : NotFound();

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) => await ReadAsync($"{id}", ct)
        ? await AnswerAsync(await archive.RestoreAsync<Trainer>(id, version, User.Actor(), ct), id, version, "Named as a trainer again", ct)
        : NotFound();

    protected override string UrlOf(Guid id) => CatalogueUrls.StaffTrainer(ProviderId, id);

    protected override PageResult RefuseName() => throw new InvalidOperationException("Two trainers may have one name.");

    protected override async Task<bool> ReadAsync(string id, CancellationToken ct)
    {
        if (await Db.Providers.AsNoTracking().SingleOrDefaultAsync(one => one.Id == ProviderId, ct) is not { } owner)
        {
            return false;
        }

        Provider = owner;
        return await base.ReadAsync(id, ct) && (Trainer is null || Trainer.ProviderId == ProviderId);
    }

    protected override async Task ShowAsync(Trainer? found, CancellationToken ct)
    {
        if (found is not null)
        {
            Form = TrainerFacts.Of(found);
            Courses = await Db.TrainerCourses.Where(may => may.TrainerId == found.Id).Select(may => may.CourseId).ToListAsync(ct);
        }

        Choices = await Db.Courses
            .Where(course => course.OfferOrder != null || Courses.Contains(course.Id))
            .OrderBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new SelectListItem(course.Title, course.Id.ToString()))
            .ToListAsync(ct);
    }
}
