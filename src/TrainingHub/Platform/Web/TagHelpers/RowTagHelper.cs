using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>
/// One item of a list of rows (<c>ul class="app-rows"</c>): the tile of a day, if it has one, what it is, and in
/// <c>th-row-end</c> where it stands. Its link says the day in words, because it is read out by itself.
/// </summary>
[HtmlTargetElement("th-row")]
public sealed class RowTagHelper : TagHelper
{
    [HtmlAttributeName("on")]
    public DateOnly? On { get; set; }

    /// <summary>What the day is for does not take place.</summary>
    [HtmlAttributeName("off")]
    public bool IsOff { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inside = await output.GetChildContentAsync();
        var end = context.Items.TryGetValue(typeof(RowEndTagHelper), out var written) ? written : null;
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Html.Classes("app-row", Html.WrittenClass(output)));
        output.Content.SetHtmlContent(Html.All(
            On is { } day ? new DayTile(day) { IsOff = IsOff } : null,
            Html.El("div", inside, ("class", "app-row__what")),
            end is null ? null : Html.El("div", end, ("class", "app-row__end"))));
    }
}

/// <summary>Where the row stands: places left, a state, what to do about it.</summary>
[HtmlTargetElement("th-row-end", ParentTag = "th-row")]
public sealed class RowEndTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        // Kept for the row, which writes it after everything else.
        IHtmlContent inside = await output.GetChildContentAsync();
        context.Items[typeof(RowEndTagHelper)] = inside;
        output.SuppressOutput();
    }
}
