using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace TrainingHub.Platform.Web;

/// <summary>On a handler of a page whose acts do not all need the same right, see <see cref="ForStaffAttribute.Act"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsAttribute(StaffRight right) : Attribute
{
    public StaffRight Right { get; } = right;
}

/// <summary>Refuses a handler whose <see cref="NeedsAttribute"/> the person lacks; the page has bound its fields by then, and done nothing.</summary>
internal sealed class NeedsFilter : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var needs = context.HandlerMethod?.MethodInfo.GetCustomAttributes(typeof(NeedsAttribute), inherit: false).Cast<NeedsAttribute>().FirstOrDefault();
        if (needs is not null && !context.HttpContext.User.May(needs.Right))
        {
            context.Result = new ForbidResult();
            return;
        }

        await next();
    }
}
