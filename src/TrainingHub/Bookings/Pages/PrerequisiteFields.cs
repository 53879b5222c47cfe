using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using TrainingHub.Catalogue;

namespace TrainingHub.Bookings.Pages;

/// <summary>The question about a course to take before, among the fields of a page.</summary>
internal static class PrerequisiteFields
{
    /// <param name="page">The data of the page.</param>
    /// <param name="prefix">Of the names of the fields, such as "Asked[0]".</param>
    /// <param name="name">Of the person; null while nobody is named.</param>
    /// <param name="asked"></param>
    /// <param name="isByStaff">Staff need not ask.</param>
    public static ViewDataDictionary Of(ViewDataDictionary page, string prefix, string? name, Prerequisite asked, bool isByStaff = false) => new(page)
    {
        TemplateInfo = { HtmlFieldPrefix = prefix },
        ["Name"] = name,
        ["Asked"] = asked,
        ["IsByStaff"] = isByStaff,
    };

    /// <summary>Says at its fields what is wrong.</summary>
    public static void Check(this PageModel page, PrerequisiteForm form, string prefix, string name, Prerequisite asked)
    {
        foreach (var (field, why) in form.Faults(name, asked))
        {
            page.ModelState.AddModelError($"{prefix}.{field}", why);
        }
    }
}
