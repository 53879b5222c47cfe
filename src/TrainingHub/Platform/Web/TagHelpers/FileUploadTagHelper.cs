using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>One file. The form needs <c>enctype="multipart/form-data"</c>. Without JavaScript it is the browser's own control.</summary>
[HtmlTargetElement("th-file-upload", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FileUploadTagHelper : FieldTagHelper
{
    /// <summary>A field onto which a file can be dropped, where scripts run.</summary>
    [HtmlAttributeName("drop-zone")]
    public bool DropZone { get; set; } = true;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var input = Html.Void(
            "input",
            ("class", "govuk-file-upload"), ("id", FieldId), ("name", FieldName), ("type", "file"), ("aria-describedby", DescribedByIds()));
        WithWrittenAttributes(input, output, Error is null ? null : "govuk-file-upload--error");
        IHtmlContent control = DropZone
            ? Html.El("div", input, ("class", "govuk-file-upload-wrapper"), ("data-module", "govuk-file-upload"))
            : input;
        WriteGroup(output, Html.All(LabelElement(), HintAndError(), control));
    }
}
