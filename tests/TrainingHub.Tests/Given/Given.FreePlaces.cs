using TrainingHub.FreePlaces;
using TrainingHub.Platform.Files;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    /// <summary>An application that waits for a decision.</summary>
    public async Task<FreePlaceApplication> ApplicationAsync(string organisation) => await AddedAsync(NewApplication(organisation));

    public async Task<FreePlaceApplication> DeclinedApplicationAsync(string organisation, string reason)
    {
        var application = NewApplication(organisation);
        application.Decline(await StaffAsync(), reason, Now);
        return await AddedAsync(application);
    }

    public async Task<FreePlaceEvidence> EvidenceAsync(Guid application, string name = "constitution.pdf") => await AddedAsync(new FreePlaceEvidence
    {
        Id = Guid.CreateVersion7(),
        ApplicationId = application,
        FileName = name,
        Kind = CheckedFileKind.Pdf,
        Content = "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"u8.ToArray(),
        AddedAt = Now,
    });

    private FreePlaceApplication NewApplication(string organisation) => new()
    {
        Id = Guid.CreateVersion7(),
        Applicant = FreePlaceApplicant.RegisteredCharity,
        OrganisationName = organisation,
        RegisteredNumber = "123",
        About = "We visit families",
        CreatedAt = Now,
    };
}
