using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>Whose training there is at the address that is signed in: several people may share it. A single one is led on at once.</summary>
internal sealed class MyTrainingModel(TrainingHubDb db, SignedInAddress signedIn) : SignedInPage(db, signedIn)
{
    internal sealed record PersonRow(Guid Id, string Name, int Places);

    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        People = await Db.People.Where(person => person.EmailKey == Email).OrderBy(person => person.Name).ThenBy(person => person.Id)
            .Select(person => new PersonRow(person.Id, person.Name, Db.Places.Count(place => place.PersonId == person.Id))).ToListAsync(ct);
        return People is [var one] ? LocalRedirect("~" + PortalUrls.TrainingOf(one.Id)) : Page();
    }
}
