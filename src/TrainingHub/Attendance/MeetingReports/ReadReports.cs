using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Bookings;
using TrainingHub.Catalogue;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;

namespace TrainingHub.Attendance;

/// <summary>Reports that were read, or why not: a sentence for whoever sent them.</summary>
internal sealed record ReadReportsOutcome(ReportProposal? Proposal, string? Refusal);

/// <summary>
/// Reads the reports of one meeting, several of which are added up, and proposes marks. Writes nothing. Refuses what is no report, one of another
/// day, and a register that cannot be marked.
/// </summary>
internal sealed class ReadReports(TrainingHubDb db, IOptions<AttendanceOptions> rule, TimeProvider clock)
{
    public const int MostPeople = 300;

    /// <param name="run">The date.</param>
    /// <param name="meeting">Of a date of several; null finds it by the day of the reports.</param>
    /// <param name="files">What each holds, with its name where there is more than one.</param>
    /// <param name="ct"></param>
    public async Task<ReadReportsOutcome> RunAsync(Guid run, short? meeting, IReadOnlyList<(string Name, byte[] Content)> files, CancellationToken ct)
    {
        List<MeetingReport> reports = [];
        // The same file twice is read once.
        foreach (var (name, content) in files.DistinctBy(file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file.Content))))
        {
            try
            {
                reports.Add(MeetingReportReader.Read(content));
            }
            catch (FileRefusedException refused)
            {
                return new(null, files.Count > 1 ? $"{name}: {refused.Message}" : refused.Message);
            }
        }

        var date = await DateLines.FindAsync(db, run, ct);
        return date is null ? new(null, Register.Words(RegisterRefusal.NotOnRegister)) : await ProposeAsync(date, meeting, reports, ct);
    }

    private async Task<ReadReportsOutcome> ProposeAsync(DateLine date, short? wanted, List<MeetingReport> reports, CancellationToken ct)
    {
        var (meeting, refusal) = ReportDay.MeetingOf(date, wanted, reports);
        if (refusal is not null)
        {
            return new(null, refusal);
        }

        var held = date.EachMeeting[meeting - 1];
        var sitting = new Sitting(date.Id, date.Meetings is null ? null : meeting);
        if (Register.WhyNotMark(date.State, held.On, clock.GetUtcNow()) is { } closed)
        {
            return new(null, Register.Words(closed));
        }

        var people = ReportPerson.In(reports, held.On);
        if (people.Count is 0 or > MostPeople)
        {
            return new(null, people.Count == 0 ? "Nobody is in this report." : $"This report names more than {MostPeople} people. Take those of this meeting into a file of their own.");
        }

        var everybody = await DelegatesAsync(db, sitting, ct);
        var matching = new ReportMatching(everybody);
        var rows = matching.Rows(people, new(London.At(held.StartsAt), London.At(held.EndsAt)), rule.Value);
        return new(new(sitting, reports[0].Kind, rows, matching.NotIn(rows), reports.Exists(ReportDay.IsSaid), everybody), null);
    }

    /// <summary>Who has a confirmed place, by name, with their mark on this register.</summary>
    public static async Task<IReadOnlyList<RegisteredDelegate>> DelegatesAsync(TrainingHubDb db, Sitting sitting, CancellationToken ct)
    {
        var (run, meeting) = (sitting.RunId, sitting.Meeting);
        var all = await db.Places.Where(place => place.RunId == run && place.State == PlaceState.Confirmed)
            .Select(place => new RegisteredDelegate(
                place.Id,
                place.DelegateName,
                db.People.Where(person => person.Id == place.PersonId).Select(person => person.EmailKey).FirstOrDefault(),
                meeting == null
                    ? db.AttendanceMarks.Where(mark => mark.PlaceId == place.Id).Select(mark => (Mark?)mark.Mark).FirstOrDefault()
                    : db.MeetingMarks.Where(mark => mark.PlaceId == place.Id && mark.Meeting == meeting).Select(mark => (Mark?)mark.Mark).FirstOrDefault(),
                db.Bookings.Where(booking => booking.Id == place.BookingId).Select(booking => booking.OrganisationName).FirstOrDefault()))
            .ToListAsync(ct);
        return [.. all.OrderBy(one => one.Name is null).ThenBy(one => one.NameWords, RegisterLine.ByName).ThenBy(one => one.PlaceId)];
    }
}
