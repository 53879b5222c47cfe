using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using TrainingHub.Platform.Email;

namespace TrainingHub.Platform.Web.Binding;

/// <summary>
/// Every text that comes in: trimmed, line breaks as \n, in composed form (NFC), without control characters and without
/// those that turn the direction of what follows. Empty is null, or "" where the property says that it is never null.
/// An email address is cleaned of more (<see cref="EmailAddress.Clean"/>), the name of somebody is one line. Passwords are left as they were typed.
/// </summary>
internal sealed class TidyTextBinder(bool neverNull, Func<string, string> tidy) : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var name = bindingContext.ModelName;
        var typed = bindingContext.ValueProvider.GetValue(name);
        if (typed == ValueProviderResult.None)
        {
            return Task.CompletedTask;
        }

        var text = tidy(typed.FirstValue ?? "");
        // Shown again as it is kept: HTML reads many control characters as others, and the next sending would add these.
        bindingContext.ModelState.SetModelValue(name, new ValueProviderResult(text, typed.Culture));
        bindingContext.Result = ModelBindingResult.Success(text.Length == 0 && !neverNull ? null : text);
        return Task.CompletedTask;
    }

    public static string Tidy(string typed)
    {
        // What almost everybody types has nothing to tidy but its ends.
        if (!typed.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return typed.Trim();
        }

        var kept = new StringBuilder(typed.Length);
        foreach (var rune in typed.Replace("\r\n", "\n").Replace('\r', '\n').EnumerateRunes())
        {
            if (IsWanted(rune))
            {
                kept.Append(rune.ToString());
            }
        }
        return kept.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    private static bool IsWanted(Rune rune)
    {
        if (rune.Value is '\n' or '\t')
        {
            return true;
        }

        // Zero-width space, byte order mark, direction overrides and isolates: no name needs them, and they hide things.
        if (rune.Value is 0x200B or 0xFEFF or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
        {
            return false;
        }

        return Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control && rune != Rune.ReplacementChar;
    }
}

internal sealed class TidyTextBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        var metadata = context.Metadata;
        if (metadata.ModelType != typeof(string) || metadata.DataTypeName == nameof(DataType.Password))
        {
            return null;
        }

        return new TidyTextBinder(
            IsNeverNull(metadata),
            metadata.DataTypeName == nameof(DataType.EmailAddress) ? TidyAddress
                : metadata.ValidatorMetadata.OfType<PlainNameAttribute>().Any() ? TidyName
                : TidyTextBinder.Tidy);
    }

    private static string TidyName(string typed) => PlainName.Fold(TidyTextBinder.Tidy(typed));

    private static string TidyAddress(string typed) => TidyTextBinder.Tidy(EmailAddress.Clean(typed));

    private static bool IsNeverNull(ModelMetadata metadata)
    {
        if (metadata is not { ContainerType: { } container, PropertyName: { } name })
        {
            return false;
        }

        var property = container.GetProperty(name);
        return property is not null && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.NotNull;
    }
}
