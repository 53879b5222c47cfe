using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using TrainingHub.Platform.Web;
using TrainingHub.Platform.Web.Binding;

namespace TrainingHub.Catalogue.Pages;

[OutputCache(PolicyName = PublicPages.Policy)]
internal sealed class CoursesModel(CatalogueSearch search, PageCache cache, TimeProvider clock, IOptions<SiteOptions> site) : PageModel
{
    /// <summary>A chosen filter or order in words, and the address of the same list without it.</summary>
    internal sealed record Chosen(string Words, string AddressWithout);

    private readonly Dictionary<string, string?> values = new(StringComparer.Ordinal);

    public SiteOptions Site => site.Value;

    public CatalogueChoices Choices { get; private set; } = CatalogueChoices.None;

    public CatalogueSearch.Found Found { get; private set; } = new([], 0, 0, null);

    public CatalogueFilter Filter { get; private set; } = new();

    /// <summary>Programmes for the words; all when the list is neither searched nor filtered.</summary>
    public IReadOnlyList<ListedProgramme> Programmes { get; private set; } = [];

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public int PageNumber { get; private set; } = 1;

    public int PageCount => IsByDate
        ? (Found.DateCount + CatalogueSearch.DatesPageSize - 1) / CatalogueSearch.DatesPageSize
        : (Found.CourseCount + CatalogueSearch.PageSize - 1) / CatalogueSearch.PageSize;

    /// <summary>All fitting dates in their order, instead of courses with their next ones.</summary>
    public bool IsByDate => Value(CatalogueQuery.By) == "date";

    /// <summary>Of one page, when they are shown by date.</summary>
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];

    /// <summary>The months in which there are dates, and whether one is chosen, when they are shown by date.</summary>
    public IReadOnlyList<(DateOnly First, bool IsChosen)> Months { get; private set; } = [];

    public string StructuredData { get; private set; } = "";

    public IReadOnlyList<Chosen> ChosenFilters { get; private set; } = [];

    /// <summary>Words that were taken for filters, and fitted.</summary>
    public IReadOnlyList<WordFilter> Taken { get; private set; } = [];

    /// <summary>Filters other than the words are in use or have an error: then they are shown open.</summary>
    public bool IsFiltered => CatalogueQuery.Parameters.Append(CatalogueQuery.Order).Any(name => name != "q" && Value(name) is not null);

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
            if (IsByDate)
            {
                (Dates, Found) = await search.FindDatesAsync(Filter, PageNumber, ct);
                Months = [.. (await LiveDates.ReadAsync(cache, clock)).Months
                    .Select(month => (month, Filter.From == month && Filter.To == month.AddMonths(1).AddDays(-1)))];
            }
            else
            {
                Found = await search.FindAsync(Filter, PageNumber, ct);
            }

            StructuredData = Catalogue.StructuredData.OfList(Found.Courses.Select(card => (card.Course.Title, CatalogueUrls.Course(card.Course.Slug))), site.Value.Absolute);
            Taken = Found.Answer is { IsWithoutFilters: false } answer ? answer.Filters : [];
            Programmes = Filter.Words is { } words ? [.. snapshot.Programmes.Where(programme => programme.Fits(words))] : IsFiltered ? [] : snapshot.Programmes;
        }

        ChosenFilters = [
            .. FilterWords.Of(Filter, Choices, Value).Select(chosen => new Chosen(chosen.Words, Without(chosen.Name))),
            .. Taken.Select(taken => new Chosen(FilterWords.Of(taken, Choices), WithoutWords(taken))),
            .. ChosenOrder()];
        return Page();
    }

    /// <summary>The value in the address, right or wrong; null when it is empty.</summary>
    public string? Value(string name)
    {
        if (!values.TryGetValue(name, out var value))
        {
            value = TidyTextBinder.Tidy(Request.Query[name].ToString()) is { Length: > 0 } typed ? typed : null;
            values[name] = value;
        }

        return value;
    }

    /// <summary>What the lists of the form depend on.</summary>
    public string ListsKey => string.Join('|', CatalogueQuery.Choices.Select(Value).Prepend($"{Choices.Mark}"));

    public IEnumerable<SelectListItem> Items(string name) => FilterWords.Items(name, Choices);

    /// <summary>A course with the filters of this list, so that its page can show the dates that fit.</summary>
    public string Course(string slug) => CatalogueUrls.Course(slug) + FilterWords.Query(name => Value(name) ?? Taken.FirstOrDefault(taken => taken.Name == name)?.Value);

    // "Saturday neglect" without Saturday is "neglect".
    private string WithoutWords(WordFilter taken)
    {
        var rest = string.Join(' ', TypedWords.Split(Value("q") ?? "").Except(taken.Typed));
        return AddressOf(name => name == "q" ? (rest.Length == 0 ? null : rest) : Value(name));
    }

    /// <summary>The same list by course, or by date.</summary>
    public string Shown(string? by) => AddressOf(name => name == CatalogueQuery.By ? by : Value(name));

    /// <summary>The same list of one month, or of all when it is the one that is shown.</summary>
    public string Month(DateOnly first, bool isChosen) => AddressOf(name => name switch
    {
        "from" => isChosen ? null : Written(first),
        "to" => isChosen ? null : Written(first.AddMonths(1).AddDays(-1)),
        _ => Value(name),
    });

    // As it is written in the form's fields.
    private static string Written(DateOnly day) => day.ToString("d/M/yyyy", CultureInfo.InvariantCulture);

    // Dates have one order.
    private IEnumerable<Chosen> ChosenOrder() => IsByDate ? [] : FilterWords.Items(CatalogueQuery.Order, Choices)
        .Where(item => item.Value.Equals(Value(CatalogueQuery.Order), StringComparison.OrdinalIgnoreCase))
        .Select(item => new Chosen(item.Text, Without(CatalogueQuery.Order)));

    // Without a place to start from there is no distance, and nothing is nearest.
    private string Without(string name) => AddressOf(other =>
        other == name || (name == "near" && (other == "within" || (other == CatalogueQuery.Order && Filter.Order == CourseOrder.Nearest))) ? null : Value(other));

    private static string AddressOf(Func<string, string?> value) => CatalogueUrls.Courses + QueryString.Create(
        CatalogueQuery.Parameters.Concat([CatalogueQuery.By, CatalogueQuery.Order]).Where(name => value(name) is not null).Select(name => KeyValuePair.Create(name, value(name))));
}
