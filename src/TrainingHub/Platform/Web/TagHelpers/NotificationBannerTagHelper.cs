using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>A message above the page's heading: <c>text</c> for one line, or content inside. Nothing when both are empty.</summary>
[HtmlTargetElement("th-notification-banner")]
public sealed class NotificationBannerTagHelper : TagHelper
{
    [HtmlAttributeName("text")]
    public string? Text { get; set; }

    /// <summary>It worked: announced at once and focused.</summary>
    [HtmlAttributeName("success")]
    public bool Success { get; set; }

    [HtmlAttributeName("title")]
    public string? Title { get; set; }

    [HtmlAttributeName("title-id")]
    public string TitleId { get; set; } = "govuk-notification-banner-title";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var inside = await output.GetChildContentAsync();
        if (string.IsNullOrEmpty(Text) && inside.IsEmptyOrWhiteSpace)
        {
            output.SuppressOutput();
            return;
        }
        var title = Title ?? (Success ? "Success" : "Important");
        var heading = Html.El("h2", title, ("class", "govuk-notification-banner__title"), ("id", TitleId));
        var content = string.IsNullOrEmpty(Text)
            ? Html.El("div", inside, ("class", "govuk-notification-banner__content"))
            : Html.El(
                "div", Html.El("p", Text, ("class", "govuk-notification-banner__heading")), ("class", "govuk-notification-banner__content"));

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute(
            "class", Html.Classes("govuk-notification-banner", Success ? "govuk-notification-banner--success" : null, Html.WrittenClass(output)));
        output.Attributes.SetAttribute("role", Success ? "alert" : "region");
        output.Attributes.SetAttribute("aria-labelledby", TitleId);
        output.Attributes.SetAttribute("data-module", "govuk-notification-banner");
        output.Content.SetHtmlContent(Html.All(Html.El("div", heading, ("class", "govuk-notification-banner__header")), content));
    }
}
