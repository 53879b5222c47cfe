using Microsoft.EntityFrameworkCore;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;
using TrainingHub.Platform.Files;

namespace TrainingHub.Learning;

/// <summary>
/// Demo: contracts, documents of which one is about to run out, a review that is due, an observation to follow up, and who delivered the
/// dates of past years. All of it is invented, as the providers are. Does nothing when there is any document.
/// </summary>
internal sealed class SeedQuality(TrainingHubDb db, TimeProvider clock) : ISeed
{
    public static int Order => 91;

    public static bool DemoOnly => true;

    public async Task RunAsync(CancellationToken ct)
    {
        var providers = await db.Providers.Where(one => one.IsInvented).OrderBy(one => one.Name).ToListAsync(ct);
        if (providers.Count < 3 || await db.ProviderDocuments.AnyAsync(ct))
        {
            return;
        }

        var now = clock.GetUtcNow();
        var today = London.DateOf(now);
        var (first, second) = (providers[0], providers[1]);
        AddContract(first, today.AddDays(-320), today.AddDays(45));
        AddContract(second, today.AddDays(-100), today.AddDays(630));
        AddDocument(first, DocumentKind.Contract, "Contract for training", today.AddDays(45), now);
        AddDocument(first, DocumentKind.Insurance, "Public liability insurance", today.AddDays(12), now);
        AddDocument(first, DocumentKind.SafeguardingPolicy, "Safeguarding policy", lastOn: null, now);
        AddDocument(second, DocumentKind.Contract, "Contract for training", today.AddDays(630), now);
        db.Add(new ProviderReview
        {
            Id = Guid.CreateVersion7(now),
            ProviderId = second.Id,
            HeldOn = today.AddDays(-370),
            Outcome = ReviewOutcome.CarryOnWithChanges,
            Words = "(Invented example) Delegates rate the courses well. Agreed: more time for discussion between agencies, and slides sent a week before.",
            NextOn = today.AddDays(-5),
        });
        await AddObservationAsync(first, today, now, ct);
        await db.SaveChangesAsync(ct);
        await NamePastAsync(providers, now, ct);
        db.ChangeTracker.Clear();
    }

    private void AddContract(Provider provider, DateOnly from, DateOnly until) =>
        db.Entry(provider).CurrentValues.SetValues(new { ContractFrom = (DateOnly?)from, ContractUntil = (DateOnly?)until });

    private void AddDocument(Provider provider, DocumentKind kind, string name, DateOnly? lastOn, DateTimeOffset now)
    {
        using var paper = new PdfWriter(name, provider.Name);
        paper.Heading(name);
        paper.Paragraph($"Invented for the demonstration. It stands for what {provider.Name} would send.");
        db.Add(new ProviderDocument
        {
            Id = Guid.CreateVersion7(now),
            ProviderId = provider.Id,
            Kind = kind,
            Name = name,
            LastOn = lastOn,
            FileName = CheckedFile.NameOf(name, ".pdf"),
            FileKind = CheckedFileKind.Pdf,
            FileContent = paper.ToBytes(),
            AddedAt = now,
        });
    }

    private async Task AddObservationAsync(Provider provider, DateOnly today, DateTimeOffset now, CancellationToken ct)
    {
        var course = await db.Courses.Where(one => one.Slug == "neglect").Select(one => (Guid?)one.Id).SingleOrDefaultAsync(ct);
        if (course is not { } of)
        {
            return;
        }

        var on = today.AddDays(-21);
        var run = new CourseRun
        {
            Id = Guid.CreateVersion7(now),
            Reference = "EX-OBSERVED",
            CourseId = of,
            StartsAt = London.Instant(on, new TimeOnly(9, 30)),
            EndsAt = London.Instant(on, new TimeOnly(12, 30)),
            RunsOn = on,
            Slot = CourseRun.SlotOf(on, new TimeOnly(9, 30)),
            Capacity = 20,
            Delivery = DeliveryMode.Online,
            ProviderId = provider.Id,
        };
        db.Add(run);
        db.Add(new CourseObservation
        {
            Id = Guid.CreateVersion7(now),
            RunId = run.Id,
            ObservedById = null,
            UpToDate = SeenAs.VeryWell,
            Delivery = SeenAs.Well,
            Discussion = SeenAs.InPart,
            HardSubjects = SeenAs.VeryWell,
            Setting = SeenAs.NotSeen,
            WentWell = "(Invented example) The trainer said at the start that people may step out, and came back to it before the film.",
            ToChange = "(Invented example) Groups were of one agency each. Mix them.",
            Agreed = "(Invented example) The next dates begin with groups of mixed agencies.",
            FollowUpOn = today.AddDays(-2),
        });
    }

    // Nobody published who delivered them. In turn, so that their figures can be compared.
    private async Task NamePastAsync(List<Provider> providers, DateTimeOffset now, CancellationToken ct)
    {
        var past = await db.CourseRuns.Where(run => run.ProviderId == null && run.StartsAt < now).OrderBy(run => run.Reference).Select(run => run.Id).ToListAsync(ct);
        for (var number = 0; number < providers.Count; number++)
        {
            var (own, provider) = (past.Where((_, index) => index % providers.Count == number).ToList(), providers[number].Id);
            await db.CourseRuns.Where(run => own.Contains(run.Id)).ExecuteUpdateAsync(set => set.SetProperty(run => run.ProviderId, provider), ct);
        }
    }
}
