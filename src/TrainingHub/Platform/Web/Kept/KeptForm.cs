using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform.Web;

/// <summary>A form that was sent and could not be taken at once. Only <see cref="KeptForms"/> reads and writes it.</summary>
internal sealed class KeptForm
{
    public required Guid Id { get; init; }

    /// <summary>Of the browser's secret, without which the body cannot be read.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>Who typed it, and alone sees it.</summary>
    public required Guid StaffUserId { get; init; }
    public required byte[] Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
}

internal sealed class KeptFormMap : IEntityTypeConfiguration<KeptForm>
{
    public void Configure(EntityTypeBuilder<KeptForm> builder)
    {
        builder.HasIndex(form => new { form.StaffUserId, form.CreatedAt });
        builder.HasIndex(form => form.ExpiresAt);
    }
}

internal enum KeptWhy
{
    /// <summary>The session had ended.</summary>
    SignedOut,

    /// <summary>The person had to prove first that it is they.</summary>
    Unproved,
}

/// <summary>What was typed.</summary>
/// <param name="Why">Why it was not taken.</param>
/// <param name="Address">Where it was sent to, from the root of the host, with its query.</param>
/// <param name="Token">The form's own token: it proves that this site made the form, and for whom.</param>
/// <param name="HadFiles">Files are never kept.</param>
/// <param name="Fields">In the order of the form, a name once for each value.</param>
internal sealed record KeptContent(KeptWhy Why, string Address, string Token, bool HadFiles, IReadOnlyList<KeptField> Fields);

internal sealed record KeptField(string Name, string Value);

/// <summary>Who typed, and the secret of the browser in which they did.</summary>
internal sealed record KeptKey(Guid StaffUserId, string Secret);
