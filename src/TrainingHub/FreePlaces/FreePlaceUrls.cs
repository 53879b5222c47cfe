using TrainingHub.Catalogue;

namespace TrainingHub.FreePlaces;

/// <summary>Addresses of this room, without the host.</summary>
internal static class FreePlaceUrls
{
    public const string Policy = "/free-places";
    public const string Apply = "/free-places/apply";
    public const string Applied = "/free-places/applied";
    public const string FreeForEveryone = CatalogueUrls.Courses + "?fee=free";

    public static string PrivateLink(string token) => $"/free-places/a/{token}";

    /// <summary>For a browser that has opened the private link of the application or of its booking.</summary>
    public static string Application(Guid id) => $"/free-places/application/{id}";

    public const string StaffApplications = "/staff/free-places";
    public const string StaffAwards = StaffApplications + "/awards";
    public const string StaffPolicies = StaffApplications + "/policies";

    public static string StaffApplication(Guid id) => $"{StaffApplications}/{id}";
    public static string StaffEvidence(Guid id) => $"{StaffApplications}/evidence/{id}";
    public static string StaffAward(Guid id) => $"{StaffAwards}/{id}";
    public static string StaffPolicy(Guid id) => $"{StaffPolicies}/{id}";
}
