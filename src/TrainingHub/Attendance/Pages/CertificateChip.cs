using TrainingHub.Platform.Web.TagHelpers;

namespace TrainingHub.Attendance.Pages;

/// <summary>The colour in which the standing of a certificate is shown, beside its word.</summary>
internal static class CertificateChip
{
    public static ChipKind Of(CertificateStanding standing) => standing switch
    {
        CertificateStanding.Valid => ChipKind.Good,
        CertificateStanding.Expired or CertificateStanding.Withdrawn => ChipKind.Trouble,
        CertificateStanding.Replaced or CertificateStanding.Forgotten => ChipKind.Plain,
    };
}
