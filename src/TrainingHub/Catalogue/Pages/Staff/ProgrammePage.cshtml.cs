using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One programme: its form with its modules, their coming dates, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ProgrammePageModel(TrainingHubDb db, SaveProgramme save, SaveProgrammeFee savePrice, ArchiveRecord archive, TimeProvider clock) : EditPage<Programme>(db)
{
    private const int EmptyLines = 3;
    private const int MostToLookAt = 500;

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public ProgrammeFacts Form { get; private set; } = new();

    /// <summary>A price as a whole that is to be added.</summary>
    public ProgrammeFeeFacts Whole { get; } = new();

    /// <summary>Prices as a whole, the last first, each with the name of its class of payers.</summary>
    public IReadOnlyList<(ProgrammeFee Fee, string Payer)> WholeFees { get; private set; } = [];
    public IReadOnlyList<PayerClass> Payers { get; private set; } = [];

    /// <summary>What visitors read of both ways to pay; null when they read nothing.</summary>
    public WholeOffer? WholeOffer { get; private set; }
    public DateOnly Today => London.DateOf(clock.GetUtcNow());

    public Programme? Programme => Record;

    /// <summary>Courses that are its modules or those of no other, by id.</summary>
    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];
    public ComingDates Coming { get; private set; } = ComingDates.None;
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];

    /// <summary>Visitors see it if it is in use.</summary>
    public bool IsPublic { get; private set; }

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

        var saved = Programme?.Id ?? Guid.CreateVersion7();
        var outcome = Programme is null
            ? await save.AddAsync(saved, Form, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return outcome.Refusal is { } refusal
            ? Refuse(refusal)
            : await AnswerAsync(outcome.Outcome, saved, version, Programme is null ? "The programme is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<Programme>(id, version, User.Actor(), ct), id, version, "Archived. Its modules stay as courses", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<Programme>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    public async Task<IActionResult> OnPostPriceAsync(Guid id, int version, CancellationToken ct)
    {
        if (!await ReadAsync($"{id}", ct))
        {
            return NotFound();
        }

        await TryUpdateModelAsync(Whole, nameof(Whole));
        if (!Whole.Ends && Whole.Pence is null or 0 && ModelState.GetFieldValidationState("Whole.Pounds") != ModelValidationState.Invalid)
        {
            ModelState.AddModelError("Whole.Pounds", "Enter the price in pounds, like 220 or 217.50");
        }

        if (Whole.Ends && !string.IsNullOrWhiteSpace(Whole.Pounds))
        {
            ModelState.AddModelError("Whole.Pounds", "Enter a price, or tick that there is none: not both");
        }

        if (!ModelState.IsValid || Whole is not { StartsOn: { } day, PayerClassId: { } payer })
        {
            return Page();
        }

        var saved = await savePrice.AddAsync(id, version, payer, day, Whole.Pence, User.Actor(), ct);
        return saved.Refusal is { } refusal ? Refuse(refusal) : await AnswerAsync(saved.Outcome, id, version, Whole.Ends ? "The price as a whole ends" : "The price as a whole is added", ct);
    }

    public async Task<IActionResult> OnPostTakeBackAsync(Guid id, int version, Guid fee, CancellationToken ct)
    {
        var saved = await savePrice.RemoveAsync(id, version, fee, User.Actor(), ct);
        if (!await ReadAsync($"{id}", ct))
        {
            return NotFound();
        }

        return saved.Refusal is not null
            ? Refuse("", "Nothing changed: this price is in force, or was taken back before")
            : await AnswerAsync(saved.Outcome, id, version, "Taken back", ct);
    }

    protected override string UrlOf(Guid id) => CatalogueUrls.StaffProgramme(id);

    protected override PageResult RefuseName() => Refuse("Form.Title", "Another programme has this title. Choose a title that tells them apart");

    private PageResult Refuse(ProgrammeRefusal refusal) => refusal switch
    {
        ProgrammeRefusal.CourseTwice => Refuse("Form.Modules", "A course stands in two lines. Choose another, or empty one of the lines"),
        ProgrammeRefusal.CourseNotFree => Refuse("Form.Modules", "One of the courses is a module of another programme now. Choose another, or take it out there first"),
    };

    private PageResult Refuse(ProgrammeFeeRefusal refusal) => refusal switch
    {
        ProgrammeFeeRefusal.DayTaken => Refuse("Whole.StartsOn", "Another price begins on that day already"),
        ProgrammeFeeRefusal.DayIsPast => Refuse("Whole.StartsOn", "The first day of the price must be today or later"),
        ProgrammeFeeRefusal.NothingToEnd => Refuse("Whole.Ends", "There is no price as a whole on that day that could end"),
        ProgrammeFeeRefusal.ModulesDoNotFit => Refuse("Whole.Pounds", $"A price as a whole is for a programme of 2 to {WholePrice.MostModules} modules, as many as one booking holds"),
        ProgrammeFeeRefusal.Unknown => Refuse("Whole.PayerClassId", "Select who pays it"),
    };

    protected override async Task ShowAsync(Programme? found, CancellationToken ct)
    {
        var known = found?.Id ?? Guid.Empty;
        Courses = await Db.Courses.Where(course => course.ProgrammeId == known || (course.ProgrammeId == null && course.ArchivedAt == null))
            .OrderBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new SelectListItem(course.ArchivedAt == null ? course.IsDraft ? course.Title + " (draft)" : course.Title : course.Title + " (archived)", course.Id.ToString()))
            .ToListAsync(ct);
        if (found is null)
        {
            AddEmptyLines();
            return;
        }

        Form = (await ProgrammeModules.ReadAsync(Db, known, new ProgrammeFacts(), ct)).FactsOf(found);
        Db.ChangeTracker.Clear();
        AddEmptyLines();
        IsPublic = await Db.Courses.Where(Course.IsPublic).AnyAsync(course => course.ProgrammeId == known, ct);
        var modules = Db.Courses.Where(course => course.ProgrammeId == known);
        var coming = DateLines.Coming(Db, clock.GetUtcNow()).Where(run => modules.Any(course => course.Id == run.CourseId));
        Coming = await ComingDates.CountAsync(coming, ct);
        Dates = await DateLines.Of(Db, coming).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(ComingDateTable.Most).ToListAsync(ct);
        await ReadPricesAsync(known, modules, ct);
    }

    private async Task ReadPricesAsync(Guid known, IQueryable<Course> modules, CancellationToken ct)
    {
        Payers = await PayerClass.InUse(Db).ToListAsync(ct);
        var rows = await (
            from fee in Db.ProgrammeFees.AsNoTracking()
            join payer in Db.PayerClasses on fee.PayerClassId equals payer.Id
            where fee.ProgrammeId == known
            orderby fee.StartsOn descending, payer.SortOrder, payer.Id
            select new { Fee = fee, payer.Name }).ToListAsync(ct);
        WholeFees = rows.ConvertAll(row => (row.Fee, row.Name));
        (Whole.PayerClassId, Whole.StartsOn) = (Payers[0].Id, rows.Count == 0 ? Today : new FinancialYear(FinancialYear.Of(Today).StartsIn + 1).From);
        var bookable = DateLines.Bookable(Db, clock.GetUtcNow(), 1).Where(run => modules.Any(course => course.Id == run.CourseId));
        var next = (await DateLines.Of(Db, bookable).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(MostToLookAt).ToListAsync(ct)).DistinctBy(date => date.CourseId);
        WholeOffer = await WholeOffer.ReadAsync(Db, [.. next], ct);
    }

    private void AddEmptyLines()
    {
        var wanted = Math.Min(ProgrammeFacts.MostModules, Form.Modules.Count + EmptyLines);
        while (Form.Modules.Count < wanted)
        {
            Form.Modules.Add(new ModuleFacts());
        }
    }
}
