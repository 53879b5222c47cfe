namespace TrainingHub.Tests.House;

internal static partial class AccessMatrix
{
    /// <summary>Events, their sessions and recordings, and the toolkits and briefings.</summary>
    private static Dictionary<string, Access> Events => new()
    {
        ["dates/{run:guid}/recording"] = Access.Public,
        ["events"] = Access.Public,
        ["resources"] = Access.Public,
        ["staff/resources"] = Access.Staff,
        ["staff/resources/{id}"] = Access.Staff,
        ["staff/dates/{run:guid}/programme"] = Access.Staff,
        ["staff/dates/{run:guid}/programme/{id}"] = Access.Staff,
        ["staff/dates/{run:guid}/badges"] = Access.Staff,
        ["staff/dates/{run:guid}/recording"] = Access.Staff,
        ["recordings/{token}"] = Access.PrivateLink,
    };
}
