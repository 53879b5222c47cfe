using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TrainingHub.Catalogue;
using TrainingHub.Emails;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Learning;

/// <summary>Writes the emails about notices to providers: tracked rows that the caller saves in its transaction. A provider without an address gets none.</summary>
internal sealed class NoticeMail(TrainingHubDb db, IOptions<SiteOptions> site)
{
    /// <summary>What the courses of a notice are called.</summary>
    public Task<List<string>> CoursesAsync(ContentNotice notice, CancellationToken ct) =>
        db.Courses.Where(course => notice.CourseIds.Contains(course.Id)).OrderBy(course => course.Title).Select(course => course.Title).ToListAsync(ct);

    public void Tell(Provider provider, ContentNotice notice, ProviderNotice to, IReadOnlyList<string> courses, DateTimeOffset now) => Add(provider, new ContentChangeEmail(
        NameOf(provider), courses, London.Words(notice.FromOn), notice.Text, notice.FileName is not null, London.LongWords(notice.DueOn), LinkTo(to, notice, now)), now);

    public void Remind(Provider provider, ContentNotice notice, ProviderNotice to, IReadOnlyList<string> courses, bool isLate, DateTimeOffset now) => Add(provider, new ContentChangeReminderEmail(
        NameOf(provider), courses, London.Words(notice.FromOn), London.LongWords(notice.DueOn), isLate, LinkTo(to, notice, now)), now);

    public void Withdraw(Provider provider, ContentNotice notice, ProviderNotice to, IReadOnlyList<string> courses, string because, DateTimeOffset now) => Add(provider, new ContentChangeWithdrawnEmail(
        NameOf(provider), courses, London.Words(London.DateOf(notice.SentAt)), because, to.AcknowledgedAt is { } at ? London.Words(London.DateOf(at)) : null), now);

    /// <summary>To ourselves: who has not acknowledged in time.</summary>
    public void Escalate(IReadOnlyList<string> lines, DateTimeOffset now) =>
        db.Add(OutgoingEmail.To(site.Value.ContactEmail, new NoticesLateEmail(lines, site.Value.Absolute("/staff")), now));

    private static string NameOf(Provider provider) => provider.ContactName ?? provider.Name;

    private void Add(Provider provider, IEmailMessage message, DateTimeOffset now)
    {
        if (provider.Email is { } address && EmailAddress.IsValid(address))
        {
            db.Add(OutgoingEmail.To(address, message, now, provider.Name));
        }
    }

    private string LinkTo(ProviderNotice to, ContentNotice notice, DateTimeOffset now) => site.Value.Absolute(
        LearningUrls.NoticeLink(SecretLink.Issue(db, ProviderNotice.LinkPurpose, to.Id, now, ProviderNotice.LinkExpiresAt(notice.DueOn)).Value));
}
