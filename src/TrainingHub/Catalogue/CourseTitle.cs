using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Catalogue;

/// <summary>A title under which a course was or is known; results under any of them belong to the one course.</summary>
internal sealed partial class CourseTitle
{
    public required Guid Id { get; init; }
    public required Guid CourseId { get; init; }
    public required string Title { get; init; }
    public required string TitleKey { get; init; }

    /// <summary>Lower case, single spaces, without the booking system's "PDSCP - " prefix and "NEW ".</summary>
    public static string KeyOf(string title) =>
        Prefix().Replace(Spaces().Replace(title.Trim().ToLowerInvariant(), " "), "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(pdscp - |new )")]
    private static partial Regex Prefix();
}

internal sealed class CourseTitleMap : IEntityTypeConfiguration<CourseTitle>
{
    public void Configure(EntityTypeBuilder<CourseTitle> builder)
    {
        builder.HasIndex(title => title.TitleKey).IsUnique();
        builder.HasOne<Course>().WithMany().HasForeignKey(title => title.CourseId);
    }
}
