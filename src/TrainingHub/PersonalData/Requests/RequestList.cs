using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TrainingHub.Platform;
using TrainingHub.Platform.Files;
using TrainingHub.Platform.Web;

namespace TrainingHub.PersonalData;

internal enum RequestStanding
{
    [Display(Name = "Open")]
    Open,

    [Display(Name = "Answered")]
    Answered,
}

internal sealed record RequestRow(
    Guid Id, string Reference, DataRequestKind Kind, string? Name, string? Email, DateOnly ReceivedOn, DateOnly DueOn, DateTimeOffset? AnsweredAt, DateOnly? LaterOn)
{
    public string Standing => AnsweredAt is { } at ? $"Answered {London.Words(London.DateOf(at))}" : LaterOn is { } later ? $"The rest from {London.Words(later)}" : "Open";
}

/// <summary>Which requests the list shows: by reference, part of the name or of the address; open ones first.</summary>
internal sealed record RequestList(string? Q, RequestStanding? Show, DataRequestKind? Kind, string? Sort)
{
    public IQueryable<DataRequest> Of(TrainingHubDb db)
    {
        var found = db.DataRequests.AsNoTracking();
        if (Q?.Trim() is { Length: > 0 } words)
        {
            var part = Likeness.Part(words);
            found = found.Where(one => EF.Functions.ILike(one.Reference, part) || EF.Functions.ILike(one.Name!, part) || EF.Functions.ILike(one.Email!, part));
        }

        found = Show is { } show ? found.Where(one => (one.AnsweredAt == null) == (show == RequestStanding.Open)) : found;
        return Kind is { } kind ? found.Where(one => one.Kind == kind) : found;
    }

    public IQueryable<RequestRow> Rows(TrainingHubDb db)
    {
        var found = Of(db);
        var ordered = Sort switch
        {
            "name" => found.OrderBy(one => one.Name),
            "-name" => found.OrderByDescending(one => one.Name),
            "received" => found.OrderBy(one => one.ReceivedOn),
            "-received" => found.OrderByDescending(one => one.ReceivedOn),
            "due" => found.OrderBy(one => one.DueOn),
            "-due" => found.OrderByDescending(one => one.DueOn),
            _ => found.OrderBy(one => one.AnsweredAt != null).ThenBy(one => one.DueOn),
        };
        return ordered.ThenBy(one => one.Id).Select(one => new RequestRow(one.Id, one.Reference, one.Kind, one.Name, one.Email, one.ReceivedOn, one.DueOn, one.AnsweredAt, one.LaterOn));
    }

    public async Task<TextTable> TableAsync(TrainingHubDb db, CancellationToken ct) => new(
        ["reference", "kind", "name", "email", "received", "due", "answered"],
        [.. (await Rows(db).Take(ListFile.MostRows).ToListAsync(ct)).Select(row => new[]
        {
            row.Reference, row.Kind.Words(), row.Name ?? "", row.Email ?? "", Day(row.ReceivedOn), Day(row.DueOn), row.AnsweredAt is { } at ? Day(London.DateOf(at)) : "",
        })]);

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
