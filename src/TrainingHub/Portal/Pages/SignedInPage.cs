using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Web;

namespace TrainingHub.Portal.Pages;

/// <summary>
/// A page for whoever is signed in with an address; anybody else is led to where a code is asked for. What it shows is found by that
/// address and an id together, so that somebody else's id is simply not found.
/// </summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal abstract class SignedInPage(TrainingHubDb db, SignedInAddress signedIn) : PageModel
{
    protected TrainingHubDb Db => db;

    /// <summary>As <see cref="Platform.Email.EmailAddress.KeyOf"/> gives it.</summary>
    public string Email { get; private set; } = "";

    /// <summary>The organisations that they look after.</summary>
    public IReadOnlyList<LedOrganisation> Organisations { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var ct = HttpContext.RequestAborted;
        if (await signedIn.FindAsync(HttpContext, ct) is not { } email)
        {
            context.Result = LocalRedirect("~" + PortalUrls.SignInFor(HttpMethods.IsGet(Request.Method) ? Request.Path + Request.QueryString : Request.Path));
            return;
        }

        Email = email;
        Organisations = await (
            from lead in db.OrganisationLeads
            join organisation in db.Organisations on lead.OrganisationId equals organisation.Id
            where lead.Email == email && lead.AcceptedAt != null
            orderby organisation.Name, organisation.Id
            select new LedOrganisation(organisation.Id, organisation.Name)).ToListAsync(ct);
        await next();
    }
}

internal sealed record LedOrganisation(Guid Id, string Name);
