using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingHub.People;

namespace TrainingHub.Catalogue;

/// <summary>An account of staff that trains for a provider: it opens the provider's dates. When the account closes the database takes the row away.</summary>
internal sealed class ProviderAccount
{
    public required Guid ProviderId { get; init; }
    public required Guid StaffUserId { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}

/// <summary>The dates that an account trains on: those that its providers deliver. Nothing else says whose a date is.</summary>
internal static class OwnDates
{
    public static IQueryable<CourseRun> Of(TrainingHubDb db, Guid account) => db.CourseRuns.Where(run => run.State != RunState.Draft
        && db.ProviderAccounts.Any(own => own.StaffUserId == account && own.ProviderId == run.ProviderId));

    /// <returns>Null for a date of another provider as for one that there is not.</returns>
    public static async Task<DateLine?> FindAsync(TrainingHubDb db, Guid account, Guid run, CancellationToken ct) =>
        await DateLines.Of(db, Of(db, account).Where(own => own.Id == run)).SingleOrDefaultAsync(ct);

    /// <summary>The accounts of a provider that are open, by name.</summary>
    public static Task<List<StaffUser>> AccountsAsync(TrainingHubDb db, Guid provider, CancellationToken ct) => db.Users.AsNoTracking()
        .Where(user => user.ClosedAt == null && db.ProviderAccounts.Any(own => own.ProviderId == provider && own.StaffUserId == user.Id))
        .OrderBy(user => user.Name).ThenBy(user => user.Id).ToListAsync(ct);
}

internal sealed class ProviderAccountMap : IEntityTypeConfiguration<ProviderAccount>
{
    public void Configure(EntityTypeBuilder<ProviderAccount> builder)
    {
        builder.HasKey(own => new { own.ProviderId, own.StaffUserId });
        builder.HasOne<Provider>().WithMany().HasForeignKey(own => own.ProviderId);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(own => own.StaffUserId);
    }
}
