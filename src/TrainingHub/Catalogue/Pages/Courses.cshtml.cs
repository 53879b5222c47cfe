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

    public CatalogueChoices Choices { get; private set; } = new(new Dictionary<string, Guid>(), new Dictionary<string, string>(), new Dictionary<string, string>());

    public CatalogueSearch.Found Found { get; private set; } = new([], 0, 0, null);

    public CatalogueFilter Filter { get; private set; } = new();

    /// <summary>Programmes for the words; all when the list is neither searched nor filtered.</summary>
    public IReadOnlyList<ListedProgramme> Programmes { get; private set; } = [];

    public DateTimeOffset Now => clock.GetUtcNow();

    public int PageNumber { get; private set; } = 1;

    public int PageCount => (Found.CourseCount + CatalogueSearch.PageSize - 1) / CatalogueSearch.PageSize;

    public IReadOnlyList<Chosen> ChosenFilters { get; private set; } = [];

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
        ChosenFilters = [.. FilterWords.Of(Filter, Choices, Value).Select(chosen => new Chosen(chosen.Words, Without(chosen.Name)))];
        PageNumber = int.TryParse(Value(CatalogueQuery.Page), out var page) && page is > 0 and < 10_000 ? page : 1;
        if (asked.Errors.Count == 0)
        {
            Found = await search.FindAsync(Filter, PageNumber, ct);
            Programmes = Filter.Words is { } words ? [.. snapshot.Programmes.Where(programme => programme.Fits(words))] : IsFiltered ? [] : snapshot.Programmes;
        }

        return Page();
    }

    /// <summary>The value in the address, right or wrong; null when it is empty.</summary>
    public string? Value(string name) => TidyTextBinder.Tidy(Request.Query[name].ToString()) is { Length: > 0 } value ? value : null;

    public IEnumerable<SelectListItem> Items(string name) => FilterWords.Items(name, Choices);

    /// <summary>A course with the filters of this list, so that its page can show the dates that fit.</summary>
    public string Course(string slug) => CatalogueUrls.Course(slug) + FilterWords.Query(Value);

    private string Without(string name) => CatalogueUrls.Courses + QueryString.Create(
        CatalogueQuery.Parameters.Where(other => other != name && Value(other) is not null).Select(other => KeyValuePair.Create(other, Value(other))));
}
