using TrainingHub.Catalogue;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>What visitors of this programme type, and the course that has to come first.</summary>
public sealed class SearchTableTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    private const string L2 = "safeguarding-level-2-foundation";
    private const string Wt = "working-together-initial";
    private const string Wtu = "working-together-update";
    private const string Sr = "safer-recruitment";
    private const string Sru = "safer-recruitment-update";
    private const string Ma = "managing-allegations";
    private const string Os = "online-safety";
    private const string Met = "missing-exploited-and-trafficked-children";
    private const string Ce = "child-exploitation-basic-awareness";
    private const string Tip = "trauma-informed-practice-introduction";
    private const string Da = "domestic-abuse";
    private const string Csa = "introduction-to-intrafamilial-child-sexual-abuse";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("saftey", Os)]
    [InlineData("online saftey", Os)]
    [InlineData("neglet", "neglect")]
    [InlineData("NEGLECT", "neglect")]
    [InlineData("néglect", "neglect")]
    [InlineData("level2", L2)]
    [InlineData("level 2", L2)]
    [InlineData("L2", L2)]
    [InlineData("l 2", L2)]
    [InlineData("lvl 2", L2)]
    [InlineData("level 1", L2)]
    [InlineData("level 3", Wt)]
    [InlineData("level3", Wt)]
    [InlineData("working togther", Wt)]
    [InlineData("workign together", Wt)]
    [InlineData("working together update", Wtu)]
    [InlineData("WT update", Wtu)]
    [InlineData("working together refresher", Wtu)]
    [InlineData("refresher", Wtu)]
    [InlineData("child protection", L2)]
    [InlineData("child-protection", L2)]
    [InlineData("child protection conference", Wt)]
    [InlineData("safegaurding", L2)]
    [InlineData("safeguarding children", L2)]
    [InlineData("basic safeguarding", L2)]
    [InlineData("foundation", L2)]
    [InlineData("FGM", Da)]
    [InlineData("forced marriage", Da)]
    [InlineData("nursery", L2)]
    [InlineData("childminder", L2)]
    [InlineData("early years", L2)]
    [InlineData("SEND", "neglect")]
    [InlineData("special needs", "neglect")]
    [InlineData("designated safeguarding lead", Wt)]
    [InlineData("DSL", Wt)]
    [InlineData("dsl training", Wt)]
    [InlineData("deputy dsl", Wt)]
    [InlineData("LADO", Ma)]
    [InlineData("allegations", Ma)]
    [InlineData("alegations", Ma)]
    [InlineData("low-level concerns", Ma)]
    [InlineData("safer recruitment", Sr)]
    [InlineData("safer recruitment update", Sru)]
    [InlineData("safe recruiting", Sr)]
    [InlineData("recrutment", Sr)]
    [InlineData("DBS", Sr)]
    [InlineData("interview panel", Sr)]
    [InlineData("domestic violence", Da)]
    [InlineData("domestic abuse", Da)]
    [InlineData("coercive control", Da)]
    [InlineData("county lines", Ce)]
    [InlineData("CSE", Ce)]
    [InlineData("missing children", Met)]
    [InlineData("traficking", Met)]
    [InlineData("modern slavery", Met)]
    [InlineData("sextortion", Os)]
    [InlineData("social media", Os)]
    [InlineData("e-safety", Os)]
    [InlineData("trauma", Tip)]
    [InlineData("ACEs", Tip)]
    [InlineData("child sexual abuse", Csa)]
    [InlineData("intrafamilial", Csa)]
    [InlineData("graded care profile", "neglect")]
    [InlineData("bruising", "neglect")]
    [InlineData("thresholds", Wt)]
    [InlineData("baby", "neglect")]
    [InlineData("sleep", "neglect")]
    [InlineData("bullying", Os)]
    [InlineData("gypsy", "gypsy-roma-and-traveller-awareness")]
    [InlineData("neglect training please", "neglect")]
    public async Task Find_WhatPeopleType_GivesTheRightCourseFirst(string typed, string slug)
    {
        var found = await FindAsync(typed);

        Assert.Equal(slug, found.Courses.Select(card => card.Course.Slug).FirstOrDefault());
    }

    [Theory]
    [InlineData("saturday", "when", "saturday")]
    [InlineData("Saturdays", "when", "saturday")]
    [InlineData("weekend", "when", "weekend")]
    [InlineData("evening", "when", "twilight")]
    [InlineData("online", "delivery", "online")]
    [InlineData("face to face", "delivery", "in-person")]
    [InlineData("free", "fee", "free")]
    [InlineData("Poole", "town", "poole")]
    [InlineData("weymouth", "town", "weymouth")]
    [InlineData("Dorset", "area", "dorset")]
    [InlineData("half day", "length", "half-day")]
    public async Task Find_WordThatIsAFilter_IsTakenForIt(string typed, string name, string value)
    {
        var found = await FindAsync(typed);

        var taken = Assert.Single(found.Answer!.Filters);
        Assert.Equal((name, value, false), (taken.Name, taken.Value, found.Answer.IsWithoutFilters));
        Assert.NotEmpty(found.Courses);
    }

    [Fact]
    public async Task Find_TownAndSubject_GivesTheSubjectsDatesThere()
    {
        var found = await FindAsync("working together poole");

        Assert.NotEmpty(found.Courses);
        Assert.All(found.Courses.SelectMany(card => card.Dates), date => Assert.Equal("Poole", date.Town));
        Assert.All(found.Courses, card => Assert.Contains("Working Together", card.Course.Title, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Find_FilterWordOfATitle_StaysAWord()
    {
        var found = await FindAsync("online safety");

        Assert.Empty(found.Answer!.Filters);
        Assert.Equal(Os, found.Courses[0].Course.Slug);
    }

    [Fact]
    public async Task Find_FilterWordsThatFitNoDate_AreLeftOutAndItIsSaid()
    {
        var found = await FindAsync("domestic abuse sunday");

        Assert.True(found.Answer!.IsWithoutFilters);
        Assert.Equal(Da, found.Courses[0].Course.Slug);
    }

    [Fact]
    public async Task Find_SubjectWithoutSuchADate_IsSaidBeforeOthersThatHaveOne()
    {
        var found = await FindAsync("saturday neglect");

        Assert.Equal("neglect", found.Answer!.Missing?.Slug);
        Assert.All(found.Courses.SelectMany(card => card.Dates), date => Assert.Equal("Saturday", date.SlotWord));
    }

    [Fact]
    public async Task Find_ChosenFilter_IsNotTakenFromWordsToo()
    {
        var found = await FindAsync("saturday", new CatalogueFilter { When = CatalogueQuery.Whens["twilight"] });

        Assert.Empty(found.Answer!.Filters);
    }

    [Fact]
    public async Task Find_Prevent_SaysWhereItIsOffered()
    {
        var found = await FindAsync("prevent");

        Assert.Contains("Home Office", Assert.Single(found.Answer!.Says).Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_Free_LeadsToFreePlacesToo()
    {
        var found = await FindAsync("free");

        Assert.Equal("/free-places", Assert.Single(found.Answer!.Says).LinkAddress);
        Assert.Equal([Da], found.Courses.Select(card => card.Course.Slug));
    }

    [Fact]
    public async Task Find_WordWithTwoMeanings_GivesBoth()
    {
        var found = await FindAsync("SCR");

        Assert.Superset(new HashSet<string> { Sr, Wtu }, found.Courses.Select(card => card.Course.Slug).ToHashSet());
    }

    [Fact]
    public async Task Find_Mistyped_SaysWhatWasLookedFor()
    {
        var found = await FindAsync("neglet");

        Assert.Equal([("neglet", "neglect")], found.Answer!.Corrected);
    }

    [Fact]
    public async Task Find_RetiredCourses_ComeLast()
    {
        var found = await FindAsync("awareness");

        var offered = found.Courses.Select(card => card.DateCount > 0 || card.Course.OfferOrder is not null).ToList();
        Assert.Contains(false, offered);
        Assert.Equal(offered.OrderDescending(), offered);
    }

    [Theory]
    [InlineData("zzzz")]
    [InlineData("' & | ! ( ) :* \\")]
    [InlineData("\"")]
    [InlineData("%")]
    [InlineData("the and of")]
    public async Task Find_NothingFits_GivesNothingOrEverythingWithoutAnError(string typed) => Assert.NotNull((await FindAsync(typed)).Answer);

    private Task<CatalogueSearch.Found> FindAsync(string typed, CatalogueFilter? filter = null) =>
        app.WithAsync<CatalogueSearch, CatalogueSearch.Found>(search => search.FindAsync((filter ?? new()) with { Words = typed }, 1, Ct));
}
