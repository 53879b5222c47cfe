namespace TrainingHub.Tests.House;

internal static partial class AccessMatrix
{
    private static Dictionary<string, Access> Certificates() => new()
    {
        ["certificate/{id:guid}"] = Access.PrivateLink,
        ["certificate/open/{token}"] = Access.PrivateLink,
        ["certificate/stop/{token}"] = Access.PrivateLink,
        ["certificates/{code?}"] = Access.Public,
        ["GET badges/issuer"] = Access.Public,
        ["GET badges/keys"] = Access.Public,
        ["GET badges/keys/{id}"] = Access.Public,
        ["staff/certificates"] = Access.Staff,
        ["staff/certificates/{id:guid}"] = Access.Staff,
        ["staff/certificates/{id:guid}/withdraw"] = Access.Staff,
        ["staff/dates/{run:guid}/certificates"] = Access.Staff,
    };
}
