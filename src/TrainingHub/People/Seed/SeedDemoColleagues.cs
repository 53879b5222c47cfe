using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.People;

/// <summary>
/// An account with one role each beside the coordinator's, to try out what it opens. Nobody knows their passwords: they are entered by
/// the button that the demonstration has.
/// </summary>
internal sealed class SeedDemoColleagues(TrainingHubDb db, AddStaff add) : ISeed
{
    private static readonly IReadOnlyDictionary<StaffRole, string> Names = new Dictionary<StaffRole, string>
    {
        [StaffRole.BookingOfficer] = "Bea Osei",
        [StaffRole.Finance] = "Farid Lowe",
        [StaffRole.SafeguardingLead] = "Sian Prowse",
        [StaffRole.LearningGroup] = "Leon Achterberg",
        [StaffRole.Trainer] = "Tamsin Boyle",
        [StaffRole.Administrator] = "Ada Quigley",
    };

    public static int Order => 121;

    public static bool DemoOnly => true;

    public static IReadOnlyList<StaffRole> Roles => [.. Names.Keys];

    public static string EmailOf(StaffRole role) => $"{role}@training.example".ToLowerInvariant();

    public async Task RunAsync(CancellationToken ct)
    {
        var known = await db.Users.Select(user => user.Email).ToListAsync(ct);
        var area = await db.Areas.OrderBy(area => area.SortOrder).Select(area => area.Id).FirstOrDefaultAsync(ct);
        foreach (var (role, name) in Names.Where(name => !known.Contains(EmailOf(name.Key))))
        {
            var added = await add.RunAsync(EmailOf(role), name, AddStaff.RandomPassword(), [role], area);
            if (added.Errors.Count > 0)
            {
                throw new InvalidOperationException($"The demonstration's {role} was not made: {string.Join(" ", added.Errors)}");
            }
        }
    }
}
