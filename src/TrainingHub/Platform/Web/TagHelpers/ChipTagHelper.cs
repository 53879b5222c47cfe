using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>What a chip is about: the colour goes with it, the words say it.</summary>
public enum ChipKind
{
    Plain,
    Weekend,
    Twilight,
    Online,
    Good,
    New,
    Trouble,
}

/// <summary>A word or two about what stands beside it: <c>&lt;th-chip kind="Twilight"&gt;Twilight&lt;/th-chip&gt;</c>.</summary>
[HtmlTargetElement("th-chip")]
public sealed class ChipTagHelper : TagHelper
{
    [HtmlAttributeName("kind")]
    public ChipKind Kind { get; set; }

    internal static string ClassOf(ChipKind kind) => kind switch
    {
        ChipKind.Plain => "app-chip",
        ChipKind.Weekend => "app-chip app-chip--weekend",
        ChipKind.Twilight => "app-chip app-chip--twilight",
        ChipKind.Online => "app-chip app-chip--online",
        ChipKind.Good => "app-chip app-chip--good",
        ChipKind.New => "app-chip app-chip--new",
        ChipKind.Trouble => "app-chip app-chip--trouble",
    };

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "strong";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", ClassOf(Kind));
    }
}
