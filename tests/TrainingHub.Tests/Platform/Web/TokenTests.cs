using TrainingHub.Tests.House;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>What stands on what, in every brand: text 4.5:1 (WCAG 2.2, 1.4.3), edges and marks 3:1 (1.4.11).</summary>
public sealed class TokenTests
{
    private static readonly (string Text, string[] On)[] Words =
    [
        ("ink", ["paper", "mist", "line", "accent", "accent-tint", "action-tint", "focus"]),
        ("quiet", ["paper", "mist"]),
        ("paper", ["brand", "action", "action-dark", "bad"]),
        ("brand", ["paper", "mist", "brand-tint"]),
        ("action", ["paper", "mist", "action-tint", "accent-tint"]),
        ("action-dark", ["paper", "mist", "action-tint", "accent-tint"]),
        ("good", ["paper", "good-tint"]),
        ("calm", ["calm-tint"]),
        ("bad", ["paper", "mist", "bad-tint"]),
    ];

    private static readonly (string Mark, string[] On)[] Marks =
    [
        ("edge", ["paper", "mist"]),
        ("accent", ["brand"]),
        ("action", ["paper", "mist"]),
        ("brand", ["paper", "mist"]),
        ("bad", ["paper", "mist"]),
    ];

    [Fact]
    public void Tokens_TextOnItsGround_CanBeRead() => Verdict.NoFaults(Faults(Words, 4.5));

    [Fact]
    public void Tokens_EdgesAndMarks_StandOut() => Verdict.NoFaults(Faults(Marks, 3));

    [Fact]
    public void Tokens_EveryColour_IsLookedAt()
    {
        var looked = Words.Concat(Marks).SelectMany(pair => pair.On.Append(pair.Item1)).ToHashSet();

        Verdict.NoFaults(Tokens.Brands.SelectMany(brand => brand.Value.Keys).Distinct().Where(name => !looked.Contains(name)));
    }

    [Fact]
    public void Tokens_AsRead_HaveBothBrands()
    {
        Assert.Equal(["", "harbour"], Tokens.Brands.Keys);
        Assert.NotEqual(Tokens.Brands[""]["brand"], Tokens.Brands["harbour"]["brand"]);
        Assert.Equal(21, Tokens.Contrast("#000000", "#ffffff"), 3);
    }

    private static IEnumerable<string> Faults((string Name, string[] On)[] pairs, double least) =>
        from brand in Tokens.Brands
        from pair in pairs
        from ground in pair.On
        let contrast = Tokens.Contrast(brand.Value[pair.Name], brand.Value[ground])
        where contrast < least
        select FormattableString.Invariant($"{brand.Key} {pair.Name} on {ground}: {contrast:0.00}, wanted {least}");
}
