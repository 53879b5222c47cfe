using TrainingHub.Attendance;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>Who is who: the people of a report and those on the register.</summary>
public sealed class ReportMatchingTests
{
    private static readonly RegisteredDelegate Alice = Reports.Delegate("Alice Ames", "alice.ames@school.example");
    private static readonly RegisteredDelegate Tom = Reports.Delegate("Tom Tate", "tom@school.example");
    private static readonly RegisteredDelegate Zoe = Reports.Delegate("Zoe OConnor Muller", "zoe@charity.example");
    private static readonly RegisteredDelegate Bo = Reports.Delegate("Bo Boon", "bo@charity.example");

    [Fact]
    public void Rows_OfTheSample_AreWhatAPersonWouldSay()
    {
        var rows = Reports.Rows([Alice, Tom, Zoe, Bo], Reports.Sample);

        Assert.Equal(
            [
                "Priya Trainer 204 Unmatched", "Alice Ames 183 Attended", "Tom Tate 176 Attended", "Zoe OConnor Muller 75 Part",
                "441632960123 (Unverified) 173 Unmatched", "Little Oaks iPad (Unverified) 181 Unmatched",
            ],
            rows.Select(Reports.Words));
        Assert.Equal([Bo], new ReportMatching([Alice, Tom, Zoe, Bo]).NotIn(rows));
        Assert.Null(rows[1].Late);
        Assert.Equal(105, rows[3].LeftEarly);
    }

    [Theory]
    [InlineData("Alice Ames")]
    [InlineData("AMES, Alice (Guest)")]
    [InlineData("[Bluebell Nursery] alice ames")]
    [InlineData("Ames Alice")]
    [InlineData("Al (Alice Ames)")]
    [InlineData("Alice Ames (she/her)")]
    [InlineData("  álice   amès ")]
    public void Rows_NameInAnyDressWithoutAddress_IsFound(string name) => Assert.Equal("Alice Ames 180 Attended", Only([Alice, Tom], Stay(name)));

    [Theory]
    [InlineData("ALICE.AMES@School.Example", "")]
    [InlineData("aames@tenant.example", "Alice.Ames@school.example")]
    [InlineData("another@home.example", "aames7@tenant.example")]
    public void Rows_EitherAddressElseTheName_FindsThem(string email, string user) => Assert.Equal("Alice Ames 180 Attended", Only([Alice, Tom], Stay("Ames, Alice", email: email, user: user)));

    [Fact]
    public void Rows_TwoOfOneName_AreAsked()
    {
        RegisteredDelegate[] two = [Reports.Delegate("Sam Lee", "sam@one.example"), Reports.Delegate("Sam Lee", "sam@two.example")];

        Assert.Equal("Sam Lee 180 Several", Only(two, Stay("Sam Lee")));
        Assert.Equal("Sam Lee 180 Attended", Only(two, Stay("Sam Lee", email: "sam@two.example")));
        Assert.Empty(new ReportMatching(two).NotIn(Reports.Rows(two, Reports.Teams(Stay("Sam Lee")))));
    }

    [Fact]
    public void Rows_AddressOfOneAndNameOfAnother_AreAsked() =>
        Assert.Equal("Tom Tate 180 Several", Only([Alice, Tom], Stay("Tom Tate", email: "alice.ames@school.example")));

    [Theory]
    [InlineData("Carol Carr", "OtherName")]
    [InlineData("Ali Ames", "Attended")]
    public void Rows_SharedAddressAlone_IsNoPerson(string name, string mark) => Assert.Equal($"Alice Ames 180 {mark}", Only([Alice, Tom], Stay(name, email: "alice.ames@school.example")));

    [Fact]
    public void Rows_OfficeAddressOfTwo_GoesByName()
    {
        RegisteredDelegate[] office = [Reports.Delegate("Alice Ames", "office@school.example"), Reports.Delegate("Tom Tate", "office@school.example")];

        Assert.Equal("Tom Tate 180 Attended", Only(office, Stay("Tate, Tom", email: "office@school.example")));
        Assert.Equal("School Office 180 Several", Only(office, Stay("School Office", email: "office@school.example")));
    }

    [Fact]
    public void Rows_StaysThatOverlap_AreAskedAndNotAddedUp()
    {
        var twice = Stay("Tom Tate", "10:00:00 AM", "12:00:00 PM", "2h") + "\n" + Stay("Tom Tate", "11:00:00 AM", "1:00:00 PM", "2h");

        Assert.Equal("Tom Tate 120 Twice", Only([Tom], twice));
    }

    [Fact]
    public void Rows_ConnectionThatLingers_IsOnePerson()
    {
        var again = Stay("Tom Tate", "10:00:00 AM", "11:30:20 AM", "1h 30m 20s") + "\n" + Stay("Tom Tate", "11:30:00 AM", "1:00:00 PM", "1h 30m");

        Assert.Equal("Tom Tate 180 Attended", Only([Tom], again));
    }

    [Fact]
    public void Rows_SignedInAndAsGuest_IsOnePersonOnTheRegister()
    {
        var both = Stay("Tom Tate", "10:00:00 AM", "11:00:00 AM", "1h", email: "tom@school.example") + "\n" + Stay("Tom Tate (Unverified)", "11:05:00 AM", "1:00:00 PM", "1h 55m");

        Assert.Equal("Tom Tate 175 Attended", Only([Tom], both));
    }

    [Fact]
    public void Rows_MeetingStartedAgain_AddsTheFilesUp()
    {
        var rows = Reports.Rows([Tom], Reports.Teams(Stay("Tom Tate", "10:00:00 AM", "11:00:00 AM", "1h")), Reports.Teams(Stay("Tom Tate", "11:05:00 AM", "1:00:00 PM", "1h 55m")));

        Assert.Equal("Tom Tate 175 Attended", Reports.Words(Assert.Single(rows)));
    }

    [Fact]
    public void Rows_SameMeetingInTwoFiles_CountsOnce()
    {
        var rows = Reports.Rows([Tom], Reports.Teams(Reports.Tom), Reports.Teams(Reports.Tom) + "\r\n");

        Assert.Equal("Tom Tate 176 Attended", Reports.Words(Assert.Single(rows)));
    }

    [Theory]
    [InlineData("10:36:00 AM", "2h 24m", "Attended", 36)]
    [InlineData("10:36:01 AM", "2h 23m 59s", "Part", 36)]
    [InlineData("12:15:00 PM", "45m", "Part", 135)]
    [InlineData("12:16:00 PM", "44m", "Short", 136)]
    [InlineData("10:04:00 AM", "", "Unknown", null)]
    public void Rows_LateJoin_CountsFromThePlannedStart(string joined, string duration, string mark, int? late)
    {
        var row = Reports.Rows([Tom], Reports.Teams(Reports.Trainer + "\n" + Stay("Tom Tate", joined, "1:00:00 PM", duration)))[1];

        Assert.EndsWith(mark, Reports.Words(row), StringComparison.Ordinal);
        Assert.Equal(late, row.Late);
    }

    [Fact]
    public void Rows_WaitingBeforeTheStart_IsNoPartOfTheCourse() =>
        Assert.Equal("Tom Tate 180 Part", Reports.Words(Reports.Rows([Tom], Reports.Teams(Reports.Trainer + "\n" + Stay("Tom Tate", "8:30:00 AM", "11:30:00 AM", "3h")))[1]));

    [Fact]
    public void Rows_OrganiserAbroad_GoesByDurationAlone()
    {
        string[] abroad = ["3:05:00 AM|3/27/26, 6:00:00 AM", "9:05:00 AM|3/27/26, 12:00:00 PM", "11:05:00 AM|3/27/26, 2:00:00 PM"];

        foreach (var times in abroad)
        {
            var row = Assert.Single(Reports.Rows([Tom], Reports.Teams($"Tom Tate|3/27/26, {times}|2h 55m|||Presenter")));
            Assert.Equal(("Tom Tate 175 Attended", null), (Reports.Words(row), row.Late));
        }
    }

    [Fact]
    public void Rows_Settings_MoveTheBounds()
    {
        Assert.Equal(Mark.Attended, new AttendanceOptions { AttendedPercent = 50 }.Propose(50));
        Assert.Null(new AttendanceOptions { PartPercent = 40 }.Propose(39.9));
        Assert.False(new AttendanceOptions { AttendedPercent = 20 }.IsValid);
    }

    [Fact]
    public void Csv_HasOneLineAPersonAndOneForWhoIsNotIn()
    {
        RegisteredDelegate[] everybody = [Alice, Tom, Zoe, Bo];
        var rows = Reports.Rows(everybody, Reports.Sample);
        var proposal = new ReportProposal(new(Guid.NewGuid()), ReportKind.Teams, rows, new ReportMatching(everybody).NotIn(rows), true, everybody);

        Assert.Equal(
            """
            name,delegate,minutes,proposed
            Priya Trainer,,204,unmatched
            "Ames, Alice (External)",Alice Ames,183,attended
            Tom Tate (Unverified),Tom Tate,176,attended
            Zoë O'Connor-Müller,Zoe OConnor Muller,75,part
            441632960123 (Unverified),,173,unmatched
            Little Oaks iPad (Unverified),,181,unmatched
            ,Bo Boon,,not-in-report

            """.ReplaceLineEndings("\n"),
            ImportAttendance.ToCsv(proposal));
        Assert.Equal([(Alice.PlaceId, Mark.Attended), (Tom.PlaceId, Mark.Attended), (Zoe.PlaceId, Mark.Part)], proposal.Clear().Select(mark => (mark.PlaceId, mark.Mark)));
    }

    private static string Stay(string name, string joined = "10:00:00 AM", string left = "1:00:00 PM", string duration = "3h", string email = "", string user = "") =>
        $"\"{name}\"|3/27/26, {joined}|3/27/26, {left}|{duration}|{email}|{user}|Presenter";

    private static string Only(IReadOnlyList<RegisteredDelegate> everybody, string people) => Reports.Words(Assert.Single(Reports.Rows(everybody, Reports.Teams(people))));
}
