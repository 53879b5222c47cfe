using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>Puts in the published offer: fee schedules, programmes, courses, their titles, texts and fees. Does nothing when there are courses.</summary>
internal sealed class SeedOffer(TrainingHubDb db) : ISeed
{
    public static int Order => 20;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        if (await db.Courses.AnyAsync(ct))
        {
            return;
        }

        var offer = OfferFile.Read();
        foreach (var schedule in offer.FeeSchedules)
        {
            db.Add(new FeeSchedule
            {
                Id = Guid.CreateVersion7(),
                StartsOn = schedule.StartsOn,
                HalfDayPence = schedule.HalfDayPence,
                FullDayPence = schedule.FullDayPence,
                Reason = schedule.Reason,
            });
        }

        var programmes = offer.Programmes
            .Select(row => new Programme { Id = Guid.CreateVersion7(), Slug = row.Slug, Title = row.Title, Summary = row.Summary })
            .ToDictionary(programme => programme.Slug);
        db.AddRange(programmes.Values);
        var texts = CourseTextsFile.Read();
        db.AddRange(texts.TagWords.Select(words => new CourseTag { Tag = words.Key, Words = words.Value }));
        var ids = offer.Courses.ToDictionary(row => row.Slug, _ => Guid.CreateVersion7());
        foreach (var row in offer.Courses)
        {
            Add(row, texts.Courses.GetValueOrDefault(row.Slug), ids, row.Programme is null ? null : programmes[row.Programme].Id);
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private void Add(OfferFile.CourseRow row, CourseTextsFile.Row? texts, Dictionary<string, Guid> ids, Guid? programmeId)
    {
        var course = new Course
        {
            Id = ids[row.Slug],
            Slug = row.Slug,
            Title = row.Title,
            Summary = row.Summary,
            Audience = row.Audience,
            Tag = row.Tag,
            LinkedTo = row.LinkedTo,
            Level = row.Level,
            Length = row.Length is null ? null : Enum.Parse<CourseLength>(row.Length),
            IsNew = row.IsNew,
            SurveyTitle = row.SurveyTitle,
            ProgrammeId = programmeId,
            ModuleNumber = row.Module,
            OfferOrder = row.OfferOrder,
            SearchWords = row.AllSearchWords,
            Outcomes = texts?.OutcomesText,
            DayPlan = texts?.DayText,
            Bring = texts?.Bring,
            HowItRuns = texts?.HowItRunsText,
            Resources = texts?.ResourcesText,
            Priority = texts?.Priority,
            PrerequisiteId = texts?.Before is { } before ? ids[before] : null,
            RenewalMonths = texts?.RenewalMonths,
        };
        db.Add(course);
        foreach (var title in row.Titles.Prepend(row.Title).DistinctBy(CourseTitle.KeyOf))
        {
            db.Add(new CourseTitle { Id = Guid.CreateVersion7(), CourseId = course.Id, Title = title, TitleKey = CourseTitle.KeyOf(title) });
        }

        foreach (var fee in row.Fees)
        {
            db.Add(new CourseFee { Id = Guid.CreateVersion7(), CourseId = course.Id, StartsOn = fee.StartsOn, PricePence = fee.Pence });
        }
    }
}
