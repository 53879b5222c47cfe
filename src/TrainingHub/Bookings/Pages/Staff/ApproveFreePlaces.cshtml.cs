using Microsoft.EntityFrameworkCore;
using TrainingHub.FreePlaces;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>Several applications for free places are approved, after a look at what each asks for and who is told.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class ApproveFreePlacesModel(TrainingHubDb db, DecideFreePlace decide, TimeProvider clock) : TickedPage(db, BookingUrls.StaffFreePlaces)
{
    private const string Decided = "It was decided or withdrawn before";
    private const string Lapsed = "Its course has begun, so that it has lapsed";

    /// <summary>Of the applications that can be approved.</summary>
    public int Places { get; private set; }

    public override string ListName => "Free places";

    public override IReadOnlyList<string> Columns { get; } = ["Organisation", "What it is", "Courses", "Places", "Earlier free places", "Booked by"];

    public override string DoneWords(int count) =>
        count == 1 ? "1 application is approved, and its people are told by email." : $"{count} applications are approved, and their people are told by email.";

    protected override async Task<IReadOnlyList<TickedRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = await ApplicationRow.Of(Db, Db.FreePlaceApplications.AsNoTracking().Where(one => ids.Contains(one.Id)))
            .OrderBy(row => row.AppliedAt).ThenBy(row => row.Id).ToListAsync(ct);
        Places = rows.Where(row => WhyNot(row, now) is null).Sum(row => row.Places);
        return rows.ConvertAll(row => new TickedRow(
            row.Id, row.Reference is { } reference ? $"{row.Organisation}, {reference}" : row.Organisation, FreePlaceUrls.StaffApplication(row.Id),
            [
                row.KindWords,
                string.Join("\n", row.Dates.Select(date => $"{date.Course}, {date.When}")), $"{row.Places}", $"{row.EarlierFreePlaces}", $"{row.Booker}\n{row.BookerEmail}",
            ],
            WhyNot(row, now)));
    }

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct)
    {
        return await decide.ApproveAsync(row.Id, User.Actor(), ct) switch
        {
            DecideResult.Decided => null,
            DecideResult.NotPending => Decided,
            DecideResult.Lapsed => Lapsed,
            (DecideResult.OverAllowance or DecideResult.OverBudget or DecideResult.NoPolicy) and var over => char.ToUpperInvariant(DecideWords.Over(over)[0]) + DecideWords.Over(over)[1..],
            DecideResult.NothingToOffer => throw new InvalidOperationException($"Application {row.Id} was refused as if it were declined."),
        };
    }

    private static string? WhyNot(ApplicationRow row, DateTimeOffset now) => row.State switch
    {
        FreePlaceState.Pending => row.HasLapsed(now) ? Lapsed : null,
        FreePlaceState.Lapsed => Lapsed,
        FreePlaceState.Approved or FreePlaceState.Declined or FreePlaceState.Withdrawn => Decided,
    };
}
