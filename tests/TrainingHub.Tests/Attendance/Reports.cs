using System.Text;
using TrainingHub.Attendance;

namespace TrainingHub.Tests.Attendance;

/// <summary>Invented reports of a course on 27 March 2026 from 10:00 to 13:00, as their programs write them.</summary>
internal static class Reports
{
    public static readonly DateOnly Day = new(2026, 3, 27);

    public static readonly PlannedTime Planned = new(new(2026, 3, 27, 10, 0, 0), new(2026, 3, 27, 13, 0, 0));

    /// <summary>Of the newer kind of Teams: a summary, its people, and their single stays. Tabs are written as |.</summary>
    public static string Teams(string people, string? stays = null, string header = "Name|First Join|Last Leave|In-Meeting Duration|Email|Participant ID (UPN)|Role") => Tabs(
        $"""
        1. Summary
        Meeting title|"Domestic abuse: the child's day
        (virtual)"
        Attended participants|7
        Start time|3/27/26, 9:41:07 AM
        End time|3/27/26, 1:04:52 PM
        Meeting duration|3h 23m 45s

        2. Participants
        {header}
        {people}

        3. In-Meeting Activities
        Name|Join Time|Leave Time|Duration|Email|Role
        {stays}
        """);

    public const string Alice = "Ames, Alice (External)|3/27/26, 9:58:20 AM|3/27/26, 1:01:02 PM|3h 2m 42s|alice.ames@school.example|aames7@tenant.example|Presenter";

    public const string Tom =
        """
        Tom Tate (Unverified)|3/27/26, 10:03:00 AM|3/27/26, 10:50:00 AM|47m|||Presenter
        Tom Tate (Unverified)|3/27/26, 10:52:10 AM|3/27/26, 1:00:40 PM|2h 8m 30s|||Presenter
        """;

    public const string Zoe = "Zoë O'Connor-Müller|3/27/26, 10:00:05 AM|3/27/26, 11:15:05 AM|1h 15m|zoe@charity.example|zoe@charity.example|Attendee";

    public const string Telephone = "441632960123 (Unverified)|3/27/26, 10:07:00 AM|3/27/26, 1:00:00 PM|2h 53m|||Attendee";

    public const string Screen = "Little Oaks iPad (Unverified)|3/27/26, 9:59:00 AM|3/27/26, 1:00:10 PM|3h 1m 10s|||Presenter";

    public const string Trainer = "Priya Trainer|3/27/26, 9:41:09 AM|3/27/26, 1:04:50 PM|3h 23m 41s|priya.trainer@example.org|priya.trainer@example.org|Organizer";

    public const string AliceTwice =
        """
        Ames, Alice (External)|3/27/26, 9:58:20 AM|3/27/26, 11:20:00 AM|1h 21m 40s|alice.ames@school.example|Presenter
        Ames, Alice (External)|3/27/26, 11:20:00 AM|3/27/26, 1:01:02 PM|1h 41m 2s|alice.ames@school.example|Presenter
        """;

    /// <summary>The sample with everybody.</summary>
    public static readonly string Sample = Teams(string.Join('\n', Trainer, Alice, Tom, Zoe, Telephone, Screen), AliceTwice);

    public static string Tabs(string text) => text.Replace('|', '\t').ReplaceLineEndings("\r\n");

    /// <summary>UTF-16 with its mark, as Teams writes.</summary>
    public static byte[] Utf16(string text) => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)];

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static RegisteredDelegate Delegate(string name, string? email = null, Mark? mark = null) =>
        new(Guid.CreateVersion7(), name, email, mark, "Bluebell Nursery");

    /// <summary>What is proposed for these people, of one file or several.</summary>
    public static IReadOnlyList<ProposedRow> Rows(IReadOnlyList<RegisteredDelegate> everybody, params string[] files) =>
        Rows(everybody, [.. files.Select(file => MeetingReportReader.Read(Utf8(file)))]);

    public static IReadOnlyList<ProposedRow> Rows(IReadOnlyList<RegisteredDelegate> everybody, params MeetingReport[] reports) =>
        new ReportMatching(everybody).Rows(ReportPerson.In(reports, Day), Planned, new AttendanceOptions());

    /// <summary>"Alice Ames 183 Attended"; a doubt stands for the mark.</summary>
    public static string Words(ProposedRow row) =>
        $"{row.Delegate?.NameWords ?? row.Person.Name} {row.Person.Minutes?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} {row.Why?.ToString() ?? row.Mark.ToString()}";
}
