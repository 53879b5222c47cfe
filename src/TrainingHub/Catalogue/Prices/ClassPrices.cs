using System.Text.Json;
using TrainingHub.Platform;

namespace TrainingHub.Catalogue;

/// <summary>What one class pays for a place where everybody pays something else.</summary>
/// <param name="PayerClassId"></param>
/// <param name="Words">Who that is, after "for".</param>
/// <param name="Pence">For one place.</param>
internal sealed record ClassPrice(Guid PayerClassId, string Words, int Pence);

/// <summary>The prices of other classes beside everybody's, in their order, at least one; written by the view run_prices.</summary>
internal sealed class ClassPrices : IEquatable<ClassPrices>
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private ClassPrices(IReadOnlyList<ClassPrice> all) => All = all;

    public IReadOnlyList<ClassPrice> All { get; }

    /// <summary>"£82 for organisations outside the county", one for each class.</summary>
    public IEnumerable<string> Words => All.Select(one => $"{new Money(one.Pence)} for {one.Words}");

    public static ClassPrices Read(string json) =>
        new(JsonSerializer.Deserialize<IReadOnlyList<ClassPrice>>(json, Json) ?? throw new JsonException("Prices of classes without any."));

    public string Write() => JsonSerializer.Serialize(All, Json);

    /// <returns>Null when the class pays what everybody pays.</returns>
    public ClassPrice? Of(Guid payerClassId) => All.FirstOrDefault(one => one.PayerClassId == payerClassId);

    public bool Equals(ClassPrices? other) => other is not null && All.SequenceEqual(other.All);

    public override bool Equals(object? obj) => Equals(obj as ClassPrices);

    public override int GetHashCode() => All.Aggregate(0, HashCode.Combine);
}
