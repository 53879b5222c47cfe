using Microsoft.EntityFrameworkCore;

namespace TrainingHub.Desk;

/// <summary>One thing that somebody has to do, by name, and the act that ends it.</summary>
/// <param name="What">"Open Hands Weymouth asks for 1 free place".</param>
/// <param name="Url">Where it is done.</param>
internal sealed record TodayTask(string What, string Url)
{
    /// <summary>What helps to decide whether it has to be done now.</summary>
    public string? Facts { get; init; }

    /// <summary>Somebody was promised it by a day that is over.</summary>
    public bool IsLate { get; init; }

    /// <summary>The day that it is about.</summary>
    public DateOnly? On { get; init; }

    /// <summary>What is done there, and where else something can be done about it.</summary>
    public IReadOnlyList<TaskLink> Links { get; init; } = [];

    /// <summary>Set when it is done by one press.</summary>
    public TaskButton? Button { get; init; }
}

internal sealed record TaskLink(string Words, string Url);

/// <summary>A form that is sent from here.</summary>
internal sealed record TaskButton(string Words, string Url, string Name, string Value);

/// <summary>Things to do of one kind, the most urgent first.</summary>
/// <param name="Title">What kind.</param>
/// <param name="Tasks">At most <see cref="Shown"/>.</param>
/// <param name="More">How many others there are, at most <see cref="MostCounted"/>.</param>
/// <param name="AllUrl">The list of all of them.</param>
internal sealed record TaskGroup(string Title, IReadOnlyList<TodayTask> Tasks, int More, string AllUrl)
{
    private const int Shown = 5;
    private const int MostCounted = 200;

    public string MoreWords => More >= MostCounted ? $"and more than {MostCounted:N0} more" : $"and {More:N0} more";

    /// <summary>The first of these rows as tasks, and how many others there are.</summary>
    /// <param name="title"></param>
    /// <param name="allUrl"></param>
    /// <param name="rows">In their order.</param>
    /// <param name="task">What a row says.</param>
    /// <param name="ct"></param>
    public static async Task<TaskGroup> OfAsync<T>(string title, string allUrl, IQueryable<T> rows, Func<T, TodayTask> task, CancellationToken ct)
    {
        var first = await rows.Take(Shown + 1).ToListAsync(ct);
        var more = first.Count <= Shown ? 0 : await rows.Skip(Shown).Take(MostCounted).CountAsync(ct);
        return new(title, [.. first.Take(Shown).Select(task)], more, allUrl);
    }

    /// <summary>The same of rows that were read.</summary>
    public static TaskGroup Of<T>(string title, string allUrl, IReadOnlyList<T> rows, Func<T, TodayTask> task) =>
        new(title, [.. rows.Take(Shown).Select(task)], Math.Min(MostCounted, Math.Max(0, rows.Count - Shown)), allUrl);
}
