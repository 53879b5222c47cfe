using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Data;

namespace TrainingHub.Desk;

/// <summary>What is found by a number, a reference, a day or a title, of which there are few.</summary>
internal sealed partial class SearchEverything
{
    private const int ShortestReference = 3;

    /// <summary>Where it leads when what was typed is a whole reference of a booking or date, or an invoice's number; null when it is not.</summary>
    public async Task<string?> ExactAsync(SearchText text, CancellationToken ct)
    {
        if (InvoiceNumber().Match(text.Typed) is { Success: true } invoice && invoice.Groups["inv"].Success)
        {
            return (await Invoices(Number(invoice)).SingleOrDefaultAsync(ct)) is { } found ? DeskUrls.Booking(found.Reference) : null;
        }

        if (text.ReferencePart is { Length: Reference.Length } reference && await db.Bookings.AnyAsync(booking => booking.Reference == reference, ct))
        {
            return DeskUrls.Booking(reference);
        }

        string[] spelled = [text.Typed, text.Typed.ToUpperInvariant()];
        var run = await db.CourseRuns.Where(one => spelled.Contains(one.Reference))
            .Select(one => (Guid?)one.Id).FirstOrDefaultAsync(ct);
        return run is { } date ? BookingUrls.StaffDate(date) : null;
    }

    private async Task<FoundGroup<DateLine>> DatesAsync(SearchText text, DateTimeOffset now, CancellationToken ct)
    {
        var day = CivilDate.Parse(text.Typed);
        var pattern = SearchText.Within(text.Typed);
        if (day is null && (text.Typed.Length < ShortestReference || text.Words.Count > 1))
        {
            return FoundGroup<DateLine>.None;
        }

        var runs = day is { } on
            ? db.CourseRuns.Where(run => run.RunsOn == on)
            : db.CourseRuns.Where(run => EF.Functions.ILike(run.Reference, pattern, SearchText.Escape)).Some(Candidates);
        var rows = await DateLines.Of(db, runs)
            .OrderByDescending(date => date.EndsAt > now).ThenBy(date => date.EndsAt > now ? date.StartsAt : DateTimeOffset.MaxValue)
            .ThenByDescending(date => date.StartsAt).ThenBy(date => date.Id)
            .Take(Shown + 1).ToListAsync(ct);
        return FoundGroup<DateLine>.Of(rows);
    }

    private async Task<FoundGroup<FoundCourse>> CoursesAsync(SearchText text, DateTimeOffset now, CancellationToken ct)
    {
        var titled = db.Courses.AsQueryable();
        foreach (var word in text.Words)
        {
            titled = titled.Where(course => PersonKey.OfColumn(course.Title).Contains(word)
                || db.CourseTitles.Any(title => title.CourseId == course.Id && PersonKey.OfColumn(title.Title).Contains(word)));
        }

        var coming = DateLines.Coming(db, now);
        var rows = await (
            from course in titled
            let next = coming.Where(run => run.CourseId == course.Id).OrderBy(run => run.StartsAt).Select(run => (DateOnly?)run.RunsOn).FirstOrDefault()
            orderby course.ArchivedAt == null descending, next == null, course.Title, course.Id
            select new
            {
                course.Id,
                course.Title,
                course.Kind,
                Titles = db.CourseTitles.Where(title => title.CourseId == course.Id).OrderBy(title => title.Title).Select(title => title.Title).ToList(),
                Coming = coming.Count(run => run.CourseId == course.Id),
                Next = next,
            }).Take(Shown + 1).ToListAsync(ct);
        return FoundGroup<FoundCourse>.Of(rows.ConvertAll(row => new FoundCourse(
            row.Id, row.Title, row.Kind, text.IsIn(row.Title) ? null : row.Titles.Find(text.IsIn), row.Coming, row.Next)));
    }

    private async Task<FoundGroup<FoundInvoice>> InvoicesAsync(SearchText text, CancellationToken ct) =>
        InvoiceNumber().Match(text.Typed) is { Success: true } number
            ? FoundGroup<FoundInvoice>.Of(await Invoices(Number(number)).ToListAsync(ct))
            : FoundGroup<FoundInvoice>.None;

    private IQueryable<FoundInvoice> Invoices(int number) =>
        from invoice in db.Invoices
        where invoice.Number == number
        join booking in db.Bookings on invoice.BookingId equals booking.Id
        select new FoundInvoice(
            invoice.Number, booking.Reference, booking.OrganisationName ?? booking.BookerName, invoice.AmountPence, invoice.DueOn, invoice.IsSettled);

    private static int Number(Match invoice) => int.Parse(invoice.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);

    // "INV-00042" as it is printed, and as it is said: "inv 42", "42".
    [GeneratedRegex(@"^(?<inv>inv(?:oice)?\.?[\s-]*)?0*(?<number>[0-9]{1,9})$", RegexOptions.IgnoreCase)]
    private static partial Regex InvoiceNumber();
}
