using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingHub.Platform;

/// <summary>One setting that was settled on screen, in place of the configuration's value. <see cref="Name"/> is the configuration's, such as <c>Site:Name</c>.</summary>
internal sealed class Setting
{
    public const int NameLength = 60;

    public required string Name { get; init; }
    public required string Value { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
}

internal sealed class SettingMap : IEntityTypeConfiguration<Setting>
{
    public void Configure(EntityTypeBuilder<Setting> builder)
    {
        builder.HasKey(setting => setting.Name);
        builder.Property(setting => setting.Name).HasMaxLength(Setting.NameLength);
    }
}
