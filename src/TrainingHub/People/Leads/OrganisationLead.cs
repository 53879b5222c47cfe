using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.Platform.Email;

namespace TrainingHub.People;

/// <summary>
/// An address whose owner looks after the training of an organisation, and may see how its people are trained. Staff add one, or a lead
/// invites a colleague, who has to accept. An invitation lapses; so does the right of a lead who has not signed in for long.
/// </summary>
internal sealed class OrganisationLead
{
    public const int MostOfOrganisation = 20;
    public const int InvitedForDays = 30;
    public const int KeptMonths = 18;

    public required Guid Id { get; init; }
    public required Guid OrganisationId { get; init; }

    /// <summary>As <see cref="EmailAddress.KeyOf"/> gives it.</summary>
    public required string Email { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>Null while a colleague's invitation waits.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When they last signed in, or were added.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Somebody signed in: their rights do not lapse.</summary>
    public static Task<int> SeenAsync(TrainingHubDb db, string email, DateTimeOffset now, CancellationToken ct) =>
        db.OrganisationLeads.Where(lead => lead.Email == email).ExecuteUpdateAsync(set => set.SetProperty(lead => lead.SeenAt, now), ct);

    /// <summary>Organisations that are one from now on have the leads of all; an address once, with its right if it had one. Joins its caller's transaction.</summary>
    /// <param name="db"></param>
    /// <param name="kept">The one that stays.</param>
    /// <param name="merged">The others.</param>
    /// <param name="ct"></param>
    public static async Task MoveAsync(TrainingHubDb db, Guid kept, Guid[] merged, CancellationToken ct)
    {
        Guid[] all = [kept, .. merged];
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from organisation_leads lead
            using organisation_leads other
            where lead.organisation_id = any({all}) and other.organisation_id = any({all}) and other.email = lead.email
            and (other.accepted_at is null, other.id) < (lead.accepted_at is null, lead.id)
            """,
            ct);
        await db.OrganisationLeads.Where(lead => merged.Contains(lead.OrganisationId))
            .ExecuteUpdateAsync(set => set.SetProperty(lead => lead.OrganisationId, kept), ct);
    }
}

internal sealed class OrganisationLeadMap : IEntityTypeConfiguration<OrganisationLead>
{
    public void Configure(EntityTypeBuilder<OrganisationLead> builder)
    {
        builder.Property(lead => lead.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.HasIndex(lead => new { lead.OrganisationId, lead.Email }).IsUnique();
        builder.HasIndex(lead => lead.Email);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(lead => lead.OrganisationId);
    }
}
