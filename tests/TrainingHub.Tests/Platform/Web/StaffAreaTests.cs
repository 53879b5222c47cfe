using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;
using Xunit;

namespace TrainingHub.Tests.Platform.Web;

/// <summary>A page in a folder of staff that does not say for whom it is opens for nobody: the application does not start with it.</summary>
public sealed class StaffAreaTests
{
    [Fact]
    public void Page_OfStaffWithoutARight_IsRefusedAtTheStart()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => new StaffArea().Apply(PageOf(typeof(BareModel), "/Desk/Pages/Staff/Bare")));

        Assert.Contains("/Desk/Pages/Staff/Bare", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfStaffWithARight_GetsThePolicyAndIsNotStored()
    {
        var page = PageOf(typeof(NamedModel), "/Desk/Pages/Staff/Named");

        new StaffArea().Apply(page);

        Assert.Contains(page.EndpointMetadata, one => one is Microsoft.AspNetCore.Authorization.AuthorizeAttribute { Policy: StaffArea.Policy });
        Assert.Contains(page.Filters, filter => filter is Microsoft.AspNetCore.Mvc.ResponseCacheAttribute { NoStore: true });
    }

    private static PageApplicationModel PageOf(Type model, string path) => new(
        new PageActionDescriptor { ViewEnginePath = path, RelativePath = path + ".cshtml" }, model.GetTypeInfo(), [.. model.GetCustomAttributes(inherit: true)]);

    private sealed class BareModel : PageModel;

    [ForStaff(StaffRight.OwnDates)]
    private sealed class NamedModel : PageModel;
}
