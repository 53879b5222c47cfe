namespace TrainingHub.Tests.House;

/// <summary>What people ask and complain of about their data, and how long all of it is kept.</summary>
internal static partial class AccessMatrix
{
    private static Dictionary<string, Access> PersonalData => new()
    {
        ["privacy/complaint"] = Access.Public,
        ["privacy/complaint/sent"] = Access.Public,
        ["staff/data-requests"] = Access.Staff,
        ["staff/data-requests/new"] = Access.Staff,
        ["staff/data-requests/{id:guid}"] = Access.Staff,
        ["staff/data-requests/{id:guid}/acknowledge"] = Access.Staff,
        ["staff/data-requests/{id:guid}/find"] = Access.Staff,
        ["staff/data-requests/{id:guid}/copy"] = Access.Staff,
        ["staff/data-requests/{id:guid}/erase"] = Access.Staff,
        ["staff/data-requests/{id:guid}/answer"] = Access.Staff,
        ["staff/data-requests/{id:guid}/extend"] = Access.Staff,
        ["staff/retention"] = Access.Staff,
    };
}
