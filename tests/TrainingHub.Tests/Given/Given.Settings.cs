using TrainingHub.Platform;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    /// <summary>A row as it stands in the table, whoever wrote it; the command is <see cref="SaveSettings"/>.</summary>
    public Task<Setting> SettingAsync(string name, string value) => AddedAsync(new Setting { Name = name, Value = value, ChangedAt = Now });
}
