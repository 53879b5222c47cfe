using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using TrainingHub.Learning;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>What an organisation asks for that is not offered, what became of it, and what it can vote for.</summary>
[EnableRateLimiting(RateLimits.Forms)]
internal sealed class OrganisationNeedsModel(TrainingHubDb db, SignedInAddress signedIn, AskForTraining ask, VoteForNeed votes) : SignedInPage(db, signedIn)
{
    [BindProperty]
    [Display(Name = "What training do you need?", Description = "For example “Working with fathers, in the evening”. Say for whom and when, if it matters. Name no child and no family.")]
    [StringLength(NeedFacts.WhatLength, ErrorMessage = "What you need must be {1} characters or fewer")]
    public string? What { get; set; }

    [BindProperty]
    [Display(Name = "I have checked: nobody can be recognised by these words")]
    public bool IsChecked { get; set; }

    /// <summary>Of what this form asks for, so that a form that is sent twice asks once.</summary>
    [BindProperty]
    public Guid Key { get; set; } = Guid.CreateVersion7();

    /// <summary>Something was found in the words, so the box to confirm stands in the form.</summary>
    public bool IsWarned { get; private set; }
    public LedOrganisation Organisation { get; private set; } = new(Guid.Empty, "");
    public IReadOnlyList<OwnNeed> Needs { get; private set; } = [];
    public IEnumerable<OwnNeed> Asked => Needs.Where(need => need.IsAsked);
    public IEnumerable<OwnNeed> Others => Needs.Where(need => !need.IsAsked);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await ReadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        var found = NameWarning.Find(What);
        IsWarned = found.Count > 0;
        if (What is null)
        {
            ModelState.AddModelError(nameof(What), "Enter what training you need");
        }
        else if (IsWarned && !IsChecked)
        {
            ModelState.AddModelError(nameof(IsChecked), NameWarning.Words(found));
        }

        return ModelState.IsValid && What is { } what ? await AskAsync(id, what, ct) : Page();
    }

    public async Task<IActionResult> OnPostVoteAsync(Guid id, Guid need, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        return await votes.ByLeadAsync(need, id, ct) switch
        {
            VoteOutcome.Voted => Done(id, "Your organisation’s vote is counted."),
            VoteOutcome.Before => Done(id, "Your organisation’s vote was counted before."),
            VoteOutcome.Unknown => Done(id, "Nothing was changed: it is not on the list any more."),
        };
    }

    public async Task<IActionResult> OnPostStopAsync(Guid id, Guid need, CancellationToken ct)
    {
        if (!await ReadAsync(id, ct))
        {
            return NotFound();
        }

        return Done(id, await votes.StopAsync(need, id, ct) ? "Your organisation does not ask for it any more." : "Nothing was changed.");
    }

    private async Task<IActionResult> AskAsync(Guid id, string what, CancellationToken ct)
    {
        switch (await ask.RunAsync(Key, id, what, ct))
        {
            case AskForTrainingResult.Asked:
                return Done(id, "The training team has what you ask for. You see here what they decide.");
            case AskForTrainingResult.TooMany:
                ModelState.AddModelError(nameof(What), $"The training team has not looked at {AskForTraining.MostWaiting} things that you asked for. Wait until they have, or take one back");
                return Page();
            case AskForTrainingResult.Gone:
                return NotFound();
            default:
                throw new InvalidOperationException("A result of asking that this page does not know.");
        }
    }

    private LocalRedirectResult Done(Guid id, string notice)
    {
        TempData["Notice"] = notice;
        return LocalRedirect("~" + PortalUrls.Needs(id));
    }

    private async Task<bool> ReadAsync(Guid id, CancellationToken ct)
    {
        if (Organisations.FirstOrDefault(one => one.Id == id) is not { } led)
        {
            return false;
        }

        (Organisation, Needs) = (led, await OwnNeeds.ReadAsync(Db, id, ct));
        return true;
    }
}
