using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Several records that are one person: what each has, which name and address stay, and what prevents it, before anything is done.</summary>
[ForStaff(StaffRight.RunBookings), StepUp]
internal sealed class MergePeopleModel(TrainingHubDb db, MergePeople merge) : MergePage(DeskUrls.MergePeople, most: 10)
{
    private const int MostFound = 20;

    internal sealed record Chosen(Guid Id, string Name, string Email, int Places, int Attended, bool WantsNoSurveys);

    internal sealed record SameDate(string Course, DateOnly RunsOn, Guid RunId, IReadOnlyList<string> References);

    [BindProperty(SupportsGet = true), StringLength(PeopleModel.LongestQuery)]
    public string? Q { get; set; }

    public IReadOnlyList<Chosen> Rows { get; private set; } = [];
    public IReadOnlyList<KnownPerson> Found { get; private set; } = [];

    /// <summary>Dates on which two of them have a place: one of those has to be cancelled first.</summary>
    public IReadOnlyList<SameDate> Clashes { get; private set; } = [];

    protected override IEnumerable<Guid> Shown => Rows.Select(row => row.Id);

    protected override MergeWords Words { get; } = new("Select the name and address that stay", "records", "They are one person now.");

    protected override string AddressOf(Guid kept) => DeskUrls.Person(kept);

    protected override Task<MergeResult> MergeAsync(Guid kept, Actor by, CancellationToken ct) => merge.RunAsync(kept, Ids, by, ct);

    protected override string? WhyNot(MergeResult result) => result switch
    {
        MergeResult.Merged or MergeResult.MergedBefore => null,
        MergeResult.Gone => "One of them was merged or forgotten meanwhile. Nothing was changed. Look at what is left",
        MergeResult.SameDate => "Two of them have a place on the same date. Nothing was changed. The dates are below",
        MergeResult.BookedMeanwhile => "One of them was booked meanwhile. Nothing was changed. Look again, then merge",
    };

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var into = await db.PersonAliases.Where(alias => Ids.Contains(alias.Id)).Select(alias => alias.PersonId).ToListAsync(ct);
        var ids = Ids.Concat(into).Distinct().Take(MostChosen).ToList();
        Rows = await db.People.AsNoTracking().Where(person => ids.Contains(person.Id)).OrderBy(person => person.Name).ThenBy(person => person.Email)
            .Select(person => new Chosen(
                person.Id, person.Name, person.Email,
                db.LivePlaces.Count(place => place.PersonId == person.Id),
                db.RegisterPlaces.Count(line => line.PersonId == person.Id && line.Attended == true),
                person.SurveysStoppedAt != null)).ToListAsync(ct);
        if (Keep is null || Rows.All(row => row.Id != Keep))
        {
            Keep = Rows.OrderByDescending(row => row.Places).Select(row => (Guid?)row.Id).FirstOrDefault();
        }

        var places = await (
            from place in db.LivePlaces
            where place.PersonId != null && ids.Contains(place.PersonId.Value)
            join booking in db.Bookings on place.BookingId equals booking.Id
            join run in db.CourseRuns on place.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            orderby run.StartsAt, place.Id
            select new { run.Id, course.Title, run.RunsOn, booking.Reference }).ToListAsync(ct);
        Clashes = [.. places.GroupBy(place => place.Id).Where(date => date.Count() > 1)
            .Select(date => new SameDate(date.First().Title, date.First().RunsOn, date.Key, [.. date.Select(place => place.Reference)]))];
        if (Q is not null)
        {
            Found = await new PeopleFilter(Q, null).Of(db).Where(person => !ids.Contains(person.Id)).OrderBy(person => person.Name).ThenBy(person => person.Id).Take(MostFound)
                .Select(person => new KnownPerson(person.Id, person.Name, person.Email)).ToListAsync(ct);
        }
    }
}
