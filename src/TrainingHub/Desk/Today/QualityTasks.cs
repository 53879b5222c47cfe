using TrainingHub.Catalogue;
using TrainingHub.Learning;
using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>What has to be done about providers in use: contracts, documents, reviews, and what was agreed at observations.</summary>
internal static class QualityTasks
{
    /// <summary>How long before the last day of a contract staff are told of it.</summary>
    public const int ContractSoonDays = 60;

    /// <summary>Those that end soon, and those that have ended or will before a date that the provider delivers.</summary>
    public static Task<TaskGroup> ContractsAsync(TrainingHubDb db, DateTimeOffset now, CancellationToken ct)
    {
        var today = London.DateOf(now);
        var soon = today.AddDays(ContractSoonDays);
        return TaskGroup.OfAsync(
            "Contracts with providers that end",
            CatalogueUrls.StaffProviders + "?sort=contract",
            from provider in db.Providers
            where provider.ArchivedAt == null && provider.ContractUntil != null
            let after = DateLines.Coming(db, now).Count(run => run.ProviderId == provider.Id && run.RunsOn > provider.ContractUntil)
            where (provider.ContractUntil >= today && provider.ContractUntil <= soon) || after > 0
            orderby provider.ContractUntil, provider.Name
            select new { provider.Id, provider.Name, Until = provider.ContractUntil!.Value, After = after },
            row => new TodayTask($"The contract with {row.Name} {(row.Until < today ? "has ended" : "ends")}", CatalogueUrls.StaffProvider(row.Id))
            {
                On = row.Until,
                IsLate = row.Until < today,
                Facts = $"Last day: {London.Words(row.Until)}.{(row.After == 0 ? "" : row.After == 1 ? " 1 coming date is after it." : $" {row.After} coming dates are after it.")}",
                Links = [new("Extend the contract", $"{CatalogueUrls.StaffProvider(row.Id)}#Form_ContractUntil-day"), new("Record a review", LearningUrls.NewReview(row.Id))],
            },
            ct);
    }

    public static Task<TaskGroup> DocumentsAsync(TrainingHubDb db, DateOnly today, CancellationToken ct)
    {
        var soon = today.AddDays(ProviderDocument.SoonDays);
        return TaskGroup.OfAsync(
            "Documents of providers that run out",
            CatalogueUrls.StaffProviders,
            from document in ProviderDocument.Current(db)
            join provider in db.Providers on document.ProviderId equals provider.Id
            where provider.ArchivedAt == null && document.LastOn <= soon
            orderby document.LastOn, provider.Name
            select new { document.Id, document.ProviderId, document.Name, Provider = provider.Name, Last = document.LastOn!.Value },
            row => new TodayTask($"{row.Name} of {row.Provider} {(row.Last < today ? "has run out" : "runs out")}", LearningUrls.Document(row.Id))
            {
                On = row.Last,
                IsLate = row.Last < today,
                Facts = $"Last day: {London.Words(row.Last)}",
                Links = [new("Add a newer one", LearningUrls.ReplaceDocument(row.ProviderId, row.Id))],
            },
            ct);
    }

    public static Task<TaskGroup> ReviewsAsync(TrainingHubDb db, DateOnly today, CancellationToken ct) => TaskGroup.OfAsync(
        "Providers to review",
        CatalogueUrls.StaffProviders + "?sort=review",
        from review in ProviderReview.Newest(db)
        join provider in db.Providers on review.ProviderId equals provider.Id
        where provider.ArchivedAt == null && review.NextOn <= today
        orderby review.NextOn, provider.Name
        select new { provider.Id, provider.Name, Next = review.NextOn!.Value, review.HeldOn },
        row => new TodayTask($"Review {row.Name}", CatalogueUrls.ProviderQuality(row.Id))
        {
            On = row.Next,
            IsLate = row.Next < today,
            Facts = $"Due {London.Words(row.Next)}; {(row.HeldOn is { } held ? $"last reviewed on {London.Words(held)}" : "never reviewed")}",
            Links = [new("Record the review", LearningUrls.NewReview(row.Id)), new("Look at its figures", $"{CatalogueUrls.ProviderQuality(row.Id)}#figures")],
        },
        ct);

    public static Task<TaskGroup> FollowUpsAsync(TrainingHubDb db, DateOnly today, CancellationToken ct) => TaskGroup.OfAsync(
        "Observations to follow up",
        CatalogueUrls.StaffProviders,
        from one in db.CourseObservations
        join run in db.CourseRuns on one.RunId equals run.Id
        join course in db.Courses on run.CourseId equals course.Id
        from provider in db.Providers.Where(provider => provider.Id == run.ProviderId).DefaultIfEmpty()
        where one.ArchivedAt == null && one.Outcome == null && one.FollowUpOn <= today && provider.ArchivedAt == null
        orderby one.FollowUpOn, one.Id
        select new { one.Id, Course = course.Title, run.RunsOn, Provider = provider.Name, On = one.FollowUpOn!.Value },
        row => new TodayTask($"Follow up what was agreed about {row.Course}", LearningUrls.Observation(row.Id))
        {
            On = row.On,
            IsLate = row.On < today,
            Facts = $"{(row.Provider is null ? "" : row.Provider + " · ")}date of {London.Words(row.RunsOn)} · planned for {London.Words(row.On)}",
            Links = [new("Say what came of it", $"{LearningUrls.Observation(row.Id)}#follow-up")],
        },
        ct);
}
