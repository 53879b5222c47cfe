using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace TrainingHub.Platform.Web;

/// <summary>
/// Every page in a <c>Pages/Staff</c> folder needs the policy <c>Staff</c> and is never stored by anyone. What it needs besides it says by
/// <see cref="ForStaffAttribute"/>; a page that does not say it keeps the application from starting.
/// </summary>
internal sealed class StaffArea : IPageApplicationModelConvention
{
    public const string Policy = "Staff";

    public static bool Holds(string? pagePath) => pagePath?.Contains("/Pages/Staff/", StringComparison.Ordinal) == true;

    public void Apply(PageApplicationModel model)
    {
        if (!Holds(model.ViewEnginePath))
        {
            return;
        }

        if (!model.HandlerTypeAttributes.OfType<ForStaffAttribute>().Any())
        {
            throw new InvalidOperationException($"{model.ViewEnginePath} does not say for whom it is: its model lacks [ForStaff].");
        }

        model.EndpointMetadata.Add(new AuthorizeAttribute(Policy));
        model.Filters.Add(new NeedsFilter());
        model.Filters.Add(new ServiceFilterAttribute(typeof(StaffFormFilter)));
        model.Filters.Add(new ServiceFilterAttribute(typeof(OfferUndo)));
        model.Filters.Add(new ResponseCacheAttribute { NoStore = true, Location = ResponseCacheLocation.None });
    }
}
