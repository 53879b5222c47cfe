using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue.Pages.Staff;

/// <summary>One provider: its form, its trainers, the coming dates that it delivers, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class ProviderPageModel(TrainingHubDb db, SaveProvider save, ArchiveRecord archive, KeepProviderAccounts accounts, TimeProvider clock, IOptions<SiteOptions> site) : EditPage<Provider>(db)
{
    internal sealed record TrainerRow(Guid Id, string Name, bool IsArchived, IReadOnlyList<string> Courses);

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public ProviderFacts Form { get; private set; } = new();

    public Provider? Provider => Record;

    public IReadOnlyList<TrainerRow> Trainers { get; private set; } = [];

    /// <summary>Open accounts that see this provider's dates.</summary>
    public IReadOnlyList<StaffUser> Accounts { get; private set; } = [];

    [BindProperty]
    [Display(Name = "Email address of the account", Description = "An administrator has made the account and given it the role Trainer."), StringLength(EmailAddress.MaxLength)]
    public string? AccountEmail { get; set; }

    public ComingDates Coming { get; private set; } = ComingDates.None;
    public IReadOnlyList<DateLine> Dates { get; private set; } = [];

    /// <summary>Coming dates after the last day of the contract.</summary>
    public int AfterContract { get; private set; }

    /// <summary>Why people's names and addresses are here, and until when.</summary>
    public string ContactsKept => KeptContacts.Words(
        "to arrange training", "the contract ends or the provider is archived", KeptContacts.ClearedOn(Record?.ArchivedAt, Record?.ContractUntil, site.Value.ContactsKeptMonths), site.Value.ContactsKeptMonths);

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        await TryUpdateModelAsync(Form, nameof(Form));
        this.CheckAddress("Form.Email", Form.Email);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var saved = Provider?.Id ?? Guid.CreateVersion7();
        var outcome = Provider is null
            ? await save.AddAsync(saved, Form, User.Actor(), ct)
            : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Provider is null ? "The provider is added" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<Provider>(id, version, User.Actor(), ct), id, version, "Archived. It is not offered for new dates", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<Provider>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    /// <summary>Lets somebody who trains for this provider see its dates.</summary>
    public async Task<IActionResult> OnPostAccountAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync($"{id}", ct))
        {
            return NotFound();
        }

        ProviderAccountRefusal? refusal = string.IsNullOrWhiteSpace(AccountEmail)
            ? ProviderAccountRefusal.Unknown
            : await accounts.AddAsync(id, AccountEmail, User.Actor(), ct);
        if (refusal is { } why)
        {
            return Refuse(nameof(AccountEmail), why switch
            {
                ProviderAccountRefusal.Unknown => "Enter the address of an account that is open. An administrator adds accounts under Staff",
                ProviderAccountRefusal.NoTrainer => "This account does not have the role Trainer. An administrator can give it under Staff",
            });
        }

        TempData["Success"] = "Added. The account sees the dates of this provider from now on";
        return Redirect(CatalogueUrls.StaffProvider(id) + "#accounts");
    }

    public async Task<IActionResult> OnPostTakeOffAsync(Guid id, Guid account, CancellationToken ct)
    {
        if (!await ReadAsync($"{id}", ct))
        {
            return NotFound();
        }

        await accounts.TakeOffAsync(id, account, User.Actor(), ct);
        TempData["Success"] = "Taken off. The account no longer sees the dates of this provider";
        return Redirect(CatalogueUrls.StaffProvider(id) + "#accounts");
    }

    protected override string UrlOf(Guid id) => CatalogueUrls.StaffProvider(id);

    protected override PageResult RefuseName() => Refuse("Form.Name", "Another provider has this name. Choose a name that tells them apart");

    protected override async Task ShowAsync(Provider? found, CancellationToken ct)
    {
        if (found is null)
        {
            return;
        }

        Form = ProviderFacts.Of(found);
        Accounts = await OwnDates.AccountsAsync(Db, found.Id, ct);
        var coming = DateLines.Coming(Db, clock.GetUtcNow()).Where(run => run.ProviderId == found.Id);
        Coming = await ComingDates.CountAsync(coming, ct);
        AfterContract = found.ContractUntil is { } until ? await coming.CountAsync(run => run.RunsOn > until, ct) : 0;
        Dates = await DateLines.Of(Db, coming).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(ComingDateTable.Most).ToListAsync(ct);
        Trainers = await Db.Trainers
            .Where(trainer => trainer.ProviderId == found.Id)
            .OrderBy(trainer => trainer.ArchivedAt != null).ThenBy(trainer => trainer.Name).ThenBy(trainer => trainer.Id)
            .Select(trainer => new TrainerRow(
                trainer.Id, trainer.Name, trainer.ArchivedAt != null,
                Db.Courses.Where(course => Db.TrainerCourses.Any(may => may.TrainerId == trainer.Id && may.CourseId == course.Id))
                    .OrderBy(course => course.Title).Select(course => course.Title).ToList()))
            .ToListAsync(ct);
    }
}
