using System.Net;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Tests.People;
using Xunit;

namespace TrainingHub.Tests.Catalogue;

/// <summary>Staff say what visitors mean by what they type.</summary>
public sealed class SearchMeaningTests(CatalogueApp app) : IClassFixture<CatalogueApp>
{
    private const string List = "/staff/search-words";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_Meaning_IsFoundByVisitorsInItsOrder()
    {
        var staff = await app.BrowseAsStaffAsync();
        var neglect = await CourseAsync("neglect");
        var form = await (await staff.GetAsync(List)).FollowAsync("Add a meaning");

        var saved = await form.SubmitAsync(fields => (fields["Form.Name"], fields["Form.TypedLines"], fields["Form.CourseIds[0]"]) = ("Hoarding at home", "Clutter, diogenes\nSQUALOR", $"{neglect}"));

        Assert.Equal("Hoarding at home", saved.Heading);
        var found = await app.Browse().EventuallyAsync("/courses?q=diogenes", "Neglect");
        Assert.Equal("Neglect", found.All(".app-card__title")[0]);
        Assert.Equal("Neglect", (await app.Browse().GetAsync("/courses?q=squalor")).All(".app-card__title")[0]);
        Assert.Contains("clutter, diogenes, squalor", (await staff.GetAsync(List + "?words=squalor")).Main, StringComparison.Ordinal);
        Assert.Contains("Added", (await staff.GetAsync(saved.Address)).Main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_SentenceWithoutCourse_IsSaidToVisitors()
    {
        var staff = await app.BrowseAsStaffAsync();

        await (await staff.GetAsync(List + "/new")).SubmitAsync(fields =>
        {
            (fields["Form.Name"], fields["Form.TypedLines"]) = ("First aid", "paediatric first aid");
            (fields["Form.Says"], fields["Form.LinkWords"], fields["Form.LinkAddress"]) = ("We do not teach first aid.", "Write to us", "/contact");
        });

        var page = await app.Browse().EventuallyAsync("/courses?q=first+aid", "We do not teach first aid.");
        Assert.Contains("/contact", page.Document.QuerySelectorAll(".govuk-inset-text a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("Form.Name", "", "Enter what is meant")]
    [InlineData("Form.TypedLines", "", "Enter at least one word or phrase")]
    [InlineData("Form.TypedLines", "- & -", "Enter letters or digits that people type")]
    [InlineData("Form.Says", "", "Choose a course, or enter a sentence for visitors")]
    [InlineData("Form.LinkWords", "", "Enter the words of the link")]
    [InlineData("Form.LinkAddress", "", "Enter the address of the link")]
    [InlineData("Form.LinkAddress", "javascript:alert(1)", "Enter an address that starts with https://, or with / for a page of this site")]
    [InlineData("Form.LinkAddress", "//elsewhere.example", "Enter an address that starts with https://, or with / for a page of this site")]
    [InlineData("Form.Name", "neglect OF A HOME", "There is a meaning of this name. Add the words there, or choose another name")]
    public async Task Add_WrongValue_IsRefusedAtItsPlaceAndKeepsTheRest(string field, string value, string error)
    {
        var staff = await app.BrowseAsStaffAsync();
        await AddAsync(staff, "Neglect of a home");

        var refused = await (await staff.GetAsync(List + "/new")).SubmitAsync(fields =>
        {
            (fields["Form.Name"], fields["Form.TypedLines"], fields["Form.Says"]) = ("Something of its own", "own words", "We say something.");
            (fields["Form.LinkWords"], fields["Form.LinkAddress"]) = ("Read it", "https://www.example.org/it");
            fields[field] = value;
        });

        Assert.Equal([error], refused.Errors);
        Assert.Contains(field == "Form.TypedLines" ? "We say something." : "own words", refused.Text, StringComparison.Ordinal);
        Assert.False(await app.WithAsync((TrainingHubDb db) => db.SearchMeanings.AnyAsync(meaning => meaning.Name == "Something of its own", Ct)));
    }

    [Fact]
    public async Task Change_OfAnOlderVersion_IsRefusedAndSaysWhatWasDone()
    {
        var (slow, fast) = (await app.BrowseAsStaffAsync(), await app.BrowseAsStaffAsync());
        var address = await AddAsync(fast, "Two at once");
        var opened = await slow.GetAsync(address);
        await (await fast.GetAsync(address)).SubmitAsync(fields => fields["Form.Says"] = "The quick one.");

        var refused = await opened.SubmitAsync(fields => fields["Form.Says"] = "The slow one.");

        Assert.Contains("The slow one.", refused.Text, StringComparison.Ordinal);
        Assert.NotEmpty(refused.Errors);
        Assert.Equal("The quick one.", await app.WithAsync((TrainingHubDb db) => db.SearchMeanings.Where(meaning => meaning.Name == "Two at once").Select(meaning => meaning.Says).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Archive_Meaning_IsNotFoundAnyMoreAndComesBack()
    {
        var staff = await app.BrowseAsStaffAsync();
        var address = await AddAsync(staff, "Of no use");
        await app.Browse().EventuallyAsync("/courses?q=of+no+use", "Said for of no use.");

        await (await staff.GetAsync(address)).SubmitAsync(selector: "main form[action*=Archive]");

        Assert.DoesNotContain("Of no use", (await staff.GetAsync(List)).Main, StringComparison.Ordinal);
        Assert.Contains("Of no use", (await staff.GetAsync(List + "?show=archived")).Main, StringComparison.Ordinal);
        await app.Browse().EventuallyAsync("/courses?q=of+no+use", "courses");
        await (await staff.GetAsync(address)).SubmitAsync(selector: "main form[action*=Restore]");
        await app.Browse().EventuallyAsync("/courses?q=of+no+use", "Said for of no use.");
    }

    [Fact]
    public async Task Meaning_OfNoId_IsNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.BrowseAsStaffAsync()).GetAsync($"{List}/{Guid.NewGuid()}")).Status);

    private static async Task<string> AddAsync(TestBrowser staff, string name)
    {
        var page = await (await staff.GetAsync(List + "/new")).SubmitAsync(fields =>
            (fields["Form.Name"], fields["Form.TypedLines"], fields["Form.Says"]) = (name, name, $"Said for {name.ToLowerInvariant()}."));
        return page.Errors.Count == 0 ? page.Address : "";
    }

    private Task<Guid> CourseAsync(string slug) => app.WithAsync((TrainingHubDb db) => db.Courses.Where(course => course.Slug == slug).Select(course => course.Id).SingleAsync(Ct));
}
