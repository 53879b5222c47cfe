using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TrainingHub.StripeDouble;

/// <summary>
/// Money that moved: <paramref name="AmountPence"/> is above nought for a charge or a dispute that was won, and below for a refund or a dispute.
/// <paramref name="Reference"/> is the session's <c>client_reference_id</c>.
/// </summary>
internal sealed record LedgerEntry(string Id, string PaymentIntent, string? Reference, long AmountPence, string Currency, long At);

/// <summary>An answer that an idempotency key remembers.</summary>
internal sealed record KeptAnswer(string Request, int Status, string Body, long At);

internal sealed record BankPayment(long SettlesAt, bool Succeeds);

/// <summary>
/// Everything that the double knows: objects in Stripe's shape, its own ledger and the idempotency keys. All use is under
/// <see cref="Gate"/>; with a state file each change is on disk before it is answered.
/// </summary>
internal sealed class Books
{
    private sealed record State(
        List<JsonObject> Objects, Dictionary<string, JsonArray> LineItems, Dictionary<string, BankPayment> Bank,
        List<LedgerEntry> Ledger, Dictionary<string, KeptAnswer> Kept);

    private readonly string? file;
    private readonly TimeProvider clock;
    private readonly State state;
    private readonly Dictionary<string, JsonObject> byId;

    public Books(StripeDoubleOptions options)
    {
        file = options.StateFile;
        clock = options.Clock;
        state = file is not null && File.Exists(file)
            ? JsonSerializer.Deserialize<State>(File.ReadAllText(file)) ?? throw new InvalidDataException($"{file} is empty.")
            : new State([], [], [], [], []);
        byId = state.Objects.ToDictionary(one => (string)one["id"]!);
    }

    public Lock Gate { get; } = new();

    public StripeSchema Schema { get; } = new();

    public Dictionary<string, JsonArray> LineItems => state.LineItems;

    public Dictionary<string, BankPayment> Bank => state.Bank;

    public List<LedgerEntry> Ledger => state.Ledger;

    public Dictionary<string, KeptAnswer> Kept => state.Kept;

    public long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    public static string NewId(string prefix) => prefix + RandomNumberGenerator.GetHexString(24, lowercase: true);

    public JsonObject Add(JsonObject item)
    {
        Schema.Check((string)item["object"]!, item);
        state.Objects.Add(item);
        byId.Add((string)item["id"]!, item);
        return item;
    }

    /// <summary>The object with that id and kind, or Stripe's 404.</summary>
    public JsonObject Get(string kind, string id, string param) =>
        byId.GetValueOrDefault(id) is { } found && (string?)found["object"] == kind ? found : throw StripeRefusal.Missing(kind, id, param);

    public IEnumerable<JsonObject> NewestFirst(string kind) =>
        Enumerable.Reverse(state.Objects).Where(one => (string?)one["object"] == kind);

    public void Forget(Func<JsonObject, bool> which)
    {
        state.Objects.Where(which).ToList().ForEach(one => byId.Remove((string)one["id"]!));
        state.Objects.RemoveAll(one => which(one));
    }

    public JsonObject? SessionOf(string paymentIntent) =>
        NewestFirst("checkout.session").FirstOrDefault(one => (string?)one["payment_intent"] == paymentIntent);

    public void Enter(string id, JsonObject intent, long amountPence) => Ledger.Add(new LedgerEntry(
        id, (string)intent["id"]!, (string?)SessionOf((string)intent["id"]!)?["client_reference_id"], amountPence, (string)intent["currency"]!, Now));

    public void Save()
    {
        if (file is null)
        {
            return;
        }

        var unfinished = file + ".new";
        using (var stream = new FileStream(unfinished, OwnerOnly()))
        {
            JsonSerializer.Serialize(stream, state);
        }

        File.Move(unfinished, file, overwrite: true);
    }

    /// <summary>The state holds buyers' addresses: nobody else on the machine reads it.</summary>
    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
