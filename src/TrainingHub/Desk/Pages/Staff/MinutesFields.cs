using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using TrainingHub.Attendance;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>The two fields of minutes beside a mark, on each register that has them.</summary>
internal sealed class MinutesFields(ModelStateDictionary state)
{
    /// <returns>Null when it is empty, and with an error in the state when it cannot be read.</returns>
    public int? Read(Guid place, string name, string? written)
    {
        var digits = written?.Trim() ?? "";
        if (digits is "" or "0")
        {
            return null;
        }

        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes <= MarkDetails.MostMinutes)
        {
            return minutes;
        }

        var field = $"{AttendanceUrls.Anchor(place)}-{name}";
        state.SetModelValue(field, written, written);
        state.AddModelError(field, $"Minutes are a whole number, at most {MarkDetails.MostMinutes}");
        return null;
    }

    /// <summary>Why a field cannot be read, and what was typed there.</summary>
    public (string? Fault, string? Typed) Wrong(string field) =>
        state.TryGetValue(field, out var entry) && entry.Errors is [var first, ..] ? (first.ErrorMessage, entry.AttemptedValue) : default;
}

/// <summary>What the form of minutes shows of one person.</summary>
/// <param name="Line"></param>
/// <param name="Meeting"></param>
/// <param name="Mark"></param>
/// <param name="Fields"></param>
internal sealed record MinutesOf(RegisterLine Line, short? Meeting, LineMark Mark, MinutesFields Fields);
