using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>Several emails that failed go back into the queue, to the addresses that they had.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class EmailsAgainModel(TrainingHubDb db, TryEmailsAgain tryAgain) : TickedPage(db, DeskUrls.Emails)
{
    public override string ListName => "Emails";

    public override IReadOnlyList<string> Columns { get; } = ["Subject", "To", "Why it failed"];

    public override string DoneWords(int count) => count == 1 ? "1 email is queued again." : $"{count} emails are queued again.";

    protected override async Task<IReadOnlyList<TickedRow>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var emails = await Db.OutgoingEmails.Where(email => ids.Contains(email.Id)).OrderByDescending(email => email.CreatedAt).ThenBy(email => email.Id)
            .Select(email => new { email.Id, email.Subject, email.ToAddress, email.State, email.LastError, IsKept = email.Model != null }).ToListAsync(ct);
        return emails.ConvertAll(email => new TickedRow(
            email.Id, email.Subject, DeskUrls.Email(email.Id), [email.ToAddress, EmailFailure.Of(email.State, email.ToAddress, email.LastError)?.Meaning ?? ""],
            WhyNot(email.State, email.IsKept)));
    }

    protected override async Task<string?> ActAsync(TickedRow row, CancellationToken ct)
    {
        if (await tryAgain.RunAsync(row.Id, Actor.Of(User), ct))
        {
            return null;
        }

        var now = await Db.OutgoingEmails.Where(email => email.Id == row.Id).Select(email => new { email.State, IsKept = email.Model != null }).SingleOrDefaultAsync(ct);
        return now is null ? Gone : WhyNot(now.State, now.IsKept) ?? "A private link in it has run out, or its words cannot be sent any more. Open it to see";
    }

    private static string? WhyNot(EmailState state, bool isKept) => state switch
    {
        EmailState.Failed => isKept ? null : "What it said is not held any more",
        EmailState.Bounced => "There is no such mailbox. Open it to send it to another address",
        EmailState.Queued or EmailState.Sending => "It is on its way already",
        EmailState.Waiting => "It is tried again by itself",
        EmailState.Sent => "It was sent. Open it to send it once more",
        EmailState.Withheld or EmailState.Stopped => "It was put aside. Open it to decide",
    };
}
