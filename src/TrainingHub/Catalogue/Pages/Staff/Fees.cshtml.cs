using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>The fees by year, length and class of payers, and how they go up: a form, a preview of old and new, and one button.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class FeesModel(TrainingHubDb db, SaveFees save, TimeProvider clock) : PageModel
{
    private const int MostHistory = 20;

    /// <param name="Dates">Coming dates with these fees.</param>
    internal sealed record Row(FeeSchedule Fees, int Dates)
    {
        public DateOnly StartsOn => Fees.StartsOn;
    }

    /// <summary>The fees of one class of payers. Pence; null when there are none yet.</summary>
    internal sealed record OwnFeesRow(string Payer, int? HalfDayPence, int? FullDayPence);

    /// <summary>The price of a programme as a whole; without pence, none from that day on.</summary>
    internal sealed record WholeRow(Guid ProgrammeId, string Programme, string Payer, DateOnly StartsOn, int? Pence);

    internal sealed record CourseFeeRow(Guid CourseId, string Course, DateOnly StartsOn, int Pence);

    /// <param name="Before">Null when there are no fees yet.</param>
    /// <param name="Dates">Coming dates that get the new fees.</param>
    /// <param name="Booked">Places on them that are booked and keep their price.</param>
    /// <param name="Until">The day on which the next fees begin; null is never.</param>
    /// <param name="Raised">Courses with a fee of their own that can be raised too.</param>
    /// <param name="Free">Courses that are free, and stay so.</param>
    internal sealed record FeesPreview(FeeSchedule? Before, int Dates, int Booked, DateOnly? Until, IReadOnlyList<OwnFee> Raised, IReadOnlyList<string> Free);

    [BindProperty]
    public UpliftFacts Form { get; set; } = new();

    [BindProperty, Display(Name = "New half-day fee in pounds"), StringLength(12)]
    public string? HalfDay { get; set; }

    [BindProperty, Display(Name = "New full-day fee in pounds"), StringLength(12)]
    public string? FullDay { get; set; }

    /// <summary>Which of the courses' own fees go up too, by the fee that each has.</summary>
    [BindProperty]
    public IReadOnlyList<Guid> Raise { get; set; } = [];

    /// <summary>The new fees of each class of payers but everybody's.</summary>
    [BindProperty]
    public IReadOnlyList<ClassFeesForm> Own { get; set; } = [];

    public FeesPreview? Preview { get; private set; }

    /// <summary>Those in use, everybody's first.</summary>
    public IReadOnlyList<PayerClass> Payers { get; private set; } = [];
    public IReadOnlyList<PayerClass> Archived { get; private set; } = [];
    private ILookup<Guid, ClassFee> ClassFees { get; set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<CourseFeeRow> OwnFees { get; private set; } = [];
    public IReadOnlyList<WholeRow> Wholes { get; private set; } = [];
    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];
    public DateOnly Today => London.DateOf(clock.GetUtcNow());

    public async Task OnGetAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        Form.StartsOn = Rows.Count == 0 ? Today : new FinancialYear(FinancialYear.Of(Today).StartsIn + 1).From;
    }

    /// <summary>Shows old and new, and saves nothing.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (await CheckAsync(ct) is { } preview)
        {
            Preview = preview;
            Raise = [.. preview.Raised.Select(fee => fee.FeeId)];
            ModelState.Remove(nameof(HalfDay));
            ModelState.Remove(nameof(FullDay));
            Own = [.. Payers.Where(payer => !payer.IsEverybody).Select(payer => RaisedOf(payer, preview.Before))];
            (HalfDay, FullDay) = (Raised(preview.Before?.HalfDayPence, Form.HalfDay), Raised(preview.Before?.FullDayPence, Form.FullDay));
        }

        return Page();
    }

    /// <param name="from">The fees that the preview began with.</param>
    /// <param name="ct">To stop.</param>
    public async Task<IActionResult> OnPostAddAsync(Guid? from, CancellationToken ct)
    {
        await ReadAsync(ct);
        var preview = await CheckAsync(ct);
        var (half, full) = (Typed(nameof(HalfDay), HalfDay), Typed(nameof(FullDay), FullDay));
        var classes = Own.Select((form, index) => Typed(index, form)).ToList();
        if (preview is null || half is null || full is null || classes.Contains(null))
        {
            Preview = preview;
            return Page();
        }

        var own = preview.Raised.Where(fee => Raise.Contains(fee.FeeId)).Select(fee => new NewOwnFee(fee.FeeId, fee.RaisedPence)).ToList();
        var fees = new NewFees(Form.StartsOn!.Value, half.Value.Pence, full.Value.Pence, Form.Reason!, from, own) { Classes = [.. classes.OfType<NewClassFee>()] };
        // A ticked fee that is not in the preview any more was changed by somebody else.
        var outcome = own.Count < Raise.Distinct().Count() ? FeesOutcome.ChangedSince : await save.AddAsync(fees, User.Actor(), ct);
        var refused = outcome switch
        {
            FeesOutcome.Saved => null,
            FeesOutcome.DayTaken => "Other fees begin on that day already",
            FeesOutcome.DayIsPast => "The first day of the new fees must be today or later",
            FeesOutcome.ChangedSince => "Somebody else changed the fees since you saw the preview. Nothing is saved. Look at the new preview",
            FeesOutcome.Unknown => "There are no such fees",
        };
        if (refused is null)
        {
            TempData["Success"] = $"The fees from {London.Words(fees.StartsOn)} are added";
            return Redirect(CatalogueUrls.StaffFees);
        }

        ModelState.AddModelError("", refused);
        Preview = preview;
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken ct)
    {
        TempData["Success"] = await save.RemoveAsync(id, User.Actor(), ct) == FeesOutcome.Saved
            ? "Taken back"
            : "Nothing changed: these fees are in force, or were taken back before.";
        return Redirect(CatalogueUrls.StaffFees);
    }

    private async Task<FeesPreview?> CheckAsync(CancellationToken ct)
    {
        if (Form.Percent is not null && Form.Hundredths is null)
        {
            ModelState.AddModelError("Form.Percent", "Enter a percentage with two decimals at the most");
        }

        if (Form.StartsOn < Today)
        {
            ModelState.AddModelError("Form.StartsOn", "The first day of the new fees must be today or later");
        }

        if (Rows.Any(row => row.StartsOn == Form.StartsOn))
        {
            ModelState.AddModelError("Form.StartsOn", "Other fees begin on that day already");
        }

        if (!ModelState.IsValid || Form.StartsOn is not { } day)
        {
            return null;
        }

        DateOnly? until = await db.FeeSchedules.Where(one => one.StartsOn > day).OrderBy(one => one.StartsOn).Select(one => (DateOnly?)one.StartsOn).FirstOrDefaultAsync(ct);
        var touched = Priced().Where(run => run.RunsOn >= day && (until == null || run.RunsOn < until));
        var own = await Catalogue.OwnFees.RaisedAsync(db, Form, clock.GetUtcNow(), ct);
        return new(
            await SaveFees.InForce(db, day).FirstOrDefaultAsync(ct), await touched.CountAsync(ct), await touched.SumAsync(run => run.PlacesTaken, ct), until,
            [.. own.Where(fee => fee.CanBeRaised(day))], [.. own.Where(fee => fee.Pence == 0).Select(fee => fee.Course)]);
    }

    // Without a fee of its own or of the course, so that the schedule decides.
    private IQueryable<CourseRun> Priced() => DateLines.Coming(db, clock.GetUtcNow()).Where(run => run.FeePence == null
        && db.Courses.Any(course => course.Id == run.CourseId && course.Length != null)
        && !db.CourseFees.Any(fee => fee.CourseId == run.CourseId && fee.StartsOn <= run.RunsOn));

    private string? Raised(int? pence, Rounding? rounding) => pence is { } known && rounding is { } chosen && Form.Hundredths is { } by
        ? new Money(Uplift.Of(known, by, chosen)).Amount
        : null;

    private ClassFeesForm RaisedOf(PayerClass payer, FeeSchedule? before)
    {
        var (_, half, full) = before is null ? new OwnFeesRow(payer.Name, null, null) : FeesOf(before, payer);
        return new() { PayerClassId = payer.Id, HalfDay = Raised(half, Form.HalfDay), FullDay = Raised(full, Form.FullDay) };
    }

    private NewClassFee? Typed(int index, ClassFeesForm form)
    {
        var who = Payers.FirstOrDefault(payer => payer.Id == form.PayerClassId)?.Name ?? "the class";
        var half = Typed($"Own[{index}].HalfDay", form.HalfDay, $"Enter the new half-day fee of “{who}” in pounds, like 55 or 52.50");
        var full = Typed($"Own[{index}].FullDay", form.FullDay, $"Enter the new full-day fee of “{who}” in pounds, like 55 or 52.50");
        return half is { } halfDay && full is { } fullDay ? new(form.PayerClassId, halfDay.Pence, fullDay.Pence) : null;
    }

    /// <summary>What a class pays by a schedule.</summary>
    public OwnFeesRow FeesOf(FeeSchedule schedule, PayerClass payer)
    {
        var own = ClassFees[schedule.Id].FirstOrDefault(fee => fee.PayerClassId == payer.Id);
        return new(payer.Name, own?.HalfDayPence ?? schedule.HalfDayPence, own?.FullDayPence ?? schedule.FullDayPence);
    }

    private Money? Typed(string field, string? text) =>
        Typed(field, text, $"Enter the new {(field == nameof(HalfDay) ? "half" : "full")}-day fee in pounds, like 55 or 52.50");

    private Money? Typed(string field, string? text, string error)
    {
        if (Money.Parse(text == "0" ? "free" : text ?? "") is { } fee)
        {
            return fee;
        }

        ModelState.AddModelError(field, error);
        return null;
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        Payers = await PayerClass.InUse(db).ToListAsync(ct);
        ClassFees = (await db.ClassFees.AsNoTracking().ToListAsync(ct)).ToLookup(fee => fee.FeeScheduleId);
        Archived = await db.PayerClasses.AsNoTracking().Where(one => one.ArchivedAt != null).OrderBy(one => one.Name).ToListAsync(ct);
        Rows = await db.FeeSchedules.AsNoTracking().OrderByDescending(one => one.StartsOn)
            .Select(one => new Row(
                one,
                Priced().Count(run => run.RunsOn >= one.StartsOn && !db.FeeSchedules.Any(next => next.StartsOn > one.StartsOn && next.StartsOn <= run.RunsOn))))
            .ToListAsync(ct);
        OwnFees = await (
            from fee in db.CourseFees
            join course in db.Courses on fee.CourseId equals course.Id
            orderby course.Title, fee.StartsOn descending
            select new CourseFeeRow(course.Id, course.Title, fee.StartsOn, fee.PricePence)).ToListAsync(ct);
        Wholes = await (
            from fee in db.ProgrammeFees
            join programme in db.Programmes on fee.ProgrammeId equals programme.Id
            join payer in db.PayerClasses on fee.PayerClassId equals payer.Id
            where programme.ArchivedAt == null
            orderby programme.Title, fee.StartsOn descending, payer.SortOrder
            select new WholeRow(programme.Id, programme.Title, payer.Name, fee.StartsOn, fee.PricePence)).ToListAsync(ct);
        History = await db.HistoryEntries.AsNoTracking().Where(entry => entry.RecordType == nameof(FeeSchedule))
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(MostHistory).ToListAsync(ct);
    }
}

/// <summary>The new fees of one class of payers, as typed.</summary>
internal sealed class ClassFeesForm
{
    public Guid PayerClassId { get; set; }

    [StringLength(12)]
    public string? HalfDay { get; set; }

    [StringLength(12)]
    public string? FullDay { get; set; }
}
