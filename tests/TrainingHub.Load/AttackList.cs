using TrainingHub.Load.Attacks;
using TrainingHub.Load.Hosting;

namespace TrainingHub.Load;

/// <summary>What an attack came to, and the most that it may come to; the other way round where the least is asked for.</summary>
internal sealed record Damage(string Words, double Value, double Bound, bool IsLeast = false)
{
    public bool IsBounded => IsLeast ? Value >= Bound : Value <= Bound;

    public override string ToString() =>
        FormattableString.Invariant($"{Words} {Value:0.#} | {(IsLeast ? "at least" : "at most")} {Bound:0.#}: {(IsBounded ? "held" : "BROKEN")}");
}

/// <summary>
/// Attacks by anonymous visitors by name, as somebody would make them, on a throw-away database. Each ends by itself and says what it
/// came to.
/// </summary>
internal static class AttackList
{
    public static readonly IReadOnlyDictionary<string, Func<Stage, CancellationToken, Task<List<Damage>>>> All =
        new Dictionary<string, Func<Stage, CancellationToken, Task<List<Damage>>>>
        {
            ["sign-in-flood"] = SignInFlood.RunAsync,
            ["seats"] = SeatsAttack.RunAsync,
            ["mails"] = MailsAttack.RunAsync,
            ["drafts"] = DraftsAttack.RunAsync,
            ["rush"] = RushAttack.RunAsync,
        };

    /// <returns>Whether all that was attacked held.</returns>
    public static async Task<bool> RunAsync(StageSettings settings, string[] names, CancellationToken ct)
    {
        await using var stage = await Stage.OpenAsync(settings, ct);
        await stage.StartBoundedAppAsync(ct);
        var held = true;
        foreach (var (name, attack) in All.Where(one => names.Length == 0 || names.Contains(one.Key)))
        {
            foreach (var damage in await attack(stage, ct))
            {
                Console.WriteLine($"{name}: {damage}");
                held &= damage.IsBounded;
            }
        }

        return held;
    }
}
