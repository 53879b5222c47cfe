using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace TrainingHub.Platform.Web;

/// <summary>
/// On every page of staff: what a form did that can be undone stands beside the message that says that it is done, as a button. Several
/// ticked rows are one button, which undoes them row by row, as they were done.
/// </summary>
internal sealed class OfferUndo(TrainingHubDb db) : IAsyncPageFilter
{
    /// <summary>In TempData, or ViewData where the page is shown again: the act, or the group of them.</summary>
    public const string Key = "Undo";

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var acts = new List<Guid>();
        void Note(object? sender, EntityTrackedEventArgs tracked)
        {
            if (!tracked.FromQuery && tracked.Entry.Entity is UndoableAct act)
            {
                acts.Add(act.Id);
            }
        }

        db.ChangeTracker.Tracked += Note;
        try
        {
            var answer = await next();
            if (acts.Count > 0 && answer is { Exception: null, HandlerInstance: PageModel page })
            {
                Offer(page, acts.Count == 1 ? acts[0] : await GroupAsync(acts, context.HttpContext.RequestAborted), answer.Result is PageResult);
            }
        }
        finally
        {
            db.ChangeTracker.Tracked -= Note;
        }
    }

    private static void Offer(PageModel page, Guid id, bool isShownAgain)
    {
        if (isShownAgain)
        {
            page.ViewData[Key] = id;
        }
        else
        {
            page.TempData[Key] = id;
        }
    }

    private async Task<Guid> GroupAsync(List<Guid> acts, CancellationToken ct)
    {
        var group = Guid.CreateVersion7();
        await db.UndoableActs.Where(act => acts.Contains(act.Id)).ExecuteUpdateAsync(row => row.SetProperty(act => act.GroupId, group), ct);
        return group;
    }
}
