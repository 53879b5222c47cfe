using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    /// <summary>Somebody who may see how the people of an organisation are trained.</summary>
    public Task<OrganisationLead> LeadAsync(Guid organisation, string email) => AddedAsync(new OrganisationLead
    {
        Id = Guid.CreateVersion7(Now),
        OrganisationId = organisation,
        Email = email.ToLowerInvariant(),
        AddedAt = Now,
        AcceptedAt = Now,
        SeenAt = Now,
    });

    /// <summary>A browser in which the address is signed in, and the code that was asked for before; nobody has the keys to either.</summary>
    public Task SignedInAsync(string email) => AddAsync(
        new AddressSession { KeyHash = Guid.NewGuid().ToByteArray(), Email = email.ToLowerInvariant(), CreatedAt = Now, LastSeenAt = Now, ExpiresAt = Now.AddHours(1) },
        new SignInCode { Id = Guid.NewGuid(), Email = email.ToLowerInvariant(), CodeHash = [1], CreatedAt = Now, ExpiresAt = Now.AddMinutes(1) });
}
