using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Npgsql;

namespace TrainingHub.Platform;

/// <summary>
/// What was settled on screen, read once and read again when the database says that it changed (<c>settings_changed</c>): a page
/// asks no database for it. It lies on top of the configuration, so that options are bound and validated in the usual way.
/// </summary>
internal sealed class StoredSettings(NpgsqlDataSource database)
{
    private readonly Lock gate = new();
    private IConfiguration stored = new ConfigurationBuilder().Build();
    private ConfigurationReloadToken changed = new();

    /// <summary>Rings when what was read differs from what was known.</summary>
    public IChangeToken Changed => Volatile.Read(ref changed);

    public void Bind(string section, object options) => Volatile.Read(ref stored).GetSection(section).Bind(options);

    public async Task LoadAsync(CancellationToken ct)
    {
        var read = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        await using (var query = database.CreateCommand("select name, value from settings order by name limit 200"))
        await using (var rows = await query.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
            {
                // A name that is the operator's has no effect, whoever wrote the row.
                if (SettingName.IsOnScreen(rows.GetString(0)))
                {
                    read[rows.GetString(0)] = rows.GetString(1);
                }
            }
        }

        Take(read);
    }

    private void Take(Dictionary<string, string?> read)
    {
        ConfigurationReloadToken rung;
        lock (gate)
        {
            if (read.Count == stored.AsEnumerable().Count(pair => pair.Value is not null) && read.All(pair => stored[pair.Key] == pair.Value))
            {
                return;
            }

            Volatile.Write(ref stored, new ConfigurationBuilder().AddInMemoryCollection(read).Build());
            rung = changed;
            Volatile.Write(ref changed, new ConfigurationReloadToken());
        }

        rung.OnReload();
    }
}

internal static class StoredOptions
{
    /// <summary>These options may be settled on screen too: whoever asks for them gets them as they are now, not as they were at the start.</summary>
    /// <typeparam name="T">The options.</typeparam>
    public static OptionsBuilder<T> OnScreenToo<T>(this OptionsBuilder<T> options, string section)
        where T : class
    {
        options.Services.AddSingleton<IOptionsChangeTokenSource<T>, StoredChange<T>>();
        options.Services.AddSingleton<IOptions<T>, Present<T>>();
        return options.PostConfigure<StoredSettings>((value, stored) => stored.Bind(section, value));
    }

    private sealed class StoredChange<T>(StoredSettings stored) : IOptionsChangeTokenSource<T>
    {
        public string Name => Options.DefaultName;

        public IChangeToken GetChangeToken() => stored.Changed;
    }

    private sealed class Present<T>(IOptionsMonitor<T> monitor) : IOptions<T>
        where T : class
    {
        public T Value => monitor.CurrentValue;
    }
}
