using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.OutputCaching;
using TrainingHub.Platform.Web;
using TrainingHub.Platform.Web.Binding;

namespace TrainingHub.Catalogue.Pages;

[OutputCache(PolicyName = PublicPages.Policy)]
internal sealed class CoursesModel(CatalogueSearch search, PageCache cache, TimeProvider clock) : PageModel
{
    /// <summary>A chosen filter in words, and the address of the same list without it.</summary>
    internal sealed record Chosen(string Words, string AddressWithout);

    public CatalogueChoices Choices { get; private set; } = CatalogueChoices.None;

    public CatalogueSearch.Found Found { get; private set; } = new([], 0, 0, null);

    public CatalogueFilter Filter { get; private set; } = new();

    /// <summary>Programmes for the words; all when the list is neither searched nor filtered.</summary>
    public IReadOnlyList<ListedProgramme> Programmes { get; private set; } = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public int PageNumber { get; private set; } = 1;

    public int PageCount => (Found.CourseCount + CatalogueSearch.PageSize - 1) / CatalogueSearch.PageSize;

    public IReadOnlyList<Chosen> ChosenFilters { get; private set; } = [];

    /// <summary>Words that were taken for filters, and fitted.</summary>
    public IReadOnlyList<WordFilter> Taken { get; private set; } = [];

    /// <summary>Filters other than the words are in use or have an error: then they are shown open.</summary>
    public bool IsFiltered => CatalogueQuery.Parameters.Any(name => name != "q" && Value(name) is not null);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var snapshot = await CatalogueSnapshot.ReadAsync(cache, clock);
        Choices = snapshot.Choices;
        var asked = CatalogueQuery.Read(Value, Choices);
        foreach (var (name, message) in asked.Errors)
        {
            ModelState.SetModelValue(name, Value(name), Value(name));
            ModelState.AddModelError(name, message);
        }

        Filter = asked.Filter;
        PageNumber = int.TryParse(Value(CatalogueQuery.Page), out var page) && page is > 0 and < 10_000 ? page : 1;
        if (asked.Errors.Count == 0)
        {
            Found = await search.FindAsync(Filter, PageNumber, ct);
            Taken = Found.Answer is { IsWithoutFilters: false } answer ? answer.Filters : [];
            Programmes = Filter.Words is { } words ? [.. snapshot.Programmes.Where(programme => programme.Fits(words))] : IsFiltered ? [] : snapshot.Programmes;
        }

        ChosenFilters = [
            .. FilterWords.Of(Filter, Choices, Value).Select(chosen => new Chosen(chosen.Words, Without(chosen.Name))),
            .. Taken.Select(taken => new Chosen(FilterWords.Of(taken, Choices), WithoutWords(taken)))];
        return Page();
    }

    /// <summary>The value in the address, right or wrong; null when it is empty.</summary>
    public string? Value(string name) => TidyTextBinder.Tidy(Request.Query[name].ToString()) is { Length: > 0 } value ? value : null;

    public IEnumerable<SelectListItem> Items(string name) => FilterWords.Items(name, Choices);

    /// <summary>A course with the filters of this list, so that its page can show the dates that fit.</summary>
    public string Course(string slug) => CatalogueUrls.Course(slug) + FilterWords.Query(name => Value(name) ?? Taken.FirstOrDefault(taken => taken.Name == name)?.Value);

    // "Saturday neglect" without Saturday is "neglect".
    private string WithoutWords(WordFilter taken)
    {
        var rest = string.Join(' ', TypedWords.Split(Value("q") ?? "").Except(taken.Typed));
        return CatalogueUrls.Courses + FilterWords.Query(name => name == "q" ? (rest.Length == 0 ? null : rest) : Value(name));
    }

    private string Without(string name) => CatalogueUrls.Courses + QueryString.Create(
        CatalogueQuery.Parameters.Where(other => other != name && Value(other) is not null).Select(other => KeyValuePair.Create(other, Value(other))));
}
