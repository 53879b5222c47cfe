using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Razor.TagHelpers;
using TrainingHub.Platform.Email;

namespace TrainingHub.Platform.Web.TagHelpers;

/// <summary>One line of text. The type comes from <c>[DataType]</c> or <c>[EmailAddress]</c>; numbers get a number pad.</summary>
[HtmlTargetElement("th-input", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class InputTagHelper : FieldTagHelper
{
    [HtmlAttributeName("prefix")]
    public string? Prefix { get; set; }

    [HtmlAttributeName("suffix")]
    public string? Suffix { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var type = TypeFromModel();
        var input = Html.Void(
            "input",
            ("class", "govuk-input"), ("id", FieldId), ("name", FieldName), ("type", type), ("value", Text()),
            ("spellcheck", type == "email" ? "false" : null), ("inputmode", NumberPad()), ("aria-describedby", DescribedByIds()));
        WithWrittenAttributes(input, output, Error is null ? null : "govuk-input--error");
        WriteGroup(output, Html.All(LabelElement(), HintAndError(), Wrapped(input), type == "email" ? AskedAddress() : null));
    }

    /// <summary>With the question "Did you mean …?": the address that it is about, so that it is asked once (<see cref="AddressFields"/>).</summary>
    private HtmlElement? AskedAddress() =>
        Text() is { } address && EmailAddress.IsValid(address) && EmailSlip.MeantBy(address) is not null
        && (Error is not null || AddressFields.IsAsked(ViewContext.HttpContext.Request, address))
            ? Html.Void("input", ("type", "hidden"), ("name", AddressFields.Asked), ("value", address))
            : null;

    private HtmlElement Wrapped(HtmlElement input)
    {
        if (Prefix is null && Suffix is null)
        {
            return input;
        }

        return Html.El("div", Html.All(Affix("prefix", Prefix), input, Affix("suffix", Suffix)), ("class", "govuk-input__wrapper"));
    }

    private static HtmlElement? Affix(string kind, string? text) =>
        text is null ? null : Html.El("div", text, ("class", "govuk-input__" + kind), ("aria-hidden", "true"));

    private string TypeFromModel() => For?.Metadata.DataTypeName switch
    {
        nameof(DataType.EmailAddress) => "email",
        nameof(DataType.PhoneNumber) => "tel",
        nameof(DataType.Url) => "url",
        _ when For?.Metadata.ValidatorMetadata.OfType<EmailAddressAttribute>().Any() == true => "email",
        _ when For?.Metadata.ValidatorMetadata.OfType<PhoneAttribute>().Any() == true => "tel",
        _ => "text",
    };

    private string? NumberPad() => For?.Metadata.UnderlyingOrModelType switch
    {
        var type when type == typeof(int) || type == typeof(long) || type == typeof(short) => "numeric",
        var type when type == typeof(decimal) || type == typeof(double) => "decimal",
        _ => null,
    };
}
