using Microsoft.EntityFrameworkCore;
using TrainingHub.Attendance;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using Xunit;

namespace TrainingHub.Tests.Attendance;

/// <summary>People who attended a course some days ago, and what became of their certificates.</summary>
internal sealed class CertificateWorld(TestApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public DateOnly Today => London.DateOf(app.Clock.Now);

    public static Actor By => new(Guid.CreateVersion7(), "Ann Coordinator");

    /// <param name="months">After how many it is taken again; null is not said.</param>
    /// <param name="before">A course that it builds on.</param>
    public async Task<Course> CourseAsync(int? months = 36, string? title = null, Guid? before = null)
    {
        var course = await app.Given.CourseAsync(title, before: before);
        await app.WithAsync((TrainingHubDb db) => db.Courses.Where(one => one.Id == course.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.RenewalMonths, months), Ct));
        return course;
    }

    /// <summary>A place on a date so many days ago, marked.</summary>
    /// <param name="name">Null is somebody new.</param>
    public async Task<GivenPlace> AttendedAsync(int daysAgo = 2, Mark? mark = Mark.Attended, Course? course = null, string? name = null, GivenDelegate? given = null)
    {
        var run = await app.Given.RunAsync((course ?? await CourseAsync()).Id, Today.AddDays(-daysAgo));
        var place = (await app.Given.PlacesAsync(run, given ?? new GivenDelegate(name ?? $"Person {Guid.NewGuid():N}")))[0];
        if (mark is { } known)
        {
            await app.Given.MarkAsync(place.Place.Id, app.Clock.Now, known);
        }

        return place;
    }

    public async Task MarkAsync(GivenPlace place, Mark? mark)
    {
        var staff = await app.WithAsync<TrainingHubDb, Guid?>(db => db.Users.Select(user => (Guid?)user.Id).FirstOrDefaultAsync(Ct)) ?? await app.Given.StaffAsync();
        Assert.Null(await app.WithAsync((MarkAttendance command) => command.RunAsync(new(place.Place.RunId), place.Place.Id, mark, new(staff, "Ann Coordinator"), Ct)));
    }

    public Task<int> KeepAsync() => app.RunJobAsync(nameof(KeepCertificates));

    public Task<CertificateResult> ByHandAsync(GivenPlace place, Guid? seen = null) =>
        app.WithAsync((IssueCertificate issue) => issue.ByHandAsync(place.Place.Id, seen, By, Ct));

    /// <summary>Of the place, in no order.</summary>
    public Task<List<Certificate>> AllAsync(GivenPlace place) =>
        app.WithAsync((TrainingHubDb db) => db.Certificates.AsNoTracking().Where(one => one.PlaceId == place.Place.Id).ToListAsync(Ct));

    public async Task<Certificate> InForceAsync(GivenPlace place) => Assert.Single(await AllAsync(place), one => one.State == CertificateState.Issued);

    public async Task<Certificate> IssuedAsync(GivenPlace place)
    {
        await KeepAsync();
        return await InForceAsync(place);
    }

    public async Task<string> StatesAsync(GivenPlace place) => string.Join(", ", (await AllAsync(place)).Select(one => one.State.ToString()).Order(StringComparer.Ordinal));

    public Task<List<OutgoingEmail>> MailsAsync(GivenPlace place, string kind = "certificate-ready") => app.WithAsync((TrainingHubDb db) =>
        db.OutgoingEmails.AsNoTracking().Where(email => email.Kind == kind && email.ToAddress == place.Person.Email).OrderBy(email => email.CreatedAt).ToListAsync(Ct));

    /// <summary>The private link in the newest email about a certificate.</summary>
    public async Task<string> LinkAsync(GivenPlace place) =>
        new Uri(Assert.IsType<CertificateReadyEmail>((await MailsAsync(place))[^1].Message()).CertificateUrl).AbsolutePath;
}
