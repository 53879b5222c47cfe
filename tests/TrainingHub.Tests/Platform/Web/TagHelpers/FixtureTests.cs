using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Razor.TagHelpers;
using TrainingHub.Platform.Web.TagHelpers;
using Xunit;

namespace TrainingHub.Tests.Platform.Web.TagHelpers;

/// <summary>
/// The package's own examples are the judge of our tags: every example that a tag can express must come out as the same
/// elements. The counts (245 of the 352) keep the translation honest: one that stops being covered is a failure. The others
/// ask for what no page here writes: HTML in labels, other languages, attributes of single items.
/// </summary>
public sealed class FixtureTests
{
    // An example that no tag of ours says, such as a limit that only a script knows.
    private static readonly Task<string?> NotOurs = Task.FromResult<string?>(null);

    private static readonly Dictionary<string, Func<Options, Task<string?>>> Tags = new()
    {
        ["input"] = Input,
        ["textarea"] = Textarea,
        ["character-count"] = options => options.Text("maxlength") is null && options.Text("maxwords") is null ? NotOurs : Textarea(options),
        ["password-input"] = Password,
        ["file-upload"] = FileUpload,
        ["select"] = Select,
        ["radios"] = options => Choices(options, new RadiosTagHelper { ViewContext = Render.View() }),
        ["checkboxes"] = options => Choices(options, new CheckboxesTagHelper { ViewContext = Render.View() }),
        ["date-input"] = Date,
        ["error-summary"] = ErrorSummary,
        ["notification-banner"] = Banner,
        ["breadcrumbs"] = Breadcrumbs,
        ["pagination"] = Pagination,
    };

    [Theory]
    [InlineData("input", 38)]
    [InlineData("textarea", 18)]
    [InlineData("character-count", 19)]
    [InlineData("password-input", 11)]
    [InlineData("file-upload", 19)]
    [InlineData("select", 17)]
    [InlineData("radios", 36)]
    [InlineData("checkboxes", 33)]
    [InlineData("date-input", 12)]
    [InlineData("error-summary", 8)]
    [InlineData("notification-banner", 17)]
    [InlineData("breadcrumbs", 11)]
    [InlineData("pagination", 6)]
    public async Task Tag_EveryExampleItCanExpress_IsTheSameAsThePackage(string component, int covered)
    {
        var (same, different) = (0, new List<string>());

        foreach (var fixture in Fixture.Of(component))
        {
            var html = await Tags[component](fixture.Options);
            if (html is null || !fixture.Options.AreAllRead)
            {
                continue;
            }

            var (expected, actual) = (NormalHtml.Of(fixture.Html), NormalHtml.Of(html));
            if (expected == actual)
            {
                same++;
            }
            else
            {
                different.Add($"{component}: {fixture.Name}\n--- package\n{expected}\n--- ours\n{actual}\n");
            }
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.Equal(covered, same);
    }

    private static Task<string?> Input(Options options)
    {
        var helper = Field(options, new InputTagHelper { ViewContext = Render.View() });
        helper.Prefix = options.Inner("prefix")?.Text("text");
        helper.Suffix = options.Inner("suffix")?.Text("text");
        return Html(helper, Written(options, "type", "autocomplete", "inputmode", "pattern", "spellcheck", "autocapitalize", "disabled"));
    }

    private static Task<string?> Textarea(Options options)
    {
        var helper = Field(options, new TextareaTagHelper { ViewContext = Render.View() });
        helper.Rows = Number(options.Text("rows")) ?? 5;
        helper.MaxCharacters = Number(options.Text("maxlength"));
        helper.MaxWords = Number(options.Text("maxwords"));
        helper.Threshold = Number(options.Text("threshold"));
        return Html(helper, Written(options, "autocomplete", "spellcheck", "disabled"));
    }

    private static Task<string?> Password(Options options) =>
        Html(Field(options, new PasswordInputTagHelper { ViewContext = Render.View() }), Written(options, "autocomplete"));

    private static Task<string?> FileUpload(Options options)
    {
        var helper = Field(options, new FileUploadTagHelper { ViewContext = Render.View() });
        helper.DropZone = options.Flag("javascript") ?? false;
        return Html(helper, Written(options, "multiple", "disabled"));
    }

    private static async Task<string?> Select(Options options)
    {
        var helper = Field(options, new SelectTagHelper { ViewContext = Render.View() });
        var items = options.List("items").Select(item => ((TagHelper)Item(item), (IHtmlContent?)null));
        return await Render.HtmlAsync(helper, Written(options, "disabled"), items);
    }

    private static async Task<string?> Choices(Options options, ChoicesTagHelper choices)
    {
        var helper = Group(options, choices);
        helper.Id = options.Text("idPrefix");
        helper.DescribedBy ??= options.Text("describedBy");
        helper.Value = options.Texts("values") ?? (object?)options.Text("value");
        return await Render.HtmlAsync(helper, Written(options), [.. options.List("items").Select(Child)]);
    }

    private static Task<string?> Date(Options options)
    {
        var prefix = options.Text("namePrefix");
        var helper = Group(options, new DateInputTagHelper { ViewContext = Render.View() });
        (helper.Id, helper.Name) = (options.Text("id"), prefix ?? "");
        var items = options.List("items");
        if (items.Length > 0 && string.Join(' ', items.Select(item => item.Text("name"))) != "day month year")
        {
            return NotOurs;
        }

        helper.Birthday = items.Length == 3 && items.All(item => item.Text("autocomplete") is not null);
        if (options.Inner("values") is { } values)
        {
            var before = prefix is null ? "" : prefix + "-";
            int? Part(string name) => Number(values.Text(before + name));
            helper.Value = Part("day") is { } day && Part("month") is { } month && Part("year") is { } year ? new DateOnly(year, month, day) : null;
        }
        return InPackageNames(Html(helper, Written(options)), prefix);
    }

    private static Task<string?> ErrorSummary(Options options)
    {
        var state = new ModelStateDictionary();
        foreach (var error in options.List("errorList"))
        {
            state.AddModelError(error.Text("href")?.TrimStart('#') ?? "", error.Text("text") ?? "");
        }

        var helper = new ErrorSummaryTagHelper { ViewContext = Render.View(state), Title = options.Text("titleText") ?? "" };
        return state.ErrorCount == 0 ? NotOurs : Html(helper, Written(options));
    }

    private static Task<string?> Banner(Options options)
    {
        var helper = new NotificationBannerTagHelper
        {
            Text = options.Text("text"),
            Title = options.Text("titleText"),
            Success = options.Text("type") == "success",
        };
        helper.TitleId = options.Text("titleId") ?? helper.TitleId;
        var inside = options.Text("html") is { } html ? new HtmlString(html) : null;
        return NullableAsync(Render.HtmlAsync(helper, Written(options), inside: inside));
    }

    private static Task<string?> Breadcrumbs(Options options)
    {
        var helper = new BreadcrumbsTagHelper { CollapseOnMobile = options.Flag("collapseOnMobile") ?? false };
        var crumbs = options.List("items").Select(item =>
            ((TagHelper)new CrumbTagHelper { ViewContext = Render.View(), Href = item.Text("href") }, Inside(item.Text("text"), item.Text("html"))));
        var attributes = Written(options);
        if (options.Text("labelText") is { } label)
        {
            attributes.Add(("aria-label", label));
        }

        return NullableAsync(Render.HtmlAsync(helper, attributes, [.. crumbs]));
    }

    private static Task<string?> Pagination(Options options)
    {
        var items = options.List("items");
        var numbers = items.Select(item => Number(item.Text("number"))).OfType<int>().ToArray();
        var current = Array.FindIndex(items, item => item.Flag("current") == true);
        // Only a run of whole numbers without a gap is what our tag shows of so few pages.
        if (current < 0 || numbers.Length != items.Length || !numbers.SequenceEqual(Enumerable.Range(1, items.Length)))
        {
            return NotOurs;
        }

        var (previous, next) = (options.Inner("previous")?.Text("href"), options.Inner("next")?.Text("href"));
        var addresses = items.Select(item => item.Text("href") ?? "").ToArray();
        var helper = new PaginationTagHelper { ViewContext = Render.View(), Page = current + 1, Pages = items.Length, Url = number => addresses[number - 1] };
        helper.Landmark = options.Text("landmarkLabel") ?? helper.Landmark;
        return WithArrows(Html(helper, Written(options)), previous, next);
    }

    private static T Field<T>(Options options, T helper) where T : FieldTagHelper
    {
        var label = options.Inner("label");
        helper.Label = label?.Text("text") ?? "";
        helper.LabelClass = label?.Text("classes");
        helper.PageHeading = label?.Flag("isPageHeading") ?? false;
        helper.Id = options.Text("id");
        helper.DescribedBy = options.Text("describedBy");
        helper.Value = options.Text("value");
        return Common(options, helper);
    }

    private static T Group<T>(Options options, T helper) where T : FieldTagHelper
    {
        var fieldset = options.Inner("fieldset");
        var legend = fieldset?.Inner("legend");
        helper.Label = legend?.Text("text") ?? "";
        helper.LabelClass = legend?.Text("classes");
        helper.PageHeading = legend?.Flag("isPageHeading") ?? false;
        helper.DescribedBy = fieldset?.Text("describedBy");
        return Common(options, helper);
    }

    private static T Common<T>(Options options, T helper) where T : FieldTagHelper
    {
        helper.Name = options.Text("name");
        helper.Hint = options.Inner("hint")?.Text("text");
        helper.ErrorMessage = options.Inner("errorMessage")?.Text("text");
        helper.GroupClass = options.Inner("formGroup")?.Text("classes");
        return helper;
    }

    private static (TagHelper Helper, IHtmlContent? Inside) Child(Options item)
    {
        if (item.Text("divider") is { } divider)
        {
            return (new DividerTagHelper(), new HtmlString(divider));
        }

        var conditional = item.Inner("conditional")?.Text("html");
        return (Item(item), conditional is null or "false" ? null : new HtmlString(conditional));
    }

    private static ItemTagHelper Item(Options item) => new()
    {
        Value = item.Text("value"),
        Text = item.Text("text"),
        ItemId = item.Text("id"),
        Hint = item.Inner("hint")?.Text("text"),
        Checked = item.Flag("checked") ?? item.Flag("selected"),
        Disabled = item.Flag("disabled") ?? false,
        Exclusive = item.Text("behaviour") == "exclusive",
    };

    /// <summary>Options that a page writes as plain attributes on the tag.</summary>
    private static List<(string Name, string Value)> Written(Options options, params string[] names)
    {
        List<(string, string)> written = [.. options.Inner("attributes")?.Pairs() ?? []];
        if (options.Text("classes") is { } classes)
        {
            written.Add(("class", classes));
        }

        if (options.Text("disableAutoFocus") is { } focus)
        {
            written.Add(("data-disable-auto-focus", focus));
        }

        foreach (var name in names)
        {
            if (options.Text(name) is { } value)
            {
                written.Add((name, name is "disabled" or "multiple" ? "" : value));
            }
        }
        return written;
    }

    private static Task<string?> Html(TagHelper helper, List<(string, string)> attributes) => NullableAsync(Render.HtmlAsync(helper, attributes));

    private static async Task<string?> NullableAsync(Task<string> html) => await html;

    // Our boxes are called Form.Date.Day, since the binder reads them; the package writes date-day.
    private static async Task<string?> InPackageNames(Task<string?> html, string? prefix) => (await html)?
        .Replace($"name=\"{prefix}.Day\"", $"name=\"{Before(prefix)}day\"", StringComparison.Ordinal)
        .Replace($"name=\"{prefix}.Month\"", $"name=\"{Before(prefix)}month\"", StringComparison.Ordinal)
        .Replace($"name=\"{prefix}.Year\"", $"name=\"{Before(prefix)}year\"", StringComparison.Ordinal);

    private static string Before(string? prefix) => prefix is null ? "" : prefix + "-";

    // The examples give the arrows addresses of their own.
    private static async Task<string?> WithArrows(Task<string?> html, string? previous, string? next) =>
        System.Text.RegularExpressions.Regex.Replace(
            await html ?? "", "href=\"[^\"]*\" rel=\"(prev|next)\"", match => $"href=\"{(match.Groups[1].Value == "prev" ? previous : next)}\" rel=\"{match.Groups[1].Value}\"");

    private static HtmlString? Inside(string? text, string? html) =>
        html is not null ? new HtmlString(html) : text is null ? null : new HtmlString(System.Net.WebUtility.HtmlEncode(text));

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
