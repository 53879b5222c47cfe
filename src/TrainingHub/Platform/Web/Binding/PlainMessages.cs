using System.Collections;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace TrainingHub.Platform.Web.Binding;

/// <summary>
/// Says what to do, for every check that has no <c>ErrorMessage</c> of its own: "Enter your full name" from
/// <c>[Display(Name = "Your full name")]</c>. A label that is a question needs a message of its own.
/// </summary>
internal sealed class PlainMessages : IValidationMetadataProvider, IBindingMetadataProvider
{
    private const string Optional = " (optional)";
    private static readonly HashSet<string?> FrameworkMessages = [new EmailAddressAttribute().ErrorMessage, new PhoneAttribute().ErrorMessage];

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        var label = context.Attributes.OfType<DisplayAttribute>().FirstOrDefault()?.GetName() ?? Words(context.Key.Name ?? "this answer");
        // The label says that it may be left out; a message about what was typed does not.
        var name = label.EndsWith(Optional, StringComparison.Ordinal) ? label[..^Optional.Length] : label;
        foreach (var attribute in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
        {
            if (!HasOwnMessage(attribute))
            {
                attribute.ErrorMessage = Message(attribute, Escaped(name), context.Key.ModelType);
            }
        }
    }

    /// <summary>Of a box for a number, what was typed is wrong in one way only.</summary>
    public void CreateBindingMetadata(BindingMetadataProviderContext context)
    {
        if ((Nullable.GetUnderlyingType(context.Key.ModelType) ?? context.Key.ModelType) == typeof(int))
        {
            context.BindingMetadata.ModelBindingMessageProvider?.SetAttemptedValueIsInvalidAccessor((_, name) => Sentence(name) + " must be a number");
        }
    }

    // Some checks come with a message of the framework's; only another one was written for the page.
    private static bool HasOwnMessage(ValidationAttribute attribute) =>
        attribute.ErrorMessageResourceName is not null
        || (attribute.ErrorMessage is { } message && !FrameworkMessages.Contains(message));

    /// <summary>"Your full name" → "your full name"; "PO number" stays as it is.</summary>
    public static string InSentence(string name) =>
        name.Length > 1 && char.IsUpper(name[0]) && char.IsUpper(name[1]) ? name : char.ToLowerInvariant(name[0]) + name[1..];

    public static void Use(DefaultModelBindingMessageProvider messages)
    {
        messages.SetValueMustNotBeNullAccessor(_ => "Enter an answer");
        messages.SetMissingBindRequiredValueAccessor(name => "Enter " + InSentence(name));
        messages.SetMissingKeyOrValueAccessor(() => "Enter an answer");
        messages.SetValueMustBeANumberAccessor(name => name + " must be a number");
        messages.SetAttemptedValueIsInvalidAccessor((_, name) => Sentence(name) + " is not in a form that we understand");
        messages.SetUnknownValueIsInvalidAccessor(name => Sentence(name) + " is not in a form that we understand");
        messages.SetValueIsInvalidAccessor(_ => "This is not in a form that we understand");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => "This is not in a form that we understand");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "This is not in a form that we understand");
        messages.SetNonPropertyValueMustBeANumberAccessor(() => "This must be a number");
    }

    private static string? Message(ValidationAttribute attribute, string name, Type type) => attribute switch
    {
        RequiredAttribute => Asks(type) + InSentence(name),
        EmailAddressAttribute => "Enter an email address in the correct format, like name@example.com",
        PhoneAttribute => "Enter a phone number, like 01632 960 001",
        StringLengthAttribute { MinimumLength: > 0 } => name + " must be between {2} and {1} characters",
        StringLengthAttribute => name + " must be {1} characters or fewer",
        MaxLengthAttribute when type == typeof(string) => name + " must be {1} characters or fewer",
        MinLengthAttribute when type == typeof(string) => name + " must be {1} characters or more",
        RangeAttribute => name + " must be between {1} and {2}",
        RegularExpressionAttribute => name + " must be in the correct format",
        CompareAttribute => name + " must be the same both times",
        _ => null,
    };

    private static string Asks(Type type)
    {
        if (type == typeof(IFormFile))
        {
            return "Choose ";
        }

        var inner = Nullable.GetUnderlyingType(type) ?? type;
        var isChosen = inner.IsEnum || inner == typeof(bool) || (inner != typeof(string) && typeof(IEnumerable).IsAssignableFrom(inner));
        return isChosen ? "Select " : "Enter ";
    }

    private static string Escaped(string name) => name.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    private static string Sentence(string name) => name.Length == 0 ? "This" : char.ToUpperInvariant(name[0]) + name[1..];

    private static string Words(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString()));
}
