using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace TrainingHub.Platform.Web;

/// <summary>Pages in a <c>Pages/Dev</c> folder have an address in Demo only; elsewhere no route leads to them.</summary>
internal sealed class DevArea(IHostEnvironment environment) : IPageRouteModelConvention
{
    public void Apply(PageRouteModel model)
    {
        if (model.ViewEnginePath.Contains("/Pages/Dev/", StringComparison.Ordinal) && !environment.IsDemo())
        {
            model.Selectors.Clear();
        }
    }
}
