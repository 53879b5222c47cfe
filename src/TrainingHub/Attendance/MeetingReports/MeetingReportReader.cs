using TrainingHub.Platform.Files;

namespace TrainingHub.Attendance;

/// <summary>
/// Reads a report of Teams (all versions since 2020), Zoom or Meet, whatever its encoding, separator, language and order of columns. Where people
/// and their single stays stand in two tables, as in Teams, only the first counts; the tables of a webinar all do.
/// </summary>
internal static class MeetingReportReader
{
    private const string NoReport =
        "This is not an attendance report of Teams, Zoom or Meet. No row names a column of names and one of joining, duration or address.";

    private static readonly char[] Separators = ['\t', ',', ';'];

    /// <exception cref="FileRefusedException">It cannot be read, or is no report; the message says why.</exception>
    public static MeetingReport Read(byte[] content)
    {
        if (FileFormat.IsArchive(content))
        {
            return FileContent.Parse(content, rows => rows.Any(row => ReportHeading.Of(row) is not null)).Sheets.Select(Find).FirstOrDefault(found => found is not null)
                ?? throw new FileRefusedException(NoReport);
        }

        // The rows above the table tell nothing of the separator: they have few of any. That with which there is a table is it.
        var text = TextDecoder.Decode(content).Text.Replace("\0", "", StringComparison.Ordinal);
        FileRefusedException? refused = null;
        foreach (var separator in Separators)
        {
            try
            {
                if (Find(DelimitedText.Read(text, separator)) is { } found)
                {
                    return found;
                }
            }
            catch (FileRefusedException why)
            {
                refused ??= why;
            }
        }

        throw refused ?? new FileRefusedException(NoReport);
    }

    private static MeetingReport? Find(Sheet sheet)
    {
        var rows = sheet.Rows;
        ReportHeading? heading = null;
        List<ReportStay> stays = [];
        List<ReportMoment> above = [];
        ReportEvents events = new();
        var (taken, before) = (false, 0);
        foreach (var row in rows)
        {
            var isAfterGap = row.Number > before + 1;
            before = row.Number;
            if (ReportHeading.Of(row) is { } next)
            {
                if (taken && next.Attended < 0)
                {
                    break;
                }

                heading = next;
            }
            else if (heading is null && ReportEvents.IsEvent(row))
            {
                heading = ReportEvents.Heading;
                events.Add(row, heading);
            }
            else if (heading is null)
            {
                above.AddRange(row.Cells.Select(cell => ReportMoment.Parse(cell.Words)).OfType<ReportMoment>());
            }
            else if (IsEnd(row, isAfterGap || heading.Attended >= 0))
            {
                // What follows is of another table until a heading comes. A table of nobody does not stand for its people.
                taken = stays.Count > 0 || events.Any;
            }
            else if (heading.Event >= 0)
            {
                events.Add(row, heading);
            }
            else if (!taken || heading.Attended >= 0)
            {
                stays.AddRange(Of(row, heading));
            }
        }

        return heading is null ? null : new(heading.Kind, heading.Event >= 0 ? events.Stays() : stays, above);
    }

    /// <summary>The title of the next table, or Zoom's last line.</summary>
    private static bool IsEnd(SheetRow row, bool mayBeTitle) => row.Cells.Skip(1).All(cell => cell.IsEmpty)
        && (mayBeTitle || row.Cells[0].Words is [>= '0' and <= '9', '.', ' ', ..] || row.Cells[0].Words.Equals("Zoom Report", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<ReportStay> Of(SheetRow row, ReportHeading heading)
    {
        string At(int index) => index >= 0 && index < row.Cells.Length ? row.Cells[index].Words : "";

        var name = string.Join(' ', heading.Names.Select(At).Where(part => part.Length > 0));
        if (name.Length == 0 || IsYes(At(heading.WaitingRoom)) || At(heading.Attended).Equals("No", StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        var (joined, left) = (ReportMoment.Parse(At(heading.Joined)), ReportMoment.Parse(At(heading.Left)));
        yield return new(
            name, [.. heading.Addresses.Select(At).Where(address => address.Length > 0)], joined, left,
            ReportDuration.Parse(At(heading.Duration), heading.IsMinutes), heading.IsWhole);
    }

    private static bool IsYes(string cell) => cell.Equals("Yes", StringComparison.OrdinalIgnoreCase);
}
