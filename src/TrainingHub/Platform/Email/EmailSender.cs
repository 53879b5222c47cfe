using Microsoft.EntityFrameworkCore;
using Npgsql;
using TrainingHub.Emails;

namespace TrainingHub.Platform.Email;

/// <summary>
/// Sends what is due. Rows are claimed with a lease in one statement, sent outside any transaction, then marked. If it dies
/// between sending and marking, the email goes out again after the lease, with the same Message-ID: at least once, never lost.
/// While the mail server refuses this site itself (<see cref="MailStop"/>) emails wait, however long, and no attempt counts.
/// Any number of senders may work on one database. What somebody waits for who has booked or paid goes first; what is one too many for
/// its mailbox is withheld.
/// </summary>
internal sealed partial class EmailSender(
    IServiceScopeFactory scopes, EmailRenderer renderer, LinksInEmail links, AddressBounds bounds, Func<IEmailTransport> open, NpgsqlDataSource database,
    TimeProvider clock, ILogger<EmailSender> logger)
{
    /// <summary>The longest that one email may take, in seconds: a whole claim must end before its lease.</summary>
    public const int LongestSendSeconds = 25;

    private static readonly string[] First = [.. EmailCatalogue.First];
    private const int ClaimSize = 10;
    private const int ErrorMaxLength = 500;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    // How long after the first, second … failed attempt the next one follows. After the last the email has failed.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(24),
    ];

    /// <summary>
    /// Works until nothing is due, the mail server cannot be reached or takes nothing from us, or the token asks to stop; then emails
    /// that it has claimed but not tried are given back. Returns how many it tried.
    /// </summary>
    public async Task<int> SendAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingHubDb>();
        await using var transport = open();
        var tried = 0;
        while (true)
        {
            var claimed = await ClaimAsync(db, ct);
            if (claimed is [])
            {
                return tried;
            }

            var batch = new EmailBatch(claimed);
            while (batch.Next() is { } email)
            {
                await SendAsync(db, transport, email, batch);
                tried++;
                batch.IsOver |= ct.IsCancellationRequested;
            }

            await EndAsync(db, batch);
            if (batch.IsOver)
            {
                return tried;
            }
        }
    }

    private async Task<List<OutgoingEmail>> ClaimAsync(TrainingHubDb db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var claimed = await db.OutgoingEmails.FromSql(
            $"""
            with due as materialized (
                select id
                from outgoing_emails
                where state in ('Queued', 'Sending', 'Waiting')
                and due_at <= {now}
                and (lease_until is null or lease_until <= {now})
                order by kind <> all({First}), due_at, id
                limit {ClaimSize}
                for update skip locked
            )
            update outgoing_emails e
            set state = 'Sending', lease_until = {now + Lease}, attempt_count = e.attempt_count + 1
            from due
            where e.id = due.id
            returning e.*
            """).AsNoTracking().ToListAsync(ct);
        return [.. claimed.OrderBy(email => !First.Contains(email.Kind)).ThenBy(email => email.DueAt).ThenBy(email => email.Id)];
    }

    /// <summary>From here on nothing is cancelled: each step is short.</summary>
    private async Task SendAsync(TrainingHubDb db, IEmailTransport transport, OutgoingEmail email, EmailBatch batch)
    {
        // A later attempt is of an email that was counted.
        if (email.AttemptCount == 1 && !await bounds.AllowAsync(email, CancellationToken.None))
        {
            await MarkWithheldAsync(db, email);
            return;
        }

        var (delivery, text) = await DeliverAsync(transport, email);
        batch.IsTaken |= delivery.Outcome == DeliveryOutcome.Sent;
        if (delivery.Outcome is DeliveryOutcome.Unreachable or DeliveryOutcome.RefusesUs)
        {
            (batch.IsOver, batch.Pause) = (true, Pauses[0]);
        }

        await (delivery.Outcome switch
        {
            DeliveryOutcome.Sent => MarkSentAsync(db, email, text),
            DeliveryOutcome.Deferred or DeliveryOutcome.Unreachable => MarkWaitingAsync(db, email, delivery.Error),
            DeliveryOutcome.Refused => MarkEndedAsync(db, email, EmailState.Failed, delivery.Error),
            DeliveryOutcome.Bounced => MarkEndedAsync(db, email, EmailState.Bounced, delivery.Error),
            DeliveryOutcome.RefusesUs => StopAsync(db, [(email, delivery.Error)], Pauses[0]),
            DeliveryOutcome.RefusesUsOrThem => batch.DoubtAsync(email, delivery.Error),
        });
    }

    /// <summary>When others were taken, those in doubt were refused for themselves; when none was, it may be us, and they wait.</summary>
    private async Task EndAsync(TrainingHubDb db, EmailBatch batch)
    {
        if (batch.IsTaken && await MailStop.EndAsync(database, CancellationToken.None))
        {
            LogStopEnded();
        }

        if (batch.IsTaken)
        {
            foreach (var (email, error) in batch.Doubtful)
            {
                await MarkEndedAsync(db, email, EmailState.Failed, error);
            }
        }
        else if (batch.Doubtful.Count > 0)
        {
            // Those that come after them are tried first, and tell whether it is us.
            await StopAsync(db, batch.Doubtful, Pauses[1]);
        }

        await GiveBackAsync(db, batch.Untried, batch.Pause);
    }

    private async Task StopAsync(TrainingHubDb db, List<(OutgoingEmail Email, string? Error)> refused, TimeSpan pause)
    {
        var now = clock.GetUtcNow();
        foreach (var (email, error) in refused)
        {
            // It will be a first attempt again, and counted again.
            if (email.AttemptCount == 1)
            {
                await bounds.GiveBackAsync(email, CancellationToken.None);
            }

            await Mine(db, email).ExecuteUpdateAsync(row => row
                .SetProperty(e => e.State, EmailState.Waiting)
                .SetProperty(e => e.AttemptCount, email.AttemptCount - 1)
                .SetProperty(e => e.DueAt, now + pause)
                .SetProperty(e => e.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(e => e.LastError, Short(error)));
        }

        if (await MailStop.BeginAsync(database, now, Short(refused[0].Error) ?? "no reason", CancellationToken.None))
        {
            LogStopped();
        }
    }

    private async Task<(Delivery Delivery, string Text)> DeliverAsync(IEmailTransport transport, OutgoingEmail email)
    {
        RenderedEmail rendered;
        try
        {
            var (html, text) = await renderer.RenderAsync(email.Message());
            rendered = new RenderedEmail(
                email.Id, email.Kind, email.CreatedAt, email.ToAddress, email.Subject, html, text, email.UnsubscribeUrl);
        }
        catch (Exception fault)
        {
            LogCannotRender(fault, email.Id, email.Kind);
            return (new Delivery(DeliveryOutcome.Refused, $"It could not be put into words: {fault.GetType().Name}."), "");
        }

        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(LongestSendSeconds));
            return (await transport.SendAsync(rendered, limit.Token), rendered.Text);
        }
        catch (Exception fault)
        {
            LogCannotSend(fault, email.Id, email.Kind);
            return (new Delivery(DeliveryOutcome.Deferred, $"{fault.GetType().Name}: {fault.Message}"), "");
        }
    }

    private async Task MarkSentAsync(TrainingHubDb db, OutgoingEmail email, string text)
    {
        var (now, subject) = (clock.GetUtcNow(), OutgoingEmail.OneLine(email.Message().KeptSubject));
        var (model, words) = email.IsNotKept ? (null, null) : (links.Forget(email.Model!), links.Hide(text));
        await Mine(db, email).ExecuteUpdateAsync(row => row
            .SetProperty(e => e.State, EmailState.Sent)
            .SetProperty(e => e.Subject, subject)
            .SetProperty(e => e.SentAt, now)
            .SetProperty(e => e.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(e => e.Model, model)
            .SetProperty(e => e.SentText, words)
            .SetProperty(e => e.UnsubscribeUrl, (string?)null)
            .SetProperty(e => e.LastError, (string?)null));
    }

    private async Task MarkWaitingAsync(TrainingHubDb db, OutgoingEmail email, string? error)
    {
        if (email.AttemptCount > Pauses.Length)
        {
            await MarkEndedAsync(db, email, EmailState.Failed, error);
            return;
        }

        var due = clock.GetUtcNow() + Pauses[email.AttemptCount - 1];
        LogWillRetry(email.Id, email.Kind, email.AttemptCount);
        await Mine(db, email).ExecuteUpdateAsync(row => row
            .SetProperty(e => e.State, EmailState.Waiting)
            .SetProperty(e => e.DueAt, due)
            .SetProperty(e => e.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(e => e.LastError, Short(error)));
    }

    private async Task MarkEndedAsync(TrainingHubDb db, OutgoingEmail email, EmailState state, string? error)
    {
        LogEnded(email.Id, email.Kind, state);
        if (state == EmailState.Bounced)
        {
            await UndeliverableAddress.MarkAsync(db, email.ToAddress, clock.GetUtcNow(), Short(error) ?? "", CancellationToken.None);
        }

        await Mine(db, email).ExecuteUpdateAsync(row => row
            .SetProperty(e => e.State, state)
            .SetProperty(e => e.Model, email.IsNotKept ? null : email.Model)
            .SetProperty(e => e.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(e => e.LastError, Short(error)));
    }

    private async Task MarkWithheldAsync(TrainingHubDb db, OutgoingEmail email)
    {
        LogWithheld(email.Id, email.Kind);
        await Mine(db, email).ExecuteUpdateAsync(row => row
            .SetProperty(e => e.State, EmailState.Withheld)
            .SetProperty(e => e.LeaseUntil, (DateTimeOffset?)null));
    }

    /// <summary>Claimed but not tried: the attempt does not count.</summary>
    private async Task GiveBackAsync(TrainingHubDb db, IEnumerable<OutgoingEmail> emails, TimeSpan pause)
    {
        var due = clock.GetUtcNow() + pause;
        foreach (var email in emails)
        {
            await Mine(db, email).ExecuteUpdateAsync(row => row
                .SetProperty(e => e.State, email.AttemptCount == 1 ? EmailState.Queued : EmailState.Waiting)
                .SetProperty(e => e.AttemptCount, email.AttemptCount - 1)
                .SetProperty(e => e.DueAt, due)
                .SetProperty(e => e.LeaseUntil, (DateTimeOffset?)null));
        }
    }

    /// <summary>The row, as long as this claim on it is the latest.</summary>
    private static IQueryable<OutgoingEmail> Mine(TrainingHubDb db, OutgoingEmail email) =>
        db.OutgoingEmails.Where(row => row.Id == email.Id && row.State == EmailState.Sending && row.AttemptCount == email.AttemptCount);

    private static string? Short(string? error) => error is { Length: > ErrorMaxLength } ? error[..ErrorMaxLength] : error;

    [LoggerMessage(Level = LogLevel.Error, Message = "Email {Id} ({Kind}) cannot be rendered and has failed")]
    private partial void LogCannotRender(Exception fault, Guid id, string kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "Email {Id} ({Kind}) met an unexpected fault")]
    private partial void LogCannotSend(Exception fault, Guid id, string kind);

    [LoggerMessage(Level = LogLevel.Information, Message = "Email {Id} ({Kind}) is withheld: too many to its mailbox")]
    private partial void LogWithheld(Guid id, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Email {Id} ({Kind}) was not sent at attempt {Attempt} and will be tried again")]
    private partial void LogWillRetry(Guid id, string kind, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail server does not accept email from this site: emails wait until it does; check Email:Smtp")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Information, Message = "The mail server accepts email from this site again")]
    private partial void LogStopEnded();

    [LoggerMessage(Level = LogLevel.Error, Message = "Email {Id} ({Kind}) was not sent and is now {State}")]
    private partial void LogEnded(Guid id, string kind, EmailState state);
}
