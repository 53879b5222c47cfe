using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;

namespace TrainingHub.Tests;

internal sealed partial class Given
{
    /// <summary>The time of day at which a date begins when only its day is said.</summary>
    public static readonly TimeOnly Morning = new(9, 30);

    /// <param name="pricePence">The fee of every date of the course; null leaves it to the schedule.</param>
    public async Task<Course> CourseAsync(string? title = null, CourseLength? length = null, int? pricePence = null, bool isOffered = false, bool isDraft = false, Guid? programme = null, int? module = null, Guid? before = null, PrerequisiteRule rule = PrerequisiteRule.Shown, CourseKind kind = CourseKind.Course)
    {
        var number = NextNumber();
        title ??= $"Course number {number}";
        var course = new Course
        {
            Id = Guid.CreateVersion7(),
            Slug = $"{title.ToLowerInvariant().Replace(' ', '-')}-{Guid.NewGuid():N}",
            Title = title,
            Kind = kind,
            Length = length,
            OfferOrder = isOffered ? number : null,
            IsDraft = isDraft,
            ProgrammeId = programme,
            ModuleNumber = module,
            PrerequisiteId = before,
            PrerequisiteRule = rule,
        };
        var fees = pricePence is { } pence
            ? new[] { new CourseFee { Id = Guid.CreateVersion7(), CourseId = course.Id, StartsOn = new DateOnly(2020, 4, 1), PricePence = pence } }
            : [];
        await AddAsync([course, .. fees]);
        return course;
    }

    public Task<Programme> ProgrammeAsync(string? title = null)
    {
        title ??= $"Programme number {NextNumber()}";
        return AddedAsync(new Programme { Id = Guid.CreateVersion7(), Slug = $"{title.ToLowerInvariant().Replace(' ', '-')}-{Guid.NewGuid():N}", Title = title, Summary = $"Modules of {title}." });
    }

    /// <summary>What all modules of a programme cost together, from 2020 on and for everybody unless said otherwise.</summary>
    public async Task ProgrammeFeeAsync(Guid programme, int? pence, Guid? payer = null, DateOnly? from = null)
    {
        await using var db = Db();
        var everybody = await db.PayerClasses.Where(one => one.SortOrder == PayerClass.Everybody).Select(one => one.Id).SingleAsync(ct);
        await AddAsync(new ProgrammeFee { Id = Guid.CreateVersion7(), ProgrammeId = programme, PayerClassId = payer ?? everybody, StartsOn = from ?? new DateOnly(2020, 4, 1), PricePence = pence });
    }

    /// <summary>The fee of a course from a day on.</summary>
    public Task CourseFeeAsync(Guid course, DateOnly from, int pence) =>
        AddAsync(new CourseFee { Id = Guid.CreateVersion7(), CourseId = course, StartsOn = from, PricePence = pence });

    /// <summary>What the course was called before, as an import matches it.</summary>
    public Task EarlierTitleAsync(Guid course, string title) =>
        AddAsync(new CourseTitle { Id = Guid.CreateVersion7(), CourseId = course, Title = title, TitleKey = title.ToLowerInvariant() });

    /// <summary>A date of that course from 9:30 in London.</summary>
    public Task<CourseRun> RunAsync(Guid course, DateOnly on, int capacity = 20) =>
        RunAsync(course, London.Instant(on, Morning), capacity);

    public async Task<CourseRun> RunAsync(Guid course, DateTimeOffset startsAt, int capacity = 20, int? feePence = null) =>
        await AddedAsync(NewRun(course, startsAt, capacity, feePence));

    /// <summary>The fees of half and full days from that day on.</summary>
    public Task FeesAsync(DateOnly from, int halfDayPence, int fullDayPence) => AddAsync(new FeeSchedule
    {
        Id = Guid.CreateVersion7(),
        StartsOn = from,
        HalfDayPence = halfDayPence,
        FullDayPence = fullDayPence,
        Reason = "Given",
    });

    /// <summary>A class of payers of these areas or sectors.</summary>
    public Task<PayerClass> PayerClassAsync(string words, int order = 1, Guid[]? areas = null, Guid[]? sectors = null, string? name = null) => AddedAsync(
        new PayerClass { Id = Guid.CreateVersion7(), Name = name ?? $"Payers number {NextNumber()}", Words = words, SortOrder = order, AreaIds = areas ?? [], SectorIds = sectors ?? [] });

    /// <summary>What a class pays by the schedule that starts on that day.</summary>
    public async Task ClassFeesAsync(PayerClass payer, DateOnly from, int halfDayPence, int fullDayPence)
    {
        await using var db = Db();
        var schedule = await db.FeeSchedules.SingleAsync(one => one.StartsOn == from, ct);
        await AddAsync(new ClassFee { FeeScheduleId = schedule.Id, PayerClassId = payer.Id, HalfDayPence = halfDayPence, FullDayPence = fullDayPence });
    }

    /// <summary>A version of the cancellation policy, by steps of working days and what stays due, the last one at 0 days.</summary>
    public Task<CancellationPolicy> PolicyAsync(DateOnly from, params (int Days, int Percent)[] tiers) => PolicyAsync(from, freeLatePence: 0, tiers);

    public Task<CancellationPolicy> PolicyAsync(DateOnly from, int freeLatePence, params (int Days, int Percent)[] tiers) => AddedAsync(new CancellationPolicy
    {
        Id = Guid.CreateVersion7(Now),
        StartsOn = from,
        TierWorkingDays = [.. tiers.Select(tier => tier.Days)],
        TierPercents = [.. tiers.Select(tier => tier.Percent)],
        FreeLatePence = freeLatePence,
        AbsentHalfDayPence = 2500,
        AbsentFullDayPence = 5000,
        MoveWorkingDays = 10,
        MostMoves = 1,
        LateMinutes = 15,
        WaiverReasons = ["Illness", "Our mistake"],
        Reason = "Of a test",
        AddedAt = Now.AddMilliseconds(NextNumber()),
    });

    public Task<Venue> VenueAsync(string? name = null, string? postcode = null) => AddedAsync(
        new Venue { Id = Guid.CreateVersion7(), Name = name ?? $"Venue number {NextNumber()}", Address = "1 Example Street, Poole", Postcode = postcode });

    public Task<Provider> ProviderAsync(string? name = null, DateOnly? contractUntil = null) => AddedAsync(
        new Provider { Id = Guid.CreateVersion7(), Name = name ?? $"Provider number {NextNumber()}", ContractUntil = contractUntil });

    public Task<Trainer> TrainerAsync(Guid provider, string name) => AddedAsync(new Trainer { Id = Guid.CreateVersion7(), ProviderId = provider, Name = name });

    /// <summary>A date that the provider delivers online.</summary>
    public async Task<CourseRun> RunByAsync(Guid course, Guid provider, DateOnly on) =>
        await AddedAsync(NewRun(course, London.Instant(on, Morning), capacity: 20, provider: provider));

    /// <summary>The same, called off before it began.</summary>
    public async Task<CourseRun> CancelledByAsync(Guid course, Guid provider, DateOnly on)
    {
        var run = NewRun(course, London.Instant(on, Morning), capacity: 20, provider: provider);
        run.Cancel("Too few people", chooseUntil: null, run.StartsAt.AddDays(-7));
        return await AddedAsync(run);
    }

    /// <summary>A date that staff prepare, online unless a venue is given.</summary>
    public async Task<CourseRun> DraftAsync(Guid course, DateOnly on, int? feePence = null, Guid? venue = null) =>
        await AddedAsync(NewRun(course, London.Instant(on, Morning), capacity: 20, feePence, venue: venue).AsDraft());

    /// <summary>Days on which schools are closed.</summary>
    public Task<SchoolHoliday> SchoolHolidayAsync(string name, DateOnly from, DateOnly until, Guid? area = null) =>
        AddedAsync(new SchoolHoliday { Id = Guid.CreateVersion7(), Name = name, FromOn = from, UntilOn = until, AreaId = area });

    /// <summary>A date in person.</summary>
    public async Task<CourseRun> RunAtAsync(Guid course, Guid venue, DateOnly on, int? feePence = null) =>
        await AddedAsync(NewRun(course, London.Instant(on, Morning), capacity: 20, feePence, venue: venue));

    /// <summary>A date of three hours, online unless a venue is given, with all its places free.</summary>
    public static CourseRun NewRun(
        Guid course, DateTimeOffset startsAt, int capacity, int? feePence = null, Guid? id = null, string? reference = null, Guid? venue = null,
        Guid? provider = null, string? link = null) => new()
        {
            Id = id ?? Guid.CreateVersion7(),
            Reference = reference ?? $"RUN-{NextNumber()}",
            CourseId = course,
            StartsAt = startsAt,
            EndsAt = startsAt.AddHours(3),
            RunsOn = London.DateOf(startsAt),
            Slot = CourseRun.SlotOf(London.DateOf(startsAt), TimeOnly.FromDateTime(London.At(startsAt))),
            Capacity = capacity,
            Delivery = venue is null ? DeliveryMode.Online : DeliveryMode.InPerson,
            VenueId = venue,
            ProviderId = provider,
            JoiningLink = link,
            FeePence = feePence,
        };

    /// <summary>Brings the count on each date to the live places that it has.</summary>
    public async Task CountPlacesAsync(IReadOnlyCollection<Guid> runs)
    {
        await using var db = Db();
        await db.CourseRuns.Where(run => runs.Contains(run.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(run => run.PlacesTaken, run => db.Places.Count(place => place.RunId == run.Id
                && (place.State == TrainingHub.Bookings.PlaceState.Held || place.State == TrainingHub.Bookings.PlaceState.Confirmed))),
            ct);
    }
}
