using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;

namespace TrainingHub.Platform.Web;

/// <summary>On a handler of a page whose acts do not all need the same right, see <see cref="ForStaffAttribute.Act"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsAttribute(StaffRight right) : Attribute
{
    public StaffRight Right { get; } = right;

    public static NeedsAttribute? Of(HandlerMethodDescriptor? handler) => handler?.MethodInfo.GetCustomAttribute<NeedsAttribute>();
}

/// <summary>Refuses a handler whose <see cref="NeedsAttribute"/> the person lacks; the page has bound its fields by then, and done nothing.</summary>
internal sealed class NeedsFilter : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (NeedsAttribute.Of(context.HandlerMethod) is { } needs && !context.HttpContext.User.May(needs.Right))
        {
            context.Result = new ForbidResult();
            return;
        }

        await next();
    }
}
