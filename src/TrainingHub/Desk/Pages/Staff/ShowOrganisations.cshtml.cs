using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Several names are shown to bookers, each looked at once more: what a booker typed may be a person's name, or a place that must not be found.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class ShowOrganisationsModel(TrainingHubDb db, ApproveOrganisation approve) : TickedPage(db, DeskUrls.Organisations)
{
    private const string Before = "Bookers can find it already";
    private const string Merged = "It is part of another organisation";

    public override string ListName => "Organisations";

    public override IReadOnlyList<string> Columns { get; } = ["Name", "Bookings"];

    public override string DoneWords(int count) => count == 1 ? "Bookers can find 1 organisation more." : $"Bookers can find {count} organisations more.";

    protected override async Task<IReadOnlyList<TickedRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct) =>
        (await Db.Organisations.Where(one => ids.Contains(one.Id)).OrderBy(one => one.Name).ThenBy(one => one.Id)
            .Select(one => new { one.Id, one.Name, one.IsApproved, one.MergedIntoId, Bookings = Db.Bookings.Count(booking => booking.OrganisationId == one.Id) })
            .ToListAsync(ct))
        .ConvertAll(one => new TickedRow(
            one.Id, one.Name, DeskUrls.Organisation(one.Id), [$"{one.Bookings}"], one.MergedIntoId is not null ? Merged : one.IsApproved ? Before : null));

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct)
    {
        if (await approve.ShowAsync(row.Id, User.Actor(), ct))
        {
            return null;
        }

        var now = await Db.Organisations.Where(one => one.Id == row.Id).Select(one => new { one.MergedIntoId }).SingleOrDefaultAsync(ct);
        return now is null ? Gone : now.MergedIntoId is null ? Before : Merged;
    }
}
