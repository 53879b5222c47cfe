using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Commands;
using TrainingHub.Platform.Files;

namespace TrainingHub.Attendance;

/// <summary>
/// import attendance RUN-REFERENCE FILE… [--accept]: prints name,delegate,minutes,proposed for each person in the reports and each delegate
/// whom nothing in them may be. With --accept it sets the attended and part ones that have no mark yet.
/// </summary>
internal sealed class ImportAttendance(TrainingHubDb db, ReadReports read, AcceptReport accept) : IVerb
{
    private const string Accept = "--accept";

    public static string Name => "import attendance";

    public static string Usage => $"{Name} RUN-REFERENCE FILE… [{Accept}]";

    public Task<int> RunAsync(string[] args, CancellationToken ct) => RunAsync(args, Console.Out, Console.Error, ct);

    internal async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var words = args.Where(word => word != Accept).ToArray();
        if (words is not [var reference, _, ..] || words.FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal)) is not null)
        {
            throw new UsageException("Name the date by its reference, and at least one file.");
        }

        var paths = words[1..];
        if (paths.FirstOrDefault(path => !File.Exists(path)) is { } missing)
        {
            throw new UsageException($"There is no file {missing}.");
        }

        var upper = reference.ToUpperInvariant();
        var run = await db.CourseRuns.Where(one => one.Reference == reference || one.Reference == upper).Select(one => (Guid?)one.Id).FirstOrDefaultAsync(ct);
        if (run is not { } id)
        {
            return await RefuseAsync(errors, $"No date has the reference {reference}.");
        }

        List<(string, byte[])> files = [];
        try
        {
            foreach (var path in paths)
            {
                await using var file = File.OpenRead(path);
                files.Add((Path.GetFileName(path), await FileContent.ReadAsync(file, ct)));
            }
        }
        catch (FileRefusedException refused)
        {
            return await RefuseAsync(errors, refused.Message);
        }

        var outcome = await read.RunAsync(id, meeting: null, files, ct);
        return outcome.Proposal is { } proposal ? await PrintAsync(proposal, args.Contains(Accept), output, errors, ct) : await RefuseAsync(errors, outcome.Refusal ?? "");
    }

    private static async Task<int> RefuseAsync(TextWriter errors, string why)
    {
        await errors.WriteLineAsync(why);
        await errors.WriteLineAsync("Nothing was written.");
        return 1;
    }

    private async Task<int> PrintAsync(ReportProposal proposal, bool isAccepted, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        await output.WriteAsync(ToCsv(proposal));
        if (!proposal.SaysDay)
        {
            await errors.WriteLineAsync("The report does not say its day. Make sure that it is of this date.");
        }

        if (!isAccepted)
        {
            return 0;
        }

        var done = await accept.RunAsync(proposal.Sitting, proposal.Kind, proposal.Clear(), Actor.CommandLine, ct);
        if (done.Refusal is { } refusal)
        {
            return await RefuseAsync(errors, Register.Words(refusal));
        }

        await errors.WriteLineAsync(done.Set.Count == 1 ? "1 mark was set." : $"{done.Set.Count} marks were set.");
        return 0;
    }

    internal static string ToCsv(ReportProposal proposal)
    {
        var csv = new StringBuilder("name,delegate,minutes,proposed\n");
        foreach (var row in proposal.Rows)
        {
            Line(csv, row.Person.Name, string.Join(" | ", row.Candidates.Select(one => one.NameWords)), row.Person.Minutes?.ToString(CultureInfo.InvariantCulture) ?? "", Word(row));
        }

        foreach (var absentee in proposal.NotIn)
        {
            Line(csv, "", absentee.NameWords, "", "not-in-report");
        }

        return csv.ToString();
    }

    private static string Word(ProposedRow row) => row.Why switch
    {
        ReportDoubt.Unmatched => "unmatched",
        null when row.Mark == Mark.Attended => "attended",
        null => "part",
        ReportDoubt.Several or ReportDoubt.OtherName or ReportDoubt.Twice or ReportDoubt.Unknown or ReportDoubt.Short => "ask",
    };

    private static void Line(StringBuilder csv, params string[] cells) => csv.AppendJoin(',', cells.Select(Cell)).Append('\n');

    private static string Cell(string text)
    {
        var safe = SpreadsheetText.Neutralise(text);
        return safe.AsSpan().IndexOfAny(",\"\n\r") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
