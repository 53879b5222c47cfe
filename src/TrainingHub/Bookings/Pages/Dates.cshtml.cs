using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages;

/// <summary>
/// The dates of an order: one more, one less, or another instead. People stay as they were typed, and come to a date that is added. The
/// address is the date on which the order was begun, so that what is done in one tab changes no order of another.
/// </summary>
[EnableRateLimiting(RateLimits.Forms)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class DatesModel(BookingJourney journey, TrainingHubDb db, TimeProvider clock) : PageModel
{
    private const int MostOffered = 6;

    public JourneyState Journey { get; private set; } = null!;
    public DateTimeOffset Now { get; private set; }

    /// <summary>The date that another is to stand in for; null when none is.</summary>
    public DateLine? Change { get; private set; }
    public IReadOnlyList<DateLine> Instead { get; private set; } = [];

    /// <summary>Other dates of the same courses.</summary>
    public IReadOnlyList<DateLine> More { get; private set; } = [];

    /// <summary>To which one of the courses belongs, with its modules that are not in the order yet.</summary>
    public string? Programme { get; private set; }
    public IReadOnlyList<OfferedModule> Modules { get; private set; } = [];

    /// <summary>What it costs one person as a whole, on the dates of the order and the first of each other module; empty when that is not less.</summary>
    public IReadOnlyList<string> Together { get; private set; } = [];

    /// <summary>The next page.</summary>
    public string Next { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(Guid run, Guid? change, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        (Journey, Now) = (state, clock.GetUtcNow());
        Next = CatalogueUrls.Book(run);
        if (state.Dates.FirstOrDefault(date => date.Id == change) is { } from)
        {
            (Change, Instead) = (from, await OfferedAsync([from.CourseId], Math.Max(1, state.PlacesOn(from)), ct));
        }

        More = await OfferedAsync([.. state.Dates.Select(date => date.CourseId)], 1, ct);
        await ReadModulesAsync(ct);
        return Page();
    }

    /// <param name="run">Where the order was begun.</param>
    /// <param name="add">A date to add.</param>
    /// <param name="remove">Those to take out.</param>
    /// <param name="from">One to change for <paramref name="to"/>.</param>
    /// <param name="to"></param>
    /// <param name="modules">Several to add.</param>
    /// <param name="ct"></param>
    public async Task<IActionResult> OnPostAsync(Guid run, Guid? add, Guid[] remove, Guid? from, Guid? to, Guid?[] modules, CancellationToken ct)
    {
        if (await journey.FindAsync(HttpContext, run, ct) is not { } state)
        {
            return NotFound();
        }

        // Begun here and now, by who wants more than one date before anything is typed.
        var answers = state.Answers ?? new();
        foreach (var date in modules.Append(add).OfType<Guid>().Distinct())
        {
            if (answers.RunIds(run).Count < Booking.MaxDates && await IsBookableAsync(date, ct))
            {
                answers.AddDate(run, date);
            }
        }

        foreach (var gone in remove)
        {
            answers.RemoveDate(run, gone);
        }

        if (from is { } former && to is { } instead && await IsBookableAsync(instead, ct))
        {
            answers.ChangeDate(run, former, instead);
        }

        await journey.SaveAsync(HttpContext, state, answers, ct);
        var now = await journey.FindAsync(HttpContext, run, ct) ?? state;
        // Who comes to a date that was added is to be looked at; after any other change one goes on where one was.
        return Redirect(now.Answers is { HasPeople: true } typed && add is null && modules.All(module => module is null)
            ? journey.DetourFor(now) ?? journey.NextPage(now, typed)
            : CatalogueUrls.Book(run));
    }

    private async Task<bool> IsBookableAsync(Guid date, CancellationToken ct) =>
        await DateLines.Bookable(db, clock.GetUtcNow(), 1).AnyAsync(run => run.Id == date, ct);

    private async Task<List<DateLine>> OfferedAsync(IReadOnlyList<Guid> courses, int places, CancellationToken ct)
    {
        var taken = Journey.Dates.Select(date => date.Id).ToList();
        return await DateLines.Of(db, DateLines.Bookable(db, Now, places, Journey.Answers?.SectorId)
                .Where(run => courses.Contains(run.CourseId) && !taken.Contains(run.Id)))
            .OrderBy(date => date.StartsAt).ThenBy(date => date.Id)
            .Take(MostOffered)
            .ToListAsync(ct);
    }

    private async Task ReadModulesAsync(CancellationToken ct)
    {
        var booked = Journey.Dates.Select(date => date.CourseId).ToList();
        var programme = await (
            from course in db.Courses
            join one in db.Programmes on course.ProgrammeId equals one.Id
            where booked.Contains(course.Id) && one.ArchivedAt == null
            select new { one.Id, one.Title }).FirstOrDefaultAsync(ct);
        if (programme is null)
        {
            return;
        }

        Programme = programme.Title;
        var dates = await DateLines.Of(db, DateLines.Bookable(db, Now, 1, Journey.Answers?.SectorId)
                .Where(run => !booked.Contains(run.CourseId) && db.Courses.Any(course => course.Id == run.CourseId && course.ProgrammeId == programme.Id)))
            .OrderBy(date => date.StartsAt).ThenBy(date => date.Id)
            .Take(100)
            .ToListAsync(ct);
        var numbers = await db.Courses.Where(course => course.ProgrammeId == programme.Id).ToDictionaryAsync(course => course.Id, course => course.ModuleNumber, ct);
        Modules = [.. dates.GroupBy(date => date.CourseId)
            .OrderBy(module => numbers.GetValueOrDefault(module.Key) ?? int.MaxValue).ThenBy(module => module.First().Course, StringComparer.Ordinal)
            .Select(module => new OfferedModule(numbers.GetValueOrDefault(module.Key), module.First().Course, [.. module]))];
        await ReadTogetherAsync(ct);
    }

    private async Task ReadTogetherAsync(CancellationToken ct)
    {
        var payer = Journey.Dates[0].PayerClassId;
        List<DateLine> all = [.. Journey.Dates, .. Modules.Select(module => module.Dates[0] with { PayerClassId = payer })];
        if (all.Exists(date => date.Price is null) || all.Count > Booking.MaxDates)
        {
            return;
        }

        var prices = WholePrice.PricesOf([.. all.OrderBy(date => date.StartsAt).ThenBy(date => date.Id)], await WholePrices.ReadAsync(db, all.Select(date => date.Id), ct));
        Together = [.. prices.Where(price => price.AlonePence is not null).Select(price => price.Rule).Distinct()];
    }
}

/// <summary>A module of a programme with the dates on which it can be booked.</summary>
internal sealed record OfferedModule(int? Number, string Course, IReadOnlyList<DateLine> Dates)
{
    public string Words => Number is { } number ? $"Module {number}: {Course}" : Course;
}
