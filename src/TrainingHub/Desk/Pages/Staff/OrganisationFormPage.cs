using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>A page with the facts of one organisation as a form.</summary>
internal abstract class OrganisationFormPage(TrainingHubDb db) : PageModel
{
    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public OrganisationFacts Form { get; protected set; } = new();

    public IReadOnlyList<SelectListItem> Sectors { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    protected async Task ReadListsAsync(CancellationToken ct)
    {
        Sectors = await db.Sectors.OrderBy(one => one.SortOrder).Select(one => new SelectListItem(one.Name, one.Id.ToString())).ToListAsync(ct);
        Areas = await db.Areas.OrderBy(one => one.SortOrder).Select(one => new SelectListItem(one.LongName, one.Id.ToString())).ToListAsync(ct);
    }

    /// <returns>Whether what was typed can be saved.</returns>
    protected async Task<bool> IsReadAsync()
    {
        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        if (Form.ContactEmail is not null)
        {
            this.CheckAddress("Form.ContactEmail", Form.ContactEmail);
        }

        if (Form.InvoiceEmail is not null)
        {
            this.CheckAddress("Form.InvoiceEmail", Form.InvoiceEmail);
        }

        return isRead && ModelState.IsValid;
    }

    /// <summary>Says at the name who has it.</summary>
    protected async Task<PageResult> RefuseNameAsync(Guid? other, string way, CancellationToken ct)
    {
        var name = await db.Organisations.Where(one => one.Id == other).Select(one => one.Name).FirstOrDefaultAsync(ct);
        return Refuse("Form.Name", $"This is the name of another organisation, {name}. {way}");
    }

    protected PageResult Refuse(string key, string words)
    {
        ModelState.AddModelError(key, words);
        return Page();
    }

    protected RedirectResult Done(Guid id, string notice)
    {
        TempData["Success"] = notice;
        return Redirect("~" + DeskUrls.Organisation(id));
    }
}
