using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Learning;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Learning;

/// <summary>A course that a provider of its own delivers, a change of it, and the notice of that change.</summary>
internal sealed class NoticeWorld(TestApp app, Course course, Provider provider, ContentChange change)
{
    public Course Course => course;
    public Provider Provider => provider;
    public ContentChange Change => change;
    public Guid Notice { get; private set; }

    /// <summary>The notice as the provider has it.</summary>
    public Guid Own { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<NoticeWorld> MakeAsync(TestApp app, string? email = null)
    {
        var course = await app.Given.CourseAsync();
        var on = London.DateOf(app.Clock.Now).AddDays(60);
        var provider = await app.Given.ConcernedProviderAsync(course.Id, on, email ?? $"office-{Guid.NewGuid():N}@provider.example");
        return new(app, course, provider, await app.Given.ContentChangeAsync("We learned from", course.Id));
    }

    /// <summary>Sends it, to be acknowledged in so many days.</summary>
    public async Task<SendNoticeOutcome> SendAsync(int dueIn = 14, Guid? key = null)
    {
        var id = key ?? Guid.CreateVersion7();
        var outcome = await app.WithAsync((SendNotice send) => send.RunAsync(
            new(id, change.Id, change.Version, "Teach the new tool.", London.DateOf(app.Clock.Now).AddDays(dueIn), null, [provider.Id]), Actor.CommandLine, Ct));
        if (outcome == SendNoticeOutcome.Sent)
        {
            Notice = id;
            Own = await app.WithAsync((TrainingHubDb db) => db.ProviderNotices.Where(one => one.NoticeId == id && one.ProviderId == provider.Id).Select(one => one.Id).SingleAsync(Ct));
        }

        return outcome;
    }

    public Task<ProviderNotice> ReadAsync() => app.WithAsync((TrainingHubDb db) => db.ProviderNotices.AsNoTracking().SingleAsync(one => one.Id == Own, Ct));

    /// <summary>What the provider was sent of this kind, the last first.</summary>
    public async Task<IReadOnlyList<T>> EmailsAsync<T>()
        where T : IEmailMessage
    {
        var kind = EmailCatalogue.All.Single(one => one.Message == typeof(T)).Name;
        var emails = await app.WithAsync((TrainingHubDb db) => db.OutgoingEmails.AsNoTracking().Where(email => email.Kind == kind && email.ToAddress == provider.Email).OrderByDescending(email => email.CreatedAt).ThenByDescending(email => email.Id).ToListAsync(Ct));
        return [.. emails.Select(email => (T)email.Message())];
    }

    /// <summary>The address in the last email that asks to acknowledge it.</summary>
    public async Task<string> LinkAsync() => new Uri((await EmailsAsync<ContentChangeEmail>())[0].Url).PathAndQuery;

    public async Task<TestPage> OpenAsync() => await app.Browse().GetAsync(await LinkAsync());
}
