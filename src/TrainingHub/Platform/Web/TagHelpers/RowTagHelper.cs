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
        // What an item inside puts in the context is its own and its children's; so the row gives it something to fill.
        var end = new Part();
        context.Items[typeof(Part)] = end;
        var inside = await output.GetChildContentAsync();
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Html.Classes("app-row", Html.WrittenClass(output)));
        output.Content.SetHtmlContent(Html.All(
            On is { } day ? new DayTile(day) { IsOff = IsOff } : null,
            Html.El("div", inside, ("class", "app-row__what")),
            end.Content is null ? null : Html.El("div", end.Content, ("class", "app-row__end"))));
    }

    internal sealed class Part
    {
        public IHtmlContent? Content { get; set; }
    }
}

/// <summary>Where the row stands: places left, a state, what to do about it.</summary>
[HtmlTargetElement("th-row-end", ParentTag = "th-row")]
public sealed class RowEndTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        // Kept for the row, which writes it after everything else.
        ((RowTagHelper.Part)context.Items[typeof(RowTagHelper.Part)]).Content = await output.GetChildContentAsync();
        output.SuppressOutput();
    }
}
