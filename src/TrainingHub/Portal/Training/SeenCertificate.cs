using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Platform;

namespace TrainingHub.Portal;

/// <summary>A certificate in force, as its holder or a training lead sees it.</summary>
internal sealed record SeenCertificate(Guid Id, Guid PlaceId, Guid? PersonId, string Name, string Course, DateOnly[] Days, bool IsPart, DateTimeOffset IssuedAt, DateOnly? ValidUntil, string Number, string Code)
{
    public const int SoonDays = 90;

    /// <summary>Those of these places that are in force, by what ends first; what has no end comes last.</summary>
    public static IQueryable<SeenCertificate> Of(TrainingHubDb db, IQueryable<Place> places) =>
        from certificate in db.Certificates.AsNoTracking()
        join place in places on certificate.PlaceId equals place.Id
        where certificate.State == CertificateState.Issued && db.EarnedCertificates.Any(earned => earned.PlaceId == place.Id)
        orderby certificate.ValidUntil == null, certificate.ValidUntil, certificate.PersonName, certificate.Number
        select new SeenCertificate(
            certificate.Id, place.Id, place.PersonId, certificate.PersonName ?? "", certificate.CourseTitle, certificate.Days, certificate.IsPart, certificate.IssuedAt, certificate.ValidUntil,
            certificate.Number, certificate.Code);

    public bool IsExpiredOn(DateOnly today) => ValidUntil < today;

    public bool EndsSoon(DateOnly today) => ValidUntil is { } until && until >= today && until <= today.AddDays(SoonDays);

    public string CourseWords => IsPart ? $"{Course}, in part" : Course;

    /// <summary>"Valid until 3 March 2030", "Expired on …", "No end date".</summary>
    public string UntilWords(DateOnly today) => ValidUntil is not { } until ? "No end date" : $"{(until < today ? "Expired on" : "Valid until")} {London.Words(until)}";
}
