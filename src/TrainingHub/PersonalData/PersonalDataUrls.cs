namespace TrainingHub.PersonalData;

internal static class PersonalDataUrls
{
    public const string Requests = "/staff/data-requests";
    public const string New = Requests + "/new";

    public static string Request(Guid id) => $"{Requests}/{id}";

    public static string Find(Guid id) => $"{Requests}/{id}/find";

    public static string Copy(Guid id) => $"{Requests}/{id}/copy";

    public static string Erase(Guid id) => $"{Requests}/{id}/erase";

    /// <summary>The public form for a complaint about how data is handled.</summary>
    public const string Complain = "/privacy/complaint";

    public const string Complained = Complain + "/sent";

    public static string Acknowledge(Guid id) => $"{Requests}/{id}/acknowledge";

    public static string Answer(Guid id) => $"{Requests}/{id}/answer";

    public static string Extend(Guid id) => $"{Requests}/{id}/extend";

    /// <summary>A new request of somebody on record, whose record is ticked already.</summary>
    public static string NewFor(Guid person) => $"{New}?person={person}";
}
