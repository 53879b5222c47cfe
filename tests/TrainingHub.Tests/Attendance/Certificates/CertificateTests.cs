using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Attendance;
using TrainingHub.Bookings;
using TrainingHub.Emails;
using TrainingHub.Platform;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>A certificate follows the register: issued once, replaced when something is corrected, ended when it is not earned. What was issued never changes.</summary>
public sealed class CertificateTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly CertificateWorld world = new(app);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Certificate_AttendanceCounts_IsIssuedOnceWithWhatHoldsToday()
    {
        var course = await world.CourseAsync(months: 36, title: "Neglect & harm");
        var place = await world.AttendedAsync(daysAgo: 2, course: course);

        await world.KeepAsync();
        await world.KeepAsync();

        var certificate = Assert.Single(await world.AllAsync(place));
        Assert.Equal((place.Person.Name, "Neglect & harm", 180, false), (certificate.PersonName, certificate.CourseTitle, certificate.Minutes, certificate.IsPart));
        Assert.Equal([world.Today.AddDays(-2)], certificate.Days);
        Assert.Equal(world.Today.AddDays(-2).AddMonths(36), certificate.ValidUntil);
        Assert.Equal((Reference.Length, Certificate.CodeLength), (certificate.Number.Length, certificate.Code.Length));
        var mail = Assert.IsType<CertificateReadyEmail>(Assert.Single(await world.MailsAsync(place)).Message());
        Assert.False(mail.IsAgain);
    }

    [Theory]
    [InlineData(nameof(Mark.Absent), 0)]
    [InlineData(nameof(Mark.Part), 1)]
    [InlineData(null, 0)]
    public async Task Certificate_ByMark_IsIssuedForAttendanceAlone(string? mark, int issued)
    {
        var place = await world.AttendedAsync(mark: mark is null ? null : Enum.Parse<Mark>(mark));

        await world.KeepAsync();

        var all = await world.AllAsync(place);
        Assert.Equal(issued, all.Count);
        Assert.All(all, one => Assert.True(one.IsPart));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(89, 1)]
    [InlineData(91, 0)]
    public async Task Certificate_ByItself_WaitsForTheNextDayAndComesNotForOldCourses(int daysAgo, int issued)
    {
        var place = await world.AttendedAsync(daysAgo);

        await world.KeepAsync();

        Assert.Equal(issued, (await world.AllAsync(place)).Count);
    }

    [Fact]
    public async Task Certificate_OfSeveralMeetings_SaysEachDayAndAllHours()
    {
        var place = await world.AttendedAsync(daysAgo: 9, course: await world.CourseAsync(months: 12));
        await using (var several = app.Database.Owner().CreateCommand(
            "update course_runs set ends_at = ends_at + interval '7 days', meetings = tstzmultirange(tstzrange(starts_at, ends_at), tstzrange(starts_at + interval '7 days', ends_at + interval '7 days')) where id = $1"))
        {
            several.Parameters.AddWithValue(place.Place.RunId);
            await several.ExecuteNonQueryAsync(Ct);
        }

        var certificate = await world.IssuedAsync(place);

        Assert.Equal([world.Today.AddDays(-9), world.Today.AddDays(-2)], certificate.Days);
        Assert.Equal((360, world.Today.AddDays(-2).AddMonths(12)), (certificate.Minutes, certificate.ValidUntil));
    }

    [Fact]
    public async Task Register_TakenBack_EndsItAndAnotherMarkIssuesANewOne()
    {
        var place = await world.AttendedAsync();
        await world.KeepAsync();

        await world.MarkAsync(place, Mark.Absent);
        await world.KeepAsync();
        Assert.Equal("NotEarned", await world.StatesAsync(place));
        Assert.Single(await world.MailsAsync(place));
        await world.MarkAsync(place, Mark.Attended);
        await world.KeepAsync();

        Assert.Equal("Issued, NotEarned", await world.StatesAsync(place));
        Assert.Equal(2, (await world.MailsAsync(place)).Count);
    }

    [Fact]
    public async Task Name_Corrected_ReplacesItAndKeepsTheFormerOneAsItWas()
    {
        var place = await world.AttendedAsync(name: $"Sian Obrien {Guid.NewGuid():N}");
        var before = await world.IssuedAsync(place);

        await app.WithAsync((CorrectPerson correct) => correct.RunAsync(place.Person.Id, "Siân O’Brien", place.Person.Email, CertificateWorld.By, Ct));
        await world.KeepAsync();

        var now = await world.InForceAsync(place);
        Assert.Equal("Siân O’Brien", now.PersonName);
        Assert.NotEqual((before.Number, before.Code), (now.Number, now.Code));
        var former = Assert.Single(await world.AllAsync(place), one => one.Id == before.Id);
        Assert.Equal((CertificateState.Replaced, before.PersonName), (former.State, former.PersonName));
        // Both were written at one instant of the test's clock, so neither is the later one.
        Assert.Single(await world.MailsAsync(place), mail => mail.Message() is CertificateReadyEmail { IsAgain: true });
    }

    [Fact]
    public async Task Course_RenamedLater_LeavesItAsItWasIssued()
    {
        var course = await world.CourseAsync(title: "Before the change");
        var place = await world.AttendedAsync(course: course);
        await world.KeepAsync();

        await app.WithAsync((TrainingHubDb db) => db.Courses.Where(one => one.Id == course.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Title, "After it"), Ct));

        Assert.Equal(0, await world.KeepAsync());
        Assert.Equal("Before the change", (await world.InForceAsync(place)).CourseTitle);
    }

    [Fact]
    public async Task Withdrawn_ByStaff_ComesNotAgainByItselfAndAgainByHand()
    {
        var place = await world.AttendedAsync();
        var certificate = await world.IssuedAsync(place);

        Assert.True(await app.WithAsync((WithdrawCertificate withdraw) => withdraw.RunAsync(certificate.Id, "The wrong person", CertificateWorld.By, Ct)));
        Assert.False(await app.WithAsync((WithdrawCertificate withdraw) => withdraw.RunAsync(certificate.Id, "Twice", CertificateWorld.By, Ct)));
        await world.KeepAsync();
        Assert.Equal("Withdrawn", await world.StatesAsync(place));
        Assert.Equal(CertificateResult.Issued, await world.ByHandAsync(place));

        Assert.Equal("Issued, Withdrawn", await world.StatesAsync(place));
    }

    [Fact]
    public async Task ByHand_TheSameFormTwice_IssuesOnce()
    {
        var place = await world.AttendedAsync(daysAgo: 200);

        Assert.Equal(CertificateResult.Issued, await world.ByHandAsync(place));
        Assert.Equal(CertificateResult.NothingToDo, await world.ByHandAsync(place));
        var seen = (await world.InForceAsync(place)).Id;
        Assert.Equal(CertificateResult.Replaced, await world.ByHandAsync(place, seen));
        Assert.Equal(CertificateResult.NothingToDo, await world.ByHandAsync(place, seen));

        Assert.Equal("Issued, Replaced", await world.StatesAsync(place));
    }

    [Theory]
    [InlineData(200, nameof(Mark.Absent), nameof(CertificateResult.NotEarned))]
    [InlineData(-2, nameof(Mark.Attended), nameof(CertificateResult.NotYet))]
    public async Task ByHand_NotEarnedOrNotOver_IsRefused(int daysAgo, string mark, string result)
    {
        var place = await world.AttendedAsync(daysAgo, Enum.Parse<Mark>(mark));

        Assert.Equal(Enum.Parse<CertificateResult>(result), await world.ByHandAsync(place));
        Assert.Empty(await world.AllAsync(place));
    }

    [Fact]
    public async Task Person_Forgotten_TakesTheNameFromEveryCertificateOfThePlace()
    {
        var place = await world.AttendedAsync();
        var first = await world.IssuedAsync(place);
        await world.ByHandAsync(place, first.Id);

        Assert.Equal(ForgetResult.Forgotten, await app.WithAsync((ForgetPerson forget) => forget.RunAsync(place.Person.Id, CertificateWorld.By, Ct)));
        await world.KeepAsync();

        Assert.Equal("Forgotten, Replaced", await world.StatesAsync(place));
        Assert.All(await world.AllAsync(place), one => Assert.Null(one.PersonName));
    }

    [Theory]
    [InlineData("update certificates set course_title = 'Another' where id = $1")]
    [InlineData("update certificates set person_name = 'Another' where id = $1")]
    [InlineData("update certificates set valid_until = valid_until + 1 where id = $1")]
    [InlineData("delete from certificates where id = $1")]
    public async Task Database_WhatWasIssued_CannotBeChanged(string sql)
    {
        var certificate = await world.IssuedAsync(await world.AttendedAsync());
        await using var change = app.Database.Owner().CreateCommand(sql);
        change.Parameters.AddWithValue(certificate.Id);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => change.ExecuteNonQueryAsync(Ct));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }

    [Fact]
    public async Task Database_WhatHasEnded_DoesNotComeBack()
    {
        var place = await world.AttendedAsync();
        var certificate = await world.IssuedAsync(place);
        await world.MarkAsync(place, Mark.Absent);
        await world.KeepAsync();
        await using var back = app.Database.Owner().CreateCommand("update certificates set state = 'Issued', ended_at = null where id = $1");
        back.Parameters.AddWithValue(certificate.Id);

        await Assert.ThrowsAsync<PostgresException>(() => back.ExecuteNonQueryAsync(Ct));
    }

    [Fact]
    public async Task Database_SecondInForce_IsRefused()
    {
        var place = await world.AttendedAsync();
        await world.KeepAsync();

        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => app.Given.CertificateAsync(place.Place.Id, app.Clock.Now));

        Assert.Equal("ux_certificates_in_force", Assert.IsType<PostgresException>(refused.InnerException).ConstraintName);
    }
}
