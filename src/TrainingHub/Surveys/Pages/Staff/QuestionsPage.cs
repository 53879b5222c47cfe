using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TrainingHub.Surveys.Pages.Staff;

/// <summary>A page about the questions of the survey that the address names, read before anything is done with them.</summary>
internal abstract class QuestionsPage(TrainingHubDb db) : PageModel
{
    /// <summary>The key of the survey that is meant.</summary>
    [BindProperty(Name = "survey", SupportsGet = true)]
    public string? SurveyKey { get; set; }

    public SurveyDraft Edited { get; private set; } = null!;

    protected TrainingHubDb Db => db;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Edited = await SurveyDraft.ReadAsync(db, SurveyKey, context.HttpContext.RequestAborted);
        await base.OnPageHandlerExecutionAsync(context, next);
    }
}
