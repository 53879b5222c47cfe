using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Adds an organisation that nobody has booked for yet.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class NewOrganisationModel(TrainingHubDb db, AddOrganisation add, TimeProvider clock) : OrganisationFormPage(db)
{
    /// <summary>Becomes the organisation's, so that the same form sent twice adds one.</summary>
    [BindProperty]
    public Guid Id { get; set; }

    [BindProperty]
    [Display(Name = "Bookers may find it by name", Description = "Leave it empty for a place that must not be found, such as a refuge.")]
    public bool IsShown { get; set; }

    /// <summary>Who has the name that was typed.</summary>
    public Guid? Known { get; private set; }

    public Task OnGetAsync(CancellationToken ct)
    {
        (Id, IsShown) = (Guid.CreateVersion7(clock.GetUtcNow()), true);
        return ReadListsAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await ReadListsAsync(ct);
        if (!await IsReadAsync())
        {
            return Page();
        }

        var outcome = await add.RunAsync(Id, Form, IsShown, User.Actor(), ct);
        Known = outcome.Other;
        return outcome.Result switch
        {
            SaveOrganisationResult.Saved => Done(Id, "The organisation is added."),
            SaveOrganisationResult.NameTaken => await RefuseNameAsync(outcome.Other, "Open it instead", ct),
            SaveOrganisationResult.Gone or SaveOrganisationResult.ChangedSince => throw new InvalidOperationException("A new organisation is nobody else’s."),
        };
    }
}
