using System.Collections.Concurrent;

namespace TrainingHub.Platform.Web;

/// <summary>
/// What public pages are made of, read once for all visitors and thrown away when the database says that it changed. The times
/// here only matter when the database cannot say so.
/// </summary>
internal sealed class PageCache(IServiceScopeFactory scopes)
{
    private static readonly TimeSpan LiveLife = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Type, Reading> readings = new();

    /// <summary>Courses, dates, lists: changed a few times a year.</summary>
    public Task<T> GetAsync<T>(Func<TrainingHubDb, Task<T>> read)
        where T : class => GetAsync(read, PublicPages.Life);

    /// <summary>What changes with every booking.</summary>
    public Task<T> GetLiveAsync<T>(Func<TrainingHubDb, Task<T>> read)
        where T : class => GetAsync(read, LiveLife);

    public void Forget() => readings.Clear();

    public void ForgetLive()
    {
        foreach (var (type, reading) in readings)
        {
            if (reading.Life == LiveLife)
            {
                readings.TryRemove(KeyValuePair.Create(type, reading));
            }
        }
    }

    // One reading for all who ask at the same time; a failed one is not kept.
    private async Task<T> GetAsync<T>(Func<TrainingHubDb, Task<T>> read, TimeSpan life)
        where T : class
    {
        if (!readings.TryGetValue(typeof(T), out var known) || known.IsOld)
        {
            var fresh = new Reading(async () => await ReadAsync(read), life);
            known = readings.AddOrUpdate(typeof(T), fresh, (_, other) => other.IsOld ? fresh : other);
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

    private sealed class Reading(Func<Task<object>> read, TimeSpan life)
    {
        private readonly long begun = Environment.TickCount64;
        private readonly Lazy<Task<object>> value = new(read);

        public TimeSpan Life => life;

        public Task<object> Value => value.Value;

        public bool IsOld => Environment.TickCount64 - begun > life.TotalMilliseconds;
    }
}
