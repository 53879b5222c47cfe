using System.Text;
using TrainingHub.Attendance;
using TrainingHub.Platform.Files;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>Every layout that Teams, Zoom and Meet were seen to write, and what the files of people who saved them anew look like.</summary>
public sealed class MeetingReportReaderTests
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-16 with its mark", Reports.Utf16(Reports.Sample) },
        { "UTF-16 without", Encoding.Unicode.GetBytes(Reports.Sample) },
        { "UTF-16, the other way round", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Reports.Sample)] },
        { "the same without its mark", Encoding.BigEndianUnicode.GetBytes(Reports.Sample) },
        { "UTF-8 with its mark", [.. Encoding.UTF8.GetPreamble(), .. Reports.Utf8(Reports.Sample)] },
        { "UTF-8 without, lines end in LF", Reports.Utf8(Reports.Sample.ReplaceLineEndings("\n")) },
        { "Windows-1252", Windows1252.GetBytes(Reports.Sample) },
        { "semicolons, sep=", Reports.Utf8("sep=;\n" + Reports.Sample.Replace('\t', ';')) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Read_AnyEncodingAndSeparator_IsTheSame(string what, byte[] file)
    {
        Assert.NotEmpty(what);
        var report = MeetingReportReader.Read(file);

        Assert.Equal(ReportKind.Teams, report.Kind);
        Assert.Equal(7, report.Stays.Count);
        Assert.Equal("Zoë O'Connor-Müller", report.Stays[4].Name);
        Assert.Equal(TimeSpan.FromMinutes(75), report.Stays[4].Duration);
    }

    [Fact]
    public void Read_CommasWithDatesInQuotationMarks_IsTheSame()
    {
        const string people = "\"Ames, Alice (External)\",\"3/27/26, 9:58:20 AM\",\"3/27/26, 1:01:02 PM\",3h 2m 42s,alice.ames@school.example,aames7@tenant.example,Presenter";

        var report = MeetingReportReader.Read(Reports.Utf8(
            $"2. Participants\nName,First Join,Last Leave,In-Meeting Duration,Email,Participant ID (UPN),Role\n{people}\n"));

        var alice = Assert.Single(report.Stays);
        Assert.Equal("Ames, Alice (External)", alice.Name);
        Assert.Equal(new DateTime(2026, 3, 27, 9, 58, 20), alice.Joined!.On(Reports.Day));
        Assert.Equal(["alice.ames@school.example", "aames7@tenant.example"], alice.Addresses);
    }

    [Fact]
    public void Read_QuotedTabAndQuotationMarks_AreTheName()
    {
        var report = MeetingReportReader.Read(Reports.Utf16(Reports.Teams("\"Alice \"\"Al\"\"\tAmes\"|3/27/26, 9:58:20 AM|3/27/26, 1:01:02 PM|3h 2m 42s|||Presenter")));

        Assert.Equal("Alice \"Al\"\tAmes", Assert.Single(report.Stays).Name);
    }

    [Fact]
    public void Read_QuotationMarkNeverClosed_IsRefusedAndSwallowsNobody()
    {
        var refused = Assert.Throws<FileRefusedException>(() => MeetingReportReader.Read(Reports.Utf16(Reports.Teams($"\"Ames, Alice|3/27/26, 9:58:20 AM\n{Reports.Zoe}"))));

        Assert.Contains("never closed", refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Layouts => new()
    {
        // As of T1: one row a stay, after some lines of summary.
        {
            "T1",
            "Meeting Summary\nTotal Number of Participants|2\nMeeting Title|Neglect\nMeeting Start Time|27/03/2026, 09:41:07\nMeeting End Time|27/03/2026, 13:04:52\nMeeting Id|19:meeting\n\n"
            + "Full Name|Join Time|Leave Time|Duration|Email|Role|Participant ID (UPN)\nAlice Ames|27/03/2026, 09:58:20|27/03/2026, 13:01:02|3h 2m|alice.ames@school.example|Attendee|alice.ames@school.example",
            "Alice Ames 183"
        },
        { "T0", "Full Name|User Action|Timestamp\n\"Ames, Alice\"|Joined before|\"27/03/2026, 09:58:20\"\nTom Tate|Joined|\"27/03/2026, 10:03:00\"\nTom Tate|Left|\"27/03/2026, 10:50:00\"", "Ames, Alice ?, Tom Tate 47" },
        { "T0 without a heading", "\"Ames, Alice\"|Joined before|\"27/03/2026, 09:58:20\"\nTom Tate|Joined|\"27/03/2026, 10:03:00\"\nTom Tate|Left|\"27/03/2026, 10:50:00\"", "Ames, Alice ?, Tom Tate 47" },
        { "T2a", Reports.Teams(Reports.Alice, Reports.AliceTwice, "Name|First join|Last leave|In-meeting duration|Email|Participant ID (UPN)|Role"), "Ames, Alice (External) 183" },
        {
            "T2b",
            Reports.Teams(
                $"{Reports.Alice}|3|0|1|0|0|1|0|2\nBo Short|3/27/26, 10:00:00 AM|3/27/26, 11:00:00 AM|1h",
                Reports.AliceTwice + "\n\n4. Meeting Engagement\nName|Engagement Type|Time\nAmes, Alice (External)|Raise Hands|3/27/26, 10:10:00 AM",
                "Name|First Join|Last Leave|In-Meeting Duration|Email|Participant ID (UPN)|Role|Engagement: Reaction-Applause|Engagement: Reaction-Laugh|Engagement: Reaction-Like|Engagement: Reaction-Love|Engagement: Reaction-Surprised|Engagement: Camera On|Engagement: Raise Hands|Engagement: Unmute"),
            "Ames, Alice (External) 183, Bo Short 60"
        },
        {
            "T2c in Portuguese",
            "1. Resumo\nTítulo da reunião|Neglect\nHora de início|27/03/26, 09:41:07\n\n2. Participantes\nNome|Primeiro ingresso|Última saída|Duração na reunião|Email|ID do participante (UPN)|Função\n"
            + "Alice Ames|27/03/26, 09:58:20|27/03/26, 13:01:02|3h 2m 42s|alice.ames@school.example||Apresentador\n\n3. Atividades na reunião\nNome|Hora de ingresso|Hora de saída|Duração|Email|Função\nAlice Ames|27/03/26, 09:58:20|27/03/26, 13:01:02|3h 2m 42s|alice.ames@school.example|Apresentador",
            "Alice Ames 183"
        },
        { "T2c in German", "2. Teilnehmer\nName|Erster Beitritt|Letztes Verlassen|Dauer der Besprechung|E-Mail|Teilnehmer-ID (UPN)|Rolle\nAlice Ames|27.03.26, 09:58:20|27.03.26, 13:01:02|3 Std. 2 Min. 42 Sek.|alice.ames@school.example||Referent", "Alice Ames 183" },
        { "T2d without times", "2. Participants\nName|Email|Participant ID (UPN)|Role\nAlice Ames|alice.ames@school.example|alice.ames@school.example|Attendee\n\n3. In-Meeting Activities\nName|Email|Role\nAlice Ames|alice.ames@school.example|Attendee", "Alice Ames ?" },
        { "other order", "Role|Email|In-Meeting Duration|Last Leave|First Join|Name\nAttendee|alice.ames@school.example|3h 2m 42s|2026-03-27 13:01:02|2026-03-27 09:58:20|Alice Ames", "Alice Ames 183" },
        { "single stays alone", "3. In-Meeting Activities\nName|Join Time|Leave Time|Duration|Email|Role\n" + Reports.AliceTwice, "Ames, Alice (External) 183" },
        { "nobody in the first table", Reports.Teams("", Reports.AliceTwice), "Ames, Alice (External) 183" },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Read_EachLayoutOfTeams_GivesPeopleWithTheirMinutes(string layout, string file, string people)
    {
        Assert.NotEmpty(layout);

        Assert.Equal(people, People(MeetingReportReader.Read(Reports.Utf16(Reports.Tabs(file))), ReportKind.Teams));
    }

    public static TheoryData<string, string, string> ZoomLayouts => new()
    {
        {
            "Z1",
            "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n812 3456,Neglect,03/27/2026 09:41:07 AM,03/27/2026 01:04:52 PM,host@example.org,204,2\n\n"
            + "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,\nAlice Ames,alice.ames@school.example,03/27/2026 09:58:20 AM,03/27/2026 01:01:02 PM,183,No,Y,\nZoom Report",
            "Alice Ames 183"
        },
        { "Z1c", "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Disclaimer Response,In Waiting Room\nAlice Ames,,\"Mar 27, 2026 10:00 AM\",\"Mar 27, 2026 01:00 PM\",180,Yes,,No\nAlice Ames,,\"Mar 27, 2026 09:50 AM\",\"Mar 27, 2026 10:00 AM\",10,Yes,,Yes", "Alice Ames 180" },
        { "Z2", "Name (Original Name),User Email,Total Duration (Minutes),Guest\nAlice Ames,alice.ames@school.example,183,No", "Alice Ames 183" },
        {
            "Z3",
            "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,In waiting room\nAlice Ames,alice.ames@school.example,03/27/2026 09:58:20 AM,03/27/2026 01:01:02 PM,183,No,OK,No\n"
            + "Tom (Tom Tate),,03/27/2026 10:03:00 AM,03/27/2026 10:50:00 AM,47,Yes,OK,No\nTom (Tom Tate),,03/27/2026 10:52:10 AM,03/27/2026 01:00:40 PM,129,Yes,OK,No\n\"O'Connor-Müller, Zoë (she/her)\",zoe@charity.example,27/03/2026 10:00:05,27/03/2026 11:15:05,75,Yes,,No\n",
            "Alice Ames 183, Tom (Tom Tate) 176, O'Connor-Müller, Zoë (she/her) 75"
        },
        { "Z3 with a NUL in a row", "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\nAlice\0 Ames,,03/27/2026 09:58:20 AM,03/27/2026 01:01:02 PM,183,No\n", "Alice Ames 183" },
        { "Z3b", "Name (original name),Email,Total duration (minutes),Guest\nAlice Ames,alice.ames@school.example,183,No", "Alice Ames 183" },
        {
            "Z4",
            "Attendee Report\nReport Generated:,\"Mar 28, 2026 08:12 AM\"\nTopic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,Max Concurrent Views\nNeglect,812 3456,\"Mar 27, 2026 09:41 AM\",204,3,0,2,2,2\n"
            + "Host Details\nAttended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name\nYes,Priya Trainer,priya@example.org,\"Mar 27, 2026 09:41 AM\",\"Mar 27, 2026 01:04 PM\",203,No,United Kingdom\n"
            + "Panelist Details,\nAttended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name\nYes,Pat Panel,pat@example.org,\"Mar 27, 2026 10:00 AM\",\"Mar 27, 2026 11:00 AM\",60,No,United Kingdom\n"
            + "Attendee Details,\nAttended,User Name (Original Name),First Name,Last Name,Email,Phone,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name\n"
            + "Yes,Alice Ames,Alice,Ames,alice.ames@school.example,,\"Mar 1, 2026 10:00 AM\",approved,\"Mar 27, 2026 09:58 AM\",\"Mar 27, 2026 01:01 PM\",183,No,United Kingdom\nNo,Tom Tate,Tom,Tate,tom@school.example,,\"Mar 1, 2026 10:00 AM\",approved,--,--,--,--,\n",
            "Priya Trainer 203, Pat Panel 60, Alice Ames 183"
        },
        {
            "Z5 of two days",
            "Topic,Meeting_ID,User_Name,User_Email,Department,Group,Has_Zoom_Rooms?,Creation_Time,Start_Time,End_Time,Duration_(Minutes),Participants,Name_(Original_Name),User_Email,Join_Time,Leave_Time,Duration_(Minutes),Guest,Recording_Consent,In_Waiting_Room\n"
            + "Neglect,1,Host Person,host@example.org,,,No,03/01/2026 08:00:00 AM,03/27/2026 09:41:07 AM,03/27/2026 01:04:52 PM,204,2,Alice Ames,alice.ames@school.example,03/27/2026 09:58:20 AM,03/27/2026 01:01:02 PM,183,No,Y,No\n"
            + "Neglect,1,Host Person,host@example.org,,,No,03/01/2026 08:00:00 AM,03/26/2026 09:41:07 AM,03/26/2026 01:04:52 PM,204,2,Tom Tate,,03/26/2026 09:58:20 AM,03/26/2026 01:01:02 PM,183,No,Y,No\n",
            "Alice Ames 183"
        },
    };

    [Theory]
    [MemberData(nameof(ZoomLayouts))]
    public void Read_EachLayoutOfZoom_GivesPeopleWithTheirMinutes(string layout, string file, string people)
    {
        Assert.NotEmpty(layout);

        Assert.Equal(people, People(MeetingReportReader.Read(Reports.Utf8(file)), ReportKind.Zoom));
    }

    [Fact]
    public void Read_Meet_HasTimesWithoutADate()
    {
        var report = MeetingReportReader.Read(Reports.Utf8("First name,Last name,Email,Duration,Time joined,Time exited\nAlice,Ames,alice.ames@school.example,3 hr 2 min,9:58 AM,1:01 PM\nZoë,,,58 min,10:00,10:58\n"));

        Assert.Equal("Alice Ames 182, Zoë 58", People(report, ReportKind.Meet));
        Assert.Equal(new DateTime(2026, 3, 27, 9, 58, 0), report.Stays[0].Joined!.On(Reports.Day));
        Assert.False(ReportDay.IsSaid(report));
    }

    [Theory]
    [InlineData("name,colour\nAlice,red\n")]
    [InlineData("run_reference,delegate_name,delegate_email,sector,area\nR,A,a@example.org,Education,BCP\n")]
    [InlineData("")]
    [InlineData("%PDF-1.7")]
    public void Read_NoReport_IsRefused(string file) => Assert.Throws<FileRefusedException>(() => MeetingReportReader.Read(Reports.Utf8(file)));

    [Theory]
    [InlineData("3/27/26, 9:41:07\u202FAM", 9, 41)]
    [InlineData("27.03.26, 21:41:07", 21, 41)]
    [InlineData("27/03/2026 09.41", 9, 41)]
    [InlineData("2026-03-27T09:41:07", 9, 41)]
    [InlineData("2026-03-27T09:41:07Z", 9, 41)]
    [InlineData("2026-03-27 09:41:07", 9, 41)]
    [InlineData("27 March 2026 9:41 pm", 21, 41)]
    [InlineData("Mar 27, 2026 12:41 AM", 0, 41)]
    [InlineData("27-3-26 9:41:07 p.m.", 21, 41)]
    public void Moment_InAnyDress_IsRead(string text, int hour, int minute)
    {
        var moment = ReportMoment.Parse(text);

        Assert.NotNull(moment);
        Assert.True(moment.CanBeOn(Reports.Day));
        Assert.Equal((hour, minute), (moment.Time.Hour, moment.Time.Minute));
    }

    [Fact]
    public void Moment_InSummerWithItsZone_IsLondons() => Assert.Equal(new TimeOnly(10, 41), ReportMoment.Parse("2026-06-27T09:41:00Z")?.Time);

    [Theory]
    [InlineData("--")]
    [InlineData("tomorrow")]
    [InlineData("45/45/2026 10:00")]
    [InlineData("27/03/2026 25:00")]
    public void Moment_ThatIsNone_IsNull(string text) => Assert.Null(ReportMoment.Parse(text));

    [Theory]
    [InlineData("3h 2m 42s", false, 10962)]
    [InlineData("47m", false, 2820)]
    [InlineData("2h", false, 7200)]
    [InlineData("59s", false, 59)]
    [InlineData("1 h 2 min", false, 3720)]
    [InlineData("1 hr 2 min", false, 3720)]
    [InlineData("00:47:03", false, 2823)]
    [InlineData("47", true, 2820)]
    [InlineData("47", false, null)]
    [InlineData("", false, null)]
    [InlineData("--", true, null)]
    [InlineData("a while", false, null)]
    public void Duration_ThatCannotBeRead_IsUnknownAndNotNought(string text, bool isMinutes, int? seconds) =>
        Assert.Equal(seconds, (int?)ReportDuration.Parse(text, isMinutes)?.TotalSeconds);

    private static string People(MeetingReport report, ReportKind kind)
    {
        Assert.Equal(kind, report.Kind);
        return string.Join(", ", ReportPerson.In([report], Reports.Day).Select(person => $"{person.Name} {person.Minutes?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}"));
    }
}
