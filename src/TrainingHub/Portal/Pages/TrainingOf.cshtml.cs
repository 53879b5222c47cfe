using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Attendance;
using TrainingHub.People;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>One person's coming places, what they attended, and how far they are through a programme: to look at, and to print as a record.</summary>
internal sealed class TrainingOfModel(TrainingHubDb db, SignedInAddress signedIn, WaitingCertificates certificates, TimeProvider clock, IOptions<SiteOptions> site) : SignedInPage(db, signedIn)
{
    public string Name { get; private set; } = "";

    /// <summary>Others have the address too.</summary>
    public bool IsShared { get; private set; }
    public PersonTraining Training { get; private set; } = new([], [], []);
    /// <summary>In force, by what ends first.</summary>
    public IReadOnlyList<SeenCertificate> Certificates { get; private set; } = [];

    /// <summary>Done elsewhere, as a file of their employer says; the last first.</summary>
    public IReadOnlyList<ELearningCompletion> ELearning { get; private set; } = [];
    public SiteOptions Site => site.Value;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var name = await Db.People.Where(person => person.Id == id && person.EmailKey == Email).Select(person => person.Name).SingleOrDefaultAsync(ct);
        if (name is null)
        {
            return NotFound();
        }

        Name = name;
        IsShared = await Db.People.AnyAsync(person => person.Id != id && person.EmailKey == Email, ct);
        Certificates = await SeenCertificate.Of(Db, Db.Places.Where(place => place.PersonId == id)).ToListAsync(ct);
        ELearning = await Db.ELearningCompletions.AsNoTracking().Where(one => one.PersonId == id).OrderByDescending(one => one.CompletedOn).ThenBy(one => one.Title).Take(500).ToListAsync(ct);
        Training = await PersonTraining.ReadAsync(Db, certificates, id, Now, ct);
        return Page();
    }
}
