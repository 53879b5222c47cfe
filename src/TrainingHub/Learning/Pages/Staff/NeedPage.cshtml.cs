using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>One training need: who asks for it, its form, and what was done to it. At "new" the form of another.</summary>
[ForStaff(StaffRight.ReadProgramme, Act = [StaffRight.RunProgramme])]
internal sealed class NeedPageModel(TrainingHubDb db, SaveNeed save, VoteForNeed votes, ArchiveRecord archive) : CheckedWordsPage<TrainingNeed>(db)
{
    public static IReadOnlyList<SelectListItem> NoItems { get; } = [];

    internal sealed record VoteRow(Guid Id, string Who, DateTimeOffset At);

    [BindProperty]
    [Display(Name = "Organisation that asks for it", Description = "Its name as it stands in the list of organisations."), StringLength(People.Organisation.NameLength, ErrorMessage = "The name must be {1} characters or fewer")]
    public string? Organisation { get; set; }

    /// <summary>Filled with what is stored before it is read from the form, so that a field that the form lacks changes nothing.</summary>
    public NeedFacts Form { get; private set; } = new();

    public IReadOnlyList<VoteRow> Votes { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Themes { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Courses { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync(string id, int version, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var isRead = await TryUpdateModelAsync(Form, nameof(Form));
        if (!LearningChoices.Has(Themes, new[] { Form.ThemeId }.OfType<Guid>()) || !LearningChoices.Has(Courses, new[] { Form.CourseId }.OfType<Guid>()))
        {
            ModelState.AddModelError("Form.ThemeId", "Select a theme and a course from the lists");
        }

        Warn(Form.What, Form.Because, Form.PublicWords);
        if (!isRead || !ModelState.IsValid)
        {
            return Page();
        }

        var saved = Record?.Id ?? Key;
        var outcome = Record is null ? await save.AddAsync(saved, Form, User.Actor(), ct) : await save.ChangeAsync(saved, version, Form, User.Actor(), ct);
        return await AnswerAsync(outcome, saved, version, Record is null ? "The training need is added. Now say who asks for it" : "Saved", ct);
    }

    public async Task<IActionResult> OnPostVoteAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync($"{id}", ct))
        {
            return NotFound();
        }

        if (Organisation is not { } name)
        {
            return Refuse(nameof(Organisation), "Enter the name of the organisation");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var key = People.Organisation.KeyOf(name);
        // A name that was merged is another name of the one that it was merged into.
        var organisation = await Db.Organisations.Where(one => one.NameKey == key).OrderBy(one => one.MergedIntoId != null).Select(one => one.MergedIntoId ?? one.Id).FirstOrDefaultAsync(ct);
        if (organisation == Guid.Empty)
        {
            return Refuse(nameof(Organisation), "No organisation has this name. Look for it in the list of organisations, or add it there");
        }

        return await votes.ByOrganisationAsync(id, organisation, User.Actor(), ct) switch
        {
            VoteOutcome.Voted => await ActedAsync(EditOutcome.Saved, id, version: 0, "Its vote is counted", ct),
            VoteOutcome.Before => Refuse(nameof(Organisation), "Its vote is counted already"),
            VoteOutcome.Unknown => Refuse(nameof(Organisation), "This training need is archived. Use it again first, or count the vote for another one"),
        };
    }

    public async Task<IActionResult> OnPostTakeBackAsync(Guid id, Guid vote, CancellationToken ct)
    {
        await votes.TakeBackAsync(id, vote, User.Actor(), ct);
        return await ActedAsync(EditOutcome.Saved, id, version: 0, "The vote is taken back", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.ArchiveAsync<TrainingNeed>(id, version, User.Actor(), ct), id, version, "Archived", ct);

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int version, CancellationToken ct) =>
        await ActedAsync(await archive.RestoreAsync<TrainingNeed>(id, version, User.Actor(), ct), id, version, "In use again", ct);

    protected override string UrlOf(Guid id) => LearningUrls.Need(id);

    protected override PageResult RefuseName() => throw new InvalidOperationException("A training need has no name.");

    protected override async Task ShowAsync(TrainingNeed? found, CancellationToken ct)
    {
        Themes = await LearningChoices.ThemesAsync(Db, found?.ThemeId is { } theme ? [theme] : [], ct);
        Courses = await LearningChoices.CoursesAsync(Db, found?.CourseId is { } course ? [course] : [], ct);
        if (found is null)
        {
            return;
        }

        Form = NeedFacts.Of(found);
        Votes = await Db.TrainingNeedVotes.AsNoTracking().Where(vote => vote.NeedId == found.Id).OrderBy(vote => vote.VotedAt).ThenBy(vote => vote.Id)
            .Select(vote => new VoteRow(vote.Id, Db.Organisations.Where(one => one.Id == vote.OrganisationId).Select(one => one.Name).FirstOrDefault() ?? "A survey comment", vote.VotedAt))
            .ToListAsync(ct);
    }
}
