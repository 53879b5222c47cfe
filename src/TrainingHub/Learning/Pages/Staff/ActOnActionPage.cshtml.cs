using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning.Pages.Staff;

/// <summary>What can be done with an action, as its address names it.</summary>
internal enum ActionAct
{
    Later,
    Done,
    Close,
    Reopen,
}

/// <summary>One act on an action: another date, done, closed, open again.</summary>
[ForStaff(StaffRight.RunProgramme)]
internal sealed class ActOnActionPageModel(TrainingHubDb db, ActOnAction command, TimeProvider clock) : PageModel
{
    [BindProperty]
    [Display(Name = "Date")]
    public DateOnly? On { get; set; }

    [BindProperty]
    [Display(Name = "Words"), StringLength(LearningAction.ImpactLength, ErrorMessage = "The words must be {1} characters or fewer")]
    public string? Words { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    [Display(Name = "I have checked: nobody can be recognised by these words")]
    public bool IsChecked { get; set; }

    /// <summary>Something was found in the words.</summary>
    public bool IsWarned { get; private set; }

    public LearningAction Record => record ?? throw new InvalidOperationException("There is no action.");

    public ActionAct Asked { get; private set; }

    public string Heading => Asked switch
    {
        ActionAct.Later => "Give another date",
        ActionAct.Done => "Mark as done",
        ActionAct.Close => "Close: impact seen",
        ActionAct.Reopen => "Open again",
    };

    private LearningAction? record;

    public async Task<IActionResult> OnGetAsync(Guid id, string act, CancellationToken ct)
    {
        if (!await ReadAsync(id, act, ct))
        {
            return NotFound();
        }

        if (!Fits())
        {
            TempData["Notice"] = "It stands otherwise by now. Nothing was done.";
            return LocalRedirect("~" + LearningUrls.Action(id));
        }

        (Version, On) = (Record.Version, Asked == ActionAct.Done ? London.DateOf(clock.GetUtcNow()) : null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string act, CancellationToken ct)
    {
        if (!await ReadAsync(id, act, ct))
        {
            return NotFound();
        }

        Check();
        if (!ModelState.IsValid)
        {
            return Page();
        }

        return await RunAsync(id, ct) switch
        {
            EditOutcome.Saved => Done(id),
            EditOutcome.Unknown => NotFound(),
            EditOutcome.ChangedSince => await TellAsync(id, ct),
            EditOutcome.NameTaken => throw new InvalidOperationException("An action has no name."),
        };
    }

    private LocalRedirectResult Done(Guid id)
    {
        TempData["Success"] = Asked switch
        {
            ActionAct.Later => "It has another date",
            ActionAct.Done => "Done",
            ActionAct.Close => "Closed",
            ActionAct.Reopen => "Open again",
        };
        return LocalRedirect("~" + LearningUrls.Action(id));
    }

    private async Task<PageResult> TellAsync(Guid id, CancellationToken ct)
    {
        ModelState.AddModelError("", EditWords.ChangedSince(await Edit.SinceAsync<LearningAction>(db, id, Version, ct)));
        return Page();
    }

    private Task<EditOutcome> RunAsync(Guid id, CancellationToken ct) => Asked switch
    {
        ActionAct.Later => command.ReviseAsync(id, Version, On!.Value, Words!, User.Actor(), ct),
        ActionAct.Done => command.FinishAsync(id, Version, On!.Value, User.Actor(), ct),
        ActionAct.Close => command.CloseAsync(id, Version, Words!, User.Actor(), ct),
        ActionAct.Reopen => command.ReopenAsync(id, Version, Words!, User.Actor(), ct),
    };

    private void Check()
    {
        var today = London.DateOf(clock.GetUtcNow());
        if (Asked is ActionAct.Later or ActionAct.Done && On is null && ModelState[nameof(On)] is not { Errors.Count: > 0 })
        {
            ModelState.AddModelError(nameof(On), Asked == ActionAct.Later ? "Enter the new date" : "Enter the day on which it was done");
        }

        if (Asked == ActionAct.Later && On < today)
        {
            ModelState.AddModelError(nameof(On), "The new date must not be in the past");
        }

        if (Asked == ActionAct.Done && On > today)
        {
            ModelState.AddModelError(nameof(On), "The day must not be in the future");
        }

        if (Asked != ActionAct.Done && Words is null)
        {
            ModelState.AddModelError(nameof(Words), Asked == ActionAct.Close ? "Enter what was seen" : "Enter why");
        }

        if (Asked is ActionAct.Later or ActionAct.Reopen && Words?.Length > LearningAction.BecauseLength)
        {
            ModelState.AddModelError(nameof(Words), $"The reason must be {LearningAction.BecauseLength} characters or fewer");
        }

        var found = NameWarning.Find(Words);
        IsWarned = found.Count > 0;
        if (IsWarned && !IsChecked)
        {
            ModelState.AddModelError(nameof(IsChecked), NameWarning.Words(found));
        }
    }

    private bool Fits() => Asked switch
    {
        ActionAct.Later or ActionAct.Done => Record.State == ActionState.Open,
        ActionAct.Close => Record.State == ActionState.Done,
        ActionAct.Reopen => Record.State != ActionState.Open,
    };

    private async Task<bool> ReadAsync(Guid id, string act, CancellationToken ct)
    {
        record = await db.LearningActions.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct);
        Asked = Enum.TryParse<ActionAct>(act, ignoreCase: true, out var asked) ? asked : default;
        return record is not null && Enum.GetNames<ActionAct>().Contains(act, StringComparer.OrdinalIgnoreCase);
    }
}
