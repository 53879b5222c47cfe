using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Learning;
using TrainingHub.Platform;

namespace TrainingHub.Desk;

/// <summary>What history is about in the room Learning.</summary>
internal static class LearningRecords
{
    public static IReadOnlyList<HistoryKind> Kinds { get; } =
    [
        new(nameof(LearningSource), "Source of learning", (db, ids, ct) => db.LearningSources.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Title, LearningUrls.Source(one.Id))).ToListAsync(ct)),
        new(nameof(Recommendation), "Recommendation", (db, ids, ct) => db.Recommendations.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, "Recommendation " + one.Number, LearningUrls.Recommendation(one.Id))).ToListAsync(ct)),
        new(nameof(LearningAction), "Action from learning", (db, ids, ct) => db.LearningActions.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, $"Action {one.Number}", LearningUrls.Action(one.Id))).ToListAsync(ct)),
        new(nameof(ContentChange), "Change of content", (db, ids, ct) => db.ContentChanges.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.What, LearningUrls.Change(one.Id))).ToListAsync(ct)),
        new(nameof(LearningMeeting), "Learning meeting", (db, ids, ct) => db.LearningMeetings.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(
                one.Id, London.Words(one.HeldOn), one.State == MeetingState.Closed ? LearningUrls.PastMeeting(one.Id) : LearningUrls.Meeting)).ToListAsync(ct)),
        new(nameof(LearningTheme), "Theme of learning", (db, ids, ct) => db.LearningThemes.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, LearningUrls.Theme(one.Id))).ToListAsync(ct)),
        new(nameof(LearningPriority), "Priority", (db, ids, ct) => db.LearningPriorities.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, LearningUrls.Priority(one.Id))).ToListAsync(ct)),
        new(nameof(TrainingNeed), "Training need", (db, ids, ct) => db.TrainingNeeds.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.What, LearningUrls.Need(one.Id))).ToListAsync(ct)),
        new(nameof(ProviderDocument), "Document of a provider", (db, ids, ct) => db.ProviderDocuments.Where(one => ids.Contains(one.Id))
            .Select(one => new HistoryRecord(one.Id, one.Name, LearningUrls.Document(one.Id))).ToListAsync(ct)),
        new(nameof(CourseObservation), "Observation", (db, ids, ct) => (
            from one in db.CourseObservations
            join run in db.CourseRuns on one.RunId equals run.Id
            join course in db.Courses on run.CourseId equals course.Id
            where ids.Contains(one.Id)
            select new HistoryRecord(one.Id, $"{course.Title}, {London.Words(run.RunsOn)}", LearningUrls.Observation(one.Id))).ToListAsync(ct)),
        new(nameof(ProviderReview), "Review of a provider", (db, ids, ct) => (
            from one in db.ProviderReviews
            join provider in db.Providers on one.ProviderId equals provider.Id
            where ids.Contains(one.Id)
            select new HistoryRecord(
                one.Id, one.HeldOn == null ? provider.Name : $"{provider.Name}, {London.Words(one.HeldOn.Value)}", one.HeldOn == null ? CatalogueUrls.ProviderQuality(one.ProviderId) : LearningUrls.Review(one.Id))).ToListAsync(ct)),
    ];
}
