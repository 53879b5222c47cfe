using System.ComponentModel.DataAnnotations;

namespace TrainingHub.Platform.Web;

/// <summary>On a text that pages show by <see cref="SafeMarkdown"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MarkdownAttribute : ValidationAttribute
{
    public MarkdownAttribute() => ErrorMessage = "Check this text";

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text && SafeMarkdown.WhyNot(text) is { } wrong
            ? new ValidationResult(wrong, validationContext.MemberName is { } member ? [member] : null)
            : ValidationResult.Success;
}
