using TrainingHub.Catalogue;
using TrainingHub.Learning;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    public static LearningSource NewSource(string title) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = SourceKind.LocalReview,
        Title = title,
        ThemeIds = [],
        PriorityIds = [],
    };

    public Task<LearningSource> SourceAsync(string? title = null) => AddedAsync(NewSource(title ?? $"Review number {NextNumber()}"));

    public async Task<Recommendation> RecommendationAsync(Guid? source = null, string number = "1", string text = "Teach it.") => await AddedAsync(new Recommendation
    {
        Id = Guid.CreateVersion7(),
        SourceId = source ?? (await SourceAsync()).Id,
        Number = number,
        Text = text,
        Effect = TrainingEffect.Content,
    });

    /// <summary>An open action of a source of its own, unless one is named.</summary>
    public async Task<LearningAction> ActionAsync(DateOnly dueOn, string? what = null, Guid? recommendation = null) => await AddedAsync(new LearningAction
    {
        Id = Guid.CreateVersion7(),
        RecommendationId = recommendation ?? (await RecommendationAsync()).Id,
        What = what ?? $"Do what is number {NextNumber()}",
        Agency = "Example Council",
        DueOn = dueOn,
    });

    /// <summary>What an action of its own changes in these courses.</summary>
    public async Task<ContentChange> ContentChangeAsync(string? words, params Guid[] courses) =>
        await ContentChangeAsync((await ActionAsync(new DateOnly(2027, 6, 1))).Id, new DateOnly(2027, 4, 1), words, courses);

    public Task<ContentChange> ContentChangeAsync(Guid action, DateOnly from, string? words, params Guid[] courses) => AddedAsync(new ContentChange
    {
        Id = Guid.CreateVersion7(),
        ActionId = action,
        What = "The new tool",
        FromOn = from,
        CourseIds = courses,
        PublicWords = words,
    });

    /// <summary>A provider with an address that has a date of that course.</summary>
    public async Task<Provider> ConcernedProviderAsync(Guid course, DateOnly on, string? email = "office@stour.example", string? name = null)
    {
        var provider = await AddedAsync(new Provider { Id = Guid.CreateVersion7(), Name = name ?? $"Provider number {NextNumber()}", Email = email, ContactName = "Kai Contact" });
        await RunByAsync(course, provider.Id, on);
        return provider;
    }

    /// <summary>A notice that this provider acknowledged, of a course of its own.</summary>
    public async Task<ProviderNotice> AcknowledgedNoticeAsync(Guid provider, string by)
    {
        var change = await ContentChangeAsync(null, (await CourseAsync()).Id);
        var notice = await AddedAsync(new ContentNotice
        {
            Id = Guid.CreateVersion7(),
            ChangeId = change.Id,
            CourseIds = change.CourseIds,
            FromOn = change.FromOn,
            Text = "The new tool",
            DueOn = new DateOnly(2027, 3, 1),
            SentAt = Now,
        });
        var own = new ProviderNotice { Id = Guid.CreateVersion7(), NoticeId = notice.Id, ProviderId = provider };
        own.Acknowledge(by, "Noted", Now);
        return await AddedAsync(own);
    }

    public Task<LearningTheme> ThemeAsync(string? name = null) => AddedAsync(new LearningTheme { Id = Guid.CreateVersion7(), Name = name ?? $"Theme number {NextNumber()}" });

    public Task<TrainingNeed> NeedAsync(string? what = null) => AddedAsync(new TrainingNeed
    {
        Id = Guid.CreateVersion7(),
        What = what ?? $"Need number {NextNumber()}",
        State = NeedState.Open,
        AddedAt = Now,
    });

    /// <summary>A document of a provider, added by the command, in place of an earlier one if one is named.</summary>
    public async Task<Guid> DocumentAsync(Guid provider, DateOnly? lastOn, DocumentKind kind = DocumentKind.Insurance, string name = "Public liability insurance", Guid? replaces = null)
    {
        await using var db = Db();
        var id = Guid.CreateVersion7();
        var file = CheckedFile.Read("paper.pdf", "%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"u8.ToArray()).File ?? throw new InvalidOperationException("It is no PDF.");
        var outcome = await new SaveDocument(db, clock).AddAsync(id, provider, replaces, new() { Kind = kind, Name = name, LastOn = lastOn }, file, Actor.CommandLine, ct);
        return outcome == EditOutcome.Saved ? id : throw new InvalidOperationException($"{outcome}");
    }

    /// <summary>What somebody saw at a date, which need not have begun.</summary>
    public Task<CourseObservation> ObservationAsync(Guid run, DateOnly? followUpOn = null) => AddedAsync(new CourseObservation
    {
        Id = Guid.CreateVersion7(),
        RunId = run,
        ObservedById = null,
        UpToDate = SeenAs.Well,
        Delivery = SeenAs.Well,
        Discussion = SeenAs.InPart,
        HardSubjects = SeenAs.NotSeen,
        Setting = SeenAs.VeryWell,
        WentWell = "People talked.",
        FollowUpOn = followUpOn,
    });

    public Task<ProviderReview> ReviewAsync(Guid provider, DateOnly heldOn, DateOnly nextOn) => AddedAsync(new ProviderReview
    {
        Id = Guid.CreateVersion7(),
        ProviderId = provider,
        HeldOn = heldOn,
        Outcome = ReviewOutcome.CarryOn,
        Words = "All well.",
        NextOn = nextOn,
    });
}
