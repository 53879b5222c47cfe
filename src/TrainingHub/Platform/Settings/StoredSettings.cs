using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Npgsql;

namespace TrainingHub.Platform;

/// <summary>
/// What was settled on screen, read once and read again when the database says that it changed (<c>settings_changed</c>): a page
/// asks no database for it. It lies on top of the configuration, so that options are bound and validated in the usual way.
/// </summary>
internal sealed partial class StoredSettings(NpgsqlDataSource database, ILogger<StoredSettings> logger)
{
    private readonly Lock gate = new();
    private IConfiguration stored = new ConfigurationBuilder().Build();
    private ConfigurationReloadToken changed = new();

    /// <summary>Rings when what was read differs from what was known.</summary>
    public IChangeToken Changed => Volatile.Read(ref changed);

    /// <summary>
    /// What is stored of a section, laid over its configuration as far as the options stay valid: a value that they refuse, whoever
    /// wrote the row, is left out. It must break no page.
    /// </summary>
    /// <typeparam name="T">The options.</typeparam>
    /// <param name="section">Of the configuration.</param>
    /// <param name="options">Hold what is configured.</param>
    /// <param name="make">Makes options that hold what is configured, to try values on.</param>
    /// <param name="isValid">Says whether these can be used.</param>
    public void Bind<T>(string section, T options, Func<T> make, Func<T, bool> isValid)
        where T : class
    {
        var values = Volatile.Read(ref stored).GetSection(section).AsEnumerable().Where(pair => pair.Value is not null).ToList();
        if (!Fits(values))
        {
            values = [.. values.Where(pair => Fits([pair]) || Refuse(pair.Key))];
            values = Fits(values) ? values : [];
        }

        Of(values).GetSection(section).Bind(options);

        bool Fits(List<KeyValuePair<string, string?>> some)
        {
            var tried = make();
            try
            {
                Of(some).GetSection(section).Bind(tried);
            }
            catch (InvalidOperationException)
            {
                return false;
            }

            return isValid(tried);
        }
    }

    public async Task LoadAsync(CancellationToken ct)
    {
        var read = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        await using (var query = database.CreateCommand("select name, value from settings where name not like 'Draft:%' order by name limit 200"))
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

    private static IConfigurationRoot Of(IEnumerable<KeyValuePair<string, string?>> values) => new ConfigurationBuilder().AddInMemoryCollection(values).Build();

    private bool Refuse(string name)
    {
        LogRefused(name);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The stored setting {Name} cannot be used and is left out.")]
    private partial void LogRefused(string name);

    private void Take(Dictionary<string, string?> read)
    {
        ConfigurationReloadToken rung;
        lock (gate)
        {
            if (read.Count == stored.AsEnumerable().Count(pair => pair.Value is not null) && read.All(pair => stored[pair.Key] == pair.Value))
            {
                return;
            }

            Volatile.Write(ref stored, Of(read));
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
        where T : class, new()
    {
        options.Services.AddSingleton<IOptionsChangeTokenSource<T>, StoredChange<T>>();
        options.Services.AddSingleton<IOptions<T>, Present<T>>();
        return options.PostConfigure<StoredSettings, IConfiguration, IEnumerable<IValidateOptions<T>>>((value, stored, configuration, rules) => stored.Bind(
            section, value,
            make: () =>
            {
                var configured = new T();
                configuration.GetSection(section).Bind(configured);
                return configured;
            },
            isValid: tried => rules.All(rule => !rule.Validate(Options.DefaultName, tried).Failed)));
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
