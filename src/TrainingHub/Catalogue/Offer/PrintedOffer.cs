using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Web;

namespace TrainingHub.Catalogue;

/// <summary>A course in the offer of a year, with all its dates of that year, past ones too.</summary>
internal sealed record OfferLine(ListedCourse Course, IReadOnlyList<DateLine> Dates)
{
    /// <summary>"2 on Saturdays, 1 at twilight"; empty when all are on weekdays in the day.</summary>
    public string SlotWords => string.Join(", ", new[]
    {
        Words(RunSlot.Saturday, "on a Saturday", "on Saturdays"),
        Words(RunSlot.Sunday, "on a Sunday", "on Sundays"),
        Words(RunSlot.Twilight, "at twilight", "at twilight"),
    }.OfType<string>());

    /// <summary>What a place costs on any of its dates, the lowest first; empty without dates.</summary>
    public IReadOnlyList<Money> Fees => [.. Dates.Select(date => date.Pence).OfType<int>().Distinct().Order().Select(pence => new Money(pence))];

    /// <summary>"£82 for organisations outside the county", for each class of payers that pays something else; empty when none does.</summary>
    public IReadOnlyList<string> OtherFees => [.. Dates.SelectMany(date => date.ClassPrices?.Words ?? []).Distinct()];

    /// <summary>"Online", "In person" or how many are which; empty without dates.</summary>
    public string DeliveryWords
    {
        get
        {
            var online = Dates.Count(date => date.Delivery == DeliveryMode.Online);
            return (online, Dates.Count - online) switch
            {
                (0, 0) => "",
                (_, 0) => "Online",
                (0, _) => "In person",
                (_, var inPerson) => string.Create(CultureInfo.InvariantCulture, $"{inPerson} in person, {online} online"),
            };
        }
    }

    private string? Words(RunSlot slot, string one, string many) => Dates.Count(date => date.Slot == slot) switch
    {
        0 => null,
        1 => $"1 {one}",
        var count => string.Create(CultureInfo.InvariantCulture, $"{count} {many}"),
    };
}

/// <summary>The fees by length from a day on, and those of each class of payers that pays something else.</summary>
internal sealed record OfferFees(FeeSchedule Everybody, IReadOnlyList<OfferClassFee> Others);

/// <param name="Words">Who pays them, after "for".</param>
internal sealed record OfferClassFee(string Words, int HalfDayPence, int FullDayPence);

/// <summary>
/// The offer of one financial year, as partnerships print it: each course, how many dates, how long, what it costs and why it is
/// offered. A date counts from the day on which visitors see it until the year is over; a cancelled one does not.
/// </summary>
/// <param name="Year">1 April to 31 March.</param>
/// <param name="AsOf">The day on which it was true.</param>
/// <param name="Lines">In the order of the offer.</param>
/// <param name="Fees">The fees by length of that year, the earliest first; more than one when they changed within it.</param>
/// <param name="Years">The years of which there is an offer: the present one, and the next once it has dates.</param>
internal sealed record PrintedOffer(
    FinancialYear Year, DateOnly AsOf, IReadOnlyList<OfferLine> Lines, IReadOnlyList<OfferFees> Fees, IReadOnlyList<FinancialYear> Years)
{
    private const int MostDates = 3000;

    public int DateCount => Lines.Sum(line => line.Dates.Count);

    /// <param name="db">Where the dates are.</param>
    /// <param name="cache">Where the courses are remembered.</param>
    /// <param name="clock">Says which year it is.</param>
    /// <param name="asked">Null is the present year.</param>
    /// <param name="ct">To stop.</param>
    /// <returns>Null when there is no offer of the year.</returns>
    public static async Task<PrintedOffer?> ReadAsync(TrainingHubDb db, PageCache cache, TimeProvider clock, FinancialYear? asked, CancellationToken ct)
    {
        var today = London.DateOf(clock.GetUtcNow());
        var present = FinancialYear.Of(today);
        var next = new FinancialYear(present.StartsIn + 1);
        FinancialYear[] years = await DateLines.Offered(db, next).AnyAsync(ct) ? [present, next] : [present];
        var year = asked ?? present;
        if (!years.Contains(year))
        {
            return null;
        }

        var dates = (await DateLines.Of(db, DateLines.Offered(db, year)).OrderBy(date => date.StartsAt).ThenBy(date => date.Id).Take(MostDates).ToListAsync(ct))
            .ToLookup(date => date.CourseId);
        var courses = (await CatalogueSnapshot.ReadAsync(cache, clock)).Courses
            // Events have a page of their own.
            .Where(course => course.Kind == CourseKind.Course && (course.OfferOrder is not null || dates.Contains(course.Id)));
        return new(year, today, [.. courses.Select(course => new OfferLine(course, [.. dates[course.Id]]))], await FeesAsync(db, year, ct), years);
    }

    private static async Task<IReadOnlyList<OfferFees>> FeesAsync(TrainingHubDb db, FinancialYear year, CancellationToken ct)
    {
        var fees = await SaveFees.InForce(db, year.To).Where(one => one.StartsOn > year.From).ToListAsync(ct);
        var first = await SaveFees.InForce(db, year.From).Take(1).ToListAsync(ct);
        List<FeeSchedule> all = [.. fees.Concat(first).Reverse()];
        var ids = all.ConvertAll(one => one.Id);
        var others = await (
            from payer in PayerClass.InUse(db)
            join fee in db.ClassFees on payer.Id equals fee.PayerClassId
            where ids.Contains(fee.FeeScheduleId)
            orderby payer.SortOrder, payer.Id
            select new { fee.FeeScheduleId, payer.Words, fee.HalfDayPence, fee.FullDayPence }).ToListAsync(ct);
        return all.ConvertAll(one => new OfferFees(one, [..
            from fee in others
            where fee.FeeScheduleId == one.Id
            select new OfferClassFee(fee.Words, fee.HalfDayPence, fee.FullDayPence)]));
    }
}
