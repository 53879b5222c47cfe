using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace TrainingHub.Platform.Web.Binding;

/// <summary>
/// A <c>DateOnly</c> from three boxes (<c>Name.Day</c>, <c>.Month</c>, <c>.Year</c>) or from one value such as
/// <c>2027-03-27</c> or <c>27 mar 2027</c> (<see cref="CivilDate"/>). The month may be a word. The one error is on the
/// property's own key, so that nothing adds a second.
/// </summary>
internal sealed class DateBinder : IModelBinder
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var name = bindingContext.ModelName;
        var whole = bindingContext.ValueProvider.GetValue(name);
        if (whole != ValueProviderResult.None)
        {
            BindOne(bindingContext, whole);
        }
        else
        {
            BindThree(bindingContext);
        }

        return Task.CompletedTask;
    }

    private static void BindOne(ModelBindingContext binding, ValueProviderResult typed)
    {
        binding.ModelState.SetModelValue(binding.ModelName, typed);
        var text = typed.FirstValue?.Trim() ?? "";
        if (text.Length == 0)
        {
            Absent(binding);
        }
        else if (CivilDate.Parse(text) is { } date)
        {
            binding.Result = ModelBindingResult.Success(date);
        }
        else
        {
            Refuse(binding, $"{Name(binding)} must be a real date, like 27/3/2027");
        }
    }

    private static void BindThree(ModelBindingContext binding)
    {
        var (day, month, year) = (Part(binding, "Day"), Part(binding, "Month"), Part(binding, "Year"));
        if (day is null && month is null && year is null)
        {
            return;
        }

        string[] missing = [.. Missing(day, "day"), .. Missing(month, "month"), .. Missing(year, "year")];
        if (missing.Length == 3)
        {
            Absent(binding);
        }
        else if (missing.Length > 0)
        {
            Refuse(binding, $"{Name(binding)} must include a {string.Join(" and ", missing)}");
        }
        else if (year?.Length != 4)
        {
            Refuse(binding, "Year must include 4 numbers");
        }
        else if (DateFrom(day, month, year) is { } date)
        {
            binding.Result = ModelBindingResult.Success(date);
        }
        else
        {
            Refuse(binding, $"{Name(binding)} must be a real date");
        }
    }

    private static DateOnly? DateFrom(string? day, string? month, string year)
    {
        var number = int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : MonthNamed(month);
        var text = string.Create(CultureInfo.InvariantCulture, $"{day}/{number}/{year}");
        return DateOnly.TryParseExact(text, "d/M/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    private static int MonthNamed(string? word)
    {
        for (var month = 1; month <= 12; month++)
        {
            var name = English.DateTimeFormat.GetMonthName(month);
            if (word is { Length: >= 3 } && name.StartsWith(word.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            {
                return month;
            }
        }
        return 0;
    }

    private static string? Part(ModelBindingContext binding, string part)
    {
        var key = $"{binding.ModelName}.{part}";
        var typed = binding.ValueProvider.GetValue(key);
        if (typed == ValueProviderResult.None)
        {
            return null;
        }

        binding.ModelState.SetModelValue(key, typed);
        binding.ModelState.MarkFieldSkipped(key);
        return typed.FirstValue?.Trim() ?? "";
    }

    private static IEnumerable<string> Missing(string? typed, string part) => string.IsNullOrEmpty(typed) ? [part] : [];

    // An empty date is null where the property allows it ([Required] then speaks); else the form asked for it.
    private static void Absent(ModelBindingContext binding)
    {
        if (binding.ModelMetadata.IsReferenceOrNullableType)
        {
            binding.Result = ModelBindingResult.Success(null);
        }
        else
        {
            Refuse(binding, "Enter " + PlainMessages.InSentence(Name(binding)));
        }
    }

    private static void Refuse(ModelBindingContext binding, string message)
    {
        binding.ModelState.TryAddModelError(binding.ModelName, message);
        binding.Result = ModelBindingResult.Failed();
    }

    private static string Name(ModelBindingContext binding) => binding.ModelMetadata.GetDisplayName();
}

internal sealed class DateBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.UnderlyingOrModelType == typeof(DateOnly) ? new DateBinder() : null;
}
