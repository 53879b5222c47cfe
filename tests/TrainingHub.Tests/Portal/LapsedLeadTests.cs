using Microsoft.EntityFrameworkCore;
using TrainingHub.People;
using Xunit;

namespace TrainingHub.Tests.Portal;

/// <summary>The right to see an organisation's training ends by itself where nobody uses it.</summary>
public sealed class LapsedLeadTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rights_NotAcceptedOrNotUsed_LapseAndUsedOnesStay()
    {
        var organisation = await app.Given.OrganisationAsync("Beck School");
        await app.Given.LeadAsync(organisation.Id, "used@beck.example");
        await app.Given.LeadAsync(organisation.Id, "unused@beck.example");
        await app.WithAsync((KeepLeads leads) => leads.InviteAsync(organisation.Id, "invited@beck.example", Ct));
        app.Clock.Advance(TimeSpan.FromDays(31));
        await app.RunJobAsync(nameof(ForgetLeads));
        Assert.Equal(["unused@beck.example", "used@beck.example"], await LeadsAsync(organisation.Id));

        app.Clock.MoveTo(app.Clock.Now.AddMonths(OrganisationLead.KeptMonths - 2));
        await app.SignInByCodeAsync("used@beck.example");
        app.Clock.Advance(TimeSpan.FromDays(40));
        await app.RunJobAsync(nameof(ForgetLeads));

        Assert.Equal(["used@beck.example"], await LeadsAsync(organisation.Id));
    }

    private Task<List<string>> LeadsAsync(Guid organisation) => app.WithAsync((TrainingHubDb db) =>
        db.OrganisationLeads.Where(lead => lead.OrganisationId == organisation && lead.AcceptedAt != null).OrderBy(lead => lead.Email).Select(lead => lead.Email).ToListAsync(Ct));
}
