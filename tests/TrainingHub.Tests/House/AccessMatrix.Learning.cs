namespace TrainingHub.Tests.House;

/// <summary>From a published review to a changed course, and the page of a provider who is told of it.</summary>
internal static partial class AccessMatrix
{
    private static Dictionary<string, Access> Learning => new()
    {
        ["notices/{token}"] = Access.PrivateLink,
        ["notices/to/{id:guid}/{handler?}"] = Access.PrivateLink,
        ["staff/learning"] = Access.Staff,
        ["staff/learning/actions/{id}/{of:guid?}"] = Access.Staff,
        ["staff/learning/actions/{id:guid}/{act}"] = Access.Staff,
        ["staff/learning/actions-done"] = Access.Staff,
        ["staff/learning/actions-later"] = Access.Staff,
        ["staff/learning/actions-owner"] = Access.Staff,
        ["staff/learning/changes/{id}/{of:guid?}"] = Access.Staff,
        ["staff/learning/changes/{id:guid}/notify"] = Access.Staff,
        ["staff/learning/courses/{id:guid}"] = Access.Staff,
        ["staff/learning/documents/{id}/{of:guid?}"] = Access.Staff,
        ["staff/learning/meeting"] = Access.Staff,
        ["staff/learning/meetings"] = Access.Staff,
        ["staff/learning/meetings/{id:guid}"] = Access.Staff,
        ["staff/learning/needs"] = Access.Staff,
        ["staff/learning/needs/{id}"] = Access.Staff,
        ["staff/learning/needs/merge"] = Access.Staff,
        ["staff/learning/needs/stand"] = Access.Staff,
        ["staff/learning/notices/{id:guid}"] = Access.Staff,
        ["staff/learning/notices/{id:guid}/withdraw"] = Access.Staff,
        ["staff/learning/observations/{id}/{of:guid?}"] = Access.Staff,
        ["staff/learning/priorities/{id}"] = Access.Staff,
        ["staff/learning/recommendations/{id}/{of:guid?}"] = Access.Staff,
        ["staff/learning/reviews/{id}/{of:guid?}"] = Access.Staff,
        ["staff/learning/sources"] = Access.Staff,
        ["staff/learning/sources/{id}"] = Access.Staff,
        ["staff/learning/themes"] = Access.Staff,
        ["staff/learning/themes/{id}"] = Access.Staff,
        ["staff/providers/{id:guid}/quality"] = Access.Staff,
    };
}
