using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform.Data;

namespace TrainingHub.Catalogue;

/// <summary>Puts in the published offer: fee schedules, classes of payers, programmes with what they cost as a whole, courses, their titles, texts and fees. Does nothing when there are courses.</summary>
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
        var payers = await AddPayersAsync(offer, ct);
        foreach (var schedule in offer.FeeSchedules)
        {
            var id = Guid.CreateVersion7();
            db.AddRange(schedule.Classes.Select(own => new ClassFee
            {
                FeeScheduleId = id,
                PayerClassId = payers[own.PayerClass],
                HalfDayPence = own.HalfDayPence,
                FullDayPence = own.FullDayPence,
            }));
            db.Add(new FeeSchedule
            {
                Id = id,
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
        var everybody = await db.PayerClasses.Where(payer => payer.SortOrder == PayerClass.Everybody).Select(payer => payer.Id).SingleAsync(ct);
        db.AddRange(offer.Programmes.SelectMany(row => row.Fees.Select(fee => new ProgrammeFee
        {
            Id = Guid.CreateVersion7(),
            ProgrammeId = programmes[row.Slug].Id,
            PayerClassId = fee.PayerClass is { } name ? payers[name] : everybody,
            StartsOn = fee.StartsOn,
            PricePence = fee.Pence,
        })));
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

    private async Task<Dictionary<string, Guid>> AddPayersAsync(OfferFile offer, CancellationToken ct)
    {
        var areas = await db.Areas.ToDictionaryAsync(area => area.Name, area => area.Id, ct);
        var payers = offer.PayerClasses.Select((row, index) => new PayerClass
        {
            Id = Guid.CreateVersion7(),
            Name = row.Name,
            Words = row.Words,
            SortOrder = PayerClass.Everybody + 1 + index,
            SectorIds = [],
            AreaIds = [.. row.Areas.Select(name => areas[name])],
        }).ToList();
        db.AddRange(payers);
        return payers.ToDictionary(payer => payer.Name, payer => payer.Id);
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
