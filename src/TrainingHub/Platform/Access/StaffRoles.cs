using System.Security.Claims;

namespace TrainingHub.Platform;

/// <summary>What each role may do. This is the only place that says so: pages and acts name rights.</summary>
internal static class StaffRoles
{
    private static readonly Dictionary<StaffRole, HashSet<StaffRight>> Rights = new()
    {
        [StaffRole.Coordinator] = Set(
            StaffRight.ReadProgramme, StaffRight.RunProgramme, StaffRight.ReadBookings, StaffRight.RunBookings, StaffRight.ReadMoney, StaffRight.HandleMoney,
            StaffRight.ReadResults, StaffRight.ReadComments, StaffRight.Settings, StaffRight.Operate, StaffRight.ReadHistory, StaffRight.PersonalData),
        [StaffRole.BookingOfficer] = Set(
            StaffRight.ReadProgramme, StaffRight.ReadBookings, StaffRight.RunBookings, StaffRight.ReadMoney, StaffRight.ReadResults),
        [StaffRole.Finance] = Set(StaffRight.ReadProgramme, StaffRight.ReadBookings, StaffRight.ReadMoney, StaffRight.HandleMoney),
        [StaffRole.SafeguardingLead] = Set(StaffRight.ReadComments, StaffRight.HandleConcerns),
        [StaffRole.LearningGroup] = Set(StaffRight.ReadAreaResults),
        [StaffRole.Trainer] = Set(StaffRight.OwnDates),
        [StaffRole.Administrator] = Set(StaffRight.Settings, StaffRight.Operate, StaffRight.Accounts, StaffRight.ReadHistory, StaffRight.PersonalData),
    };

    public static IReadOnlyList<StaffRole> All { get; } = Enum.GetValues<StaffRole>();

    public static bool May(this StaffRole role, StaffRight right) => Rights[role].Contains(right);

    /// <summary>Whether any role of the signed-in person has the right.</summary>
    public static bool May(this ClaimsPrincipal user, StaffRight right) => RolesOf(user).Any(role => role.May(right));

    public static bool MayAny(this ClaimsPrincipal user, IReadOnlyCollection<StaffRight> rights) => rights.Any(user.May);

    /// <summary>What the session says; a word that is no role is nothing.</summary>
    public static IEnumerable<StaffRole> RolesOf(ClaimsPrincipal user) =>
        user.FindAll(ClaimTypes.Role).Where(claim => Enum.IsDefined(typeof(StaffRole), claim.Value)).Select(claim => Enum.Parse<StaffRole>(claim.Value));

    /// <summary>On screen.</summary>
    public static string Words(this StaffRole role) => role switch
    {
        StaffRole.Coordinator => "Coordinator",
        StaffRole.BookingOfficer => "Booking officer",
        StaffRole.Finance => "Finance",
        StaffRole.SafeguardingLead => "Safeguarding lead",
        StaffRole.LearningGroup => "Learning group",
        StaffRole.Trainer => "Trainer",
        StaffRole.Administrator => "Administrator",
    };

    /// <summary>What the role opens, for whoever gives it.</summary>
    public static string Explained(this StaffRole role) => role switch
    {
        StaffRole.Coordinator => "Runs the programme: courses, dates, bookings, money, survey comments, reports and settings. Answers what people ask about their data.",
        StaffRole.BookingOfficer => "Books, changes and cancels for people, keeps registers and waiting lists, decides on free places, writes to people. Sees money without deciding on it.",
        StaffRole.Finance => "Invoices, payments, refunds and income. Sees bookings without changing them, and nothing that people wrote in surveys.",
        StaffRole.SafeguardingLead => "Reads what people wrote in surveys, and alone reads and deals with what raised a concern.",
        StaffRole.LearningGroup => "Reads the impact report of the areas that you choose below.",
        StaffRole.Trainer => "Opens the dates of the providers that name this account: who comes, and the register. No prices, and no other provider's dates.",
        StaffRole.Administrator => "Looks after accounts, settings, the mail server and automatic work, and answers what people ask about their data. Otherwise sees nothing of bookings, money or surveys.",
    };

    private static HashSet<StaffRight> Set(params IEnumerable<StaffRight> rights) => [.. rights];
}
