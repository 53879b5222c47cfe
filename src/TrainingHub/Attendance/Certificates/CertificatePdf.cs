using TrainingHub.Bookings;
using TrainingHub.Platform.Files;

namespace TrainingHub.Attendance;

/// <summary>A certificate as a tagged PDF file, to be kept and printed.</summary>
internal static class CertificatePdf
{
    /// <param name="certificate">One whose name is held.</param>
    /// <param name="check">The absolute address at which anybody checks it.</param>
    public static byte[] Write(Certificate certificate, Uri check)
    {
        using var pdf = new PdfWriter($"{CertificateWords.Title(certificate)}: {certificate.CourseTitle}", certificate.PartnershipName);
        pdf.StrongParagraph(certificate.PartnershipName);
        pdf.Heading(CertificateWords.Title(certificate));
        pdf.Paragraph("This is to certify that");
        pdf.Subheading(certificate.PersonName ?? throw new InvalidOperationException($"Nobody's name is held for certificate {certificate.Id}."));
        pdf.Paragraph($"{CertificateWords.Attended(certificate)} the course");
        pdf.Subheading(certificate.CourseTitle);
        pdf.Facts([.. CertificateWords.Facts(certificate)]);
        pdf.Subheading("Check this certificate");
        pdf.Paragraph(
            $"Anybody can see whether it still counts. Scan the code below, or go to the address and enter {CertificateWords.Code(certificate.Code)}.");
        var code = QrCode.Of(check.AbsoluteUri);
        pdf.Squares(code.Size, code.Dark, $"QR code that leads to {check.AbsoluteUri}", points: 110);
        pdf.Link(check.AbsoluteUri, check);
        return pdf.ToBytes();
    }

    /// <summary>"certificate-7K3M9QXW.pdf": nobody's name, since files are shared.</summary>
    public static string NameOf(Certificate certificate) => $"certificate-{certificate.Number}.pdf";
}
