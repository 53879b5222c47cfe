using System.Collections.Concurrent;

namespace TrainingHub.Platform.Web;

/// <summary>
/// What public pages are made of, read once for all visitors and thrown away when the database says that it changed. While nobody
/// listens to it, what changes with every booking is old after two seconds.
/// </summary>
internal sealed class PageCache(IServiceScopeFactory scopes)
{
    private static readonly TimeSpan UntoldLife = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Type, Reading> readings = new();

    /// <summary>Whether the database says what changed: <see cref="EvictChangedPages"/> listens.</summary>
    public bool IsTold { get; set; }

    /// <summary>Courses, dates, lists: changed a few times a year.</summary>
    public Task<T> GetAsync<T>(Func<TrainingHubDb, Task<T>> read)
        where T : class => GetAsync(read, isLive: false);

    /// <summary>What changes with every booking.</summary>
    public Task<T> GetLiveAsync<T>(Func<TrainingHubDb, Task<T>> read)
        where T : class => GetAsync(read, isLive: true);

    public void Forget() => readings.Clear();

    public void ForgetLive()
    {
        foreach (var (type, reading) in readings)
        {
            if (reading.IsLive)
            {
                readings.TryRemove(KeyValuePair.Create(type, reading));
            }
        }
    }

    // One reading for all who ask at the same time; a failed one is not kept.
    private async Task<T> GetAsync<T>(Func<TrainingHubDb, Task<T>> read, bool isLive)
        where T : class
    {
        var life = isLive && !IsTold ? UntoldLife : PublicPages.Life;
        if (!readings.TryGetValue(typeof(T), out var known) || known.IsOlderThan(life))
        {
            var fresh = new Reading(async () => await ReadAsync(read), isLive);
            known = readings.AddOrUpdate(typeof(T), fresh, (_, other) => other.IsOlderThan(life) ? fresh : other);
        }

        try
        {
            return (T)await known.Value;
        }
        catch
        {
            readings.TryRemove(KeyValuePair.Create(typeof(T), known));
            throw;
        }
    }

    private async Task<T> ReadAsync<T>(Func<TrainingHubDb, Task<T>> read)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<TrainingHubDb>());
    }

    private sealed class Reading(Func<Task<object>> read, bool isLive)
    {
        private readonly long begun = Environment.TickCount64;
        private readonly Lazy<Task<object>> value = new(read);

        public bool IsLive => isLive;

        public Task<object> Value => value.Value;

        public bool IsOlderThan(TimeSpan life) => Environment.TickCount64 - begun > life.TotalMilliseconds;
    }
}
