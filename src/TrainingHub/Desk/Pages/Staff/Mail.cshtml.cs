using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using TrainingHub.Emails;
using TrainingHub.People;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Web;

namespace TrainingHub.Desk.Pages.Staff;

/// <summary>How email goes out, what the mail server answered last and what that means, and a test to whoever is signed in.</summary>
[ForStaff(StaffRight.Operate)]
internal sealed class MailModel(
    TrainingHubDb db, NpgsqlDataSource database, SendTestEmail test, IOptions<EmailOptions> options, EmailBrand brand, IHostEnvironment environment) : PageModel
{
    /// <param name="Remedy">What it means; null when that is not known, or the fault is of one address only.</param>
    internal sealed record Fault(string Subject, DateTimeOffset At, string Answer, MailRemedy? Remedy);

    internal sealed record Test(EmailState State, DateTimeOffset AskedAt, DateTimeOffset? SentAt, string? Answer);

    public MailWay Way => MailWay.Of(options.Value, brand, environment.IsProduction());

    public MailStop? Stop { get; private set; }

    /// <summary>When the mail server last took an email.</summary>
    public DateTimeOffset? LastSentAt { get; private set; }

    public int Waiting { get; private set; }

    /// <summary>Of the latest email that could not be sent; null when there is none.</summary>
    public Fault? Last { get; private set; }

    /// <summary>The latest test to whoever looks.</summary>
    public Test? Tested { get; private set; }

    public string Address { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken ct)
    {
        Address = await AddressAsync(ct);
        Stop = await MailStop.ReadAsync(database, ct);
        LastSentAt = await db.OutgoingEmails.MaxAsync(email => email.SentAt, ct);
        Waiting = await db.OutgoingEmails.CountAsync(email => email.State == EmailState.Queued || email.State == EmailState.Waiting, ct);
        var last = await db.OutgoingEmails.AsNoTracking()
            .Where(email => email.LastError != null && email.State != EmailState.Withheld)
            .OrderByDescending(email => email.CreatedAt).ThenByDescending(email => email.Id)
            .Select(email => new { email.Kind, email.CreatedAt, email.LastError })
            .FirstOrDefaultAsync(ct);
        Last = last?.LastError is { } error
            ? new(EmailWords.Kind(last.Kind), last.CreatedAt, error, MailRemedy.For(error) is { Meaning: not null } remedy ? remedy : null)
            : null;
        Tested = await SendTestEmail.To(db, Address).OrderByDescending(email => email.CreatedAt).ThenByDescending(email => email.Id)
            .Select(email => new Test(email.State, email.CreatedAt, email.SentAt, email.LastError))
            .FirstOrDefaultAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var address = await AddressAsync(ct);
        TempData["Success"] = await test.RunAsync(address, User.Actor().Name, ct)
            ? $"A test to {address} is on its way. Look at this page again in a moment."
            : "A test to you is on its way already. Nothing was added.";
        return RedirectToPage();
    }

    private Task<string> AddressAsync(CancellationToken ct)
    {
        var id = User.StaffId();
        return db.Users.Where(user => user.Id == id).Select(user => user.Email ?? "").SingleAsync(ct);
    }
}
