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

    public CatalogueChoices Choices { get; private set; } = new(new Dictionary<string, Guid>(), new Dictionary<string, string>(), []);

    public CatalogueSearch.Found Found { get; private set; } = new([], 0, 0, null);

    public CatalogueFilter Filter { get; private set; } = new();

    public int PageNumber { get; private set; } = 1;

    public int PageCount => (Found.CourseCount + CatalogueSearch.PageSize - 1) / CatalogueSearch.PageSize;

    public IReadOnlyList<Chosen> ChosenFilters { get; private set; } = [];

    /// <summary>Filters other than the words are in use or have an error: then they are shown open.</summary>
    public bool IsFiltered => CatalogueQuery.Parameters.Any(name => name != "q" && Value(name) is not null);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Choices = (await CatalogueSnapshot.ReadAsync(cache, clock)).Choices;
        var asked = CatalogueQuery.Read(Value, Choices);
        foreach (var (name, message) in asked.Errors)
        {
            ModelState.SetModelValue(name, Value(name), Value(name));
            ModelState.AddModelError(name, message);
        }

        Filter = asked.Filter;
        ChosenFilters = [.. ChosenWords().Select(chosen => new Chosen(chosen.Words, Without(chosen.Name)))];
        PageNumber = int.TryParse(Value(CatalogueQuery.Page), out var page) && page is > 0 and < 10_000 ? page : 1;
        if (asked.Errors.Count == 0)
        {
            Found = await search.FindAsync(Filter, PageNumber, ct);
        }

        return Page();
    }

    /// <summary>The value in the address, right or wrong; null when it is empty.</summary>
    public string? Value(string name) => TidyTextBinder.Tidy(Request.Query[name].ToString()) is { Length: > 0 } value ? value : null;

    public IEnumerable<SelectListItem> Items(string name) => name switch
    {
        "when" => [new("Saturday", "saturday"), new("Sunday", "sunday"), new("Twilight: weekdays from 4pm", "twilight"), new("Weekday before 4pm", "weekday")],
        "delivery" => [new("Online", "online"), new("In person", "in-person")],
        "area" => Choices.AreaLongNames.Select(area => new SelectListItem(area.Value, area.Key.ToLowerInvariant())),
        "tag" => Choices.Tags.Select(tag => new SelectListItem(tag, tag)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private IEnumerable<(string Name, string Words)> ChosenWords()
    {
        if (Filter.Words is { } words)
        {
            yield return ("q", $"“{words}”");
        }

        foreach (var name in (string[])["when", "delivery", "area", "tag"])
        {
            var value = Value(name);
            if (value is not null && Items(name).FirstOrDefault(item => item.Value.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } item)
            {
                yield return (name, item.Text);
            }
        }

        if (Filter.FreeOnly)
        {
            yield return ("fee", "Free");
        }

        if (Filter.WithPlacesOnly)
        {
            yield return ("places", "With places left");
        }

        if (Filter.From is { } from)
        {
            yield return ("from", $"From {Platform.London.Words(from)}");
        }

        if (Filter.To is { } to)
        {
            yield return ("to", $"Until {Platform.London.Words(to)}");
        }
    }

    private string Without(string name) => CatalogueUrls.Courses + QueryString.Create(
        CatalogueQuery.Parameters.Where(other => other != name && Value(other) is not null).Select(other => KeyValuePair.Create(other, Value(other))));
}
