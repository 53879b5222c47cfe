using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Email;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.Bookings.Pages.Staff;

/// <summary>What was written to many people, and whether it arrived.</summary>
[ForStaff(StaffRight.RunBookings)]
internal sealed class MessagesModel(TrainingHubDb db) : PageModel
{
    public const int QueryLength = 100;
    private const int PageSize = 25;

    /// <summary>Part of the subject, the text or the writer's name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>"written", "subject" or "to", with a hyphen before it for the opposite order.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    internal sealed record Row(
        Guid Id, string Subject, string Text, MessageAudience Audience, int Dates, string WrittenBy, DateTimeOffset SentAt, int Recipients, int LeftOut, int NotArrived)
    {
        public string To => $"{DateMessage.Words(Audience, Recipients)}{(Dates > 1 ? $" of {Dates} dates" : "")}{(LeftOut > 0 ? $", {LeftOut} left out" : "")}";
    }

    [FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Pages { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var wanted = Wanted();
        if (ListFile.IsWanted(Request))
        {
            return await ListFile.AnswerAsync(Request, "messages", FileOf(await ReadAsync(Ordered(wanted).Take(ListFile.MostRows), ct)), ct);
        }

        Pages = Math.Max(1, (await wanted.CountAsync(ct) + PageSize - 1) / PageSize);
        Number = Math.Clamp(Number, 1, Pages);
        Rows = await ReadAsync(Ordered(wanted).Skip((Number - 1) * PageSize).Take(PageSize), ct);
        return Page();
    }

    /// <summary>Where in the text the words stand, when neither the subject nor the writer has them.</summary>
    public string? FoundIn(Row row)
    {
        if (Q?.Trim() is not { Length: > 0 } words || Has(row.Subject, words) || Has(row.WrittenBy, words))
        {
            return null;
        }

        var at = row.Text.IndexOf(words, StringComparison.OrdinalIgnoreCase);
        var from = Math.Max(0, at - 40);
        return at < 0 ? null : $"… {row.Text[from..Math.Min(row.Text.Length, at + words.Length + 40)]} …";

        static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    private IQueryable<DateMessage> Wanted()
    {
        if (Q?.Trim() is not { Length: > 0 and <= QueryLength } words)
        {
            return db.DateMessages.AsNoTracking();
        }

        var part = Likeness.Part(words);
        return db.DateMessages.AsNoTracking().Where(message =>
            EF.Functions.ILike(message.Subject, part) || EF.Functions.ILike(message.Text, part) || EF.Functions.ILike(message.WrittenBy, part));
    }

    private IOrderedQueryable<DateMessage> Ordered(IQueryable<DateMessage> messages) => (Sort switch
    {
        "written" => messages.OrderBy(message => message.SentAt),
        "subject" => messages.OrderBy(message => message.Subject),
        "-subject" => messages.OrderByDescending(message => message.Subject),
        "to" => messages.OrderBy(message => message.RecipientCount),
        "-to" => messages.OrderByDescending(message => message.RecipientCount),
        _ => messages.OrderByDescending(message => message.SentAt),
    }).ThenByDescending(message => message.Id);

    private static TextTable FileOf(IEnumerable<Row> rows) => new(
        ["subject", "to", "did_not_arrive", "written", "written_by", "text"],
        [.. rows.Select(row => new[]
        {
            row.Subject, row.To, row.NotArrived.ToString(CultureInfo.InvariantCulture),
            London.At(row.SentAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), row.WrittenBy, row.Text,
        })]);

    private Task<List<Row>> ReadAsync(IQueryable<DateMessage> messages, CancellationToken ct) =>
        messages
            .Select(message => new Row(
                message.Id, message.Subject, message.Text, message.Audience, message.RunIds.Length, message.WrittenBy, message.SentAt, message.RecipientCount, message.LeftOutCount,
                db.OutgoingEmails.Count(email => email.BatchId == message.Id && EmailStates.NotDelivered.Contains(email.State))))
            .ToListAsync(ct);
}
